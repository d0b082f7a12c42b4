import { PublicKey } from '@solana/web3.js';
import bs58 from 'bs58';
import { isAddress } from '#governance/base58.ts';
import { namesOn } from '#governance/cli/render/words.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import type { Address } from '#governance/types.ts';
import { verifyTransaction } from '#governance/verify/index.ts';
import { reviewMessage } from '#governance/verify/signing/index.ts';
import { type Base, makeBase } from '#test/verify/mutations.ts';
import { Random, transactionBytes, withAccount } from '#test/verify/world.ts';
import { type Attack, seedOf, Tally } from './attack.ts';
import { type Asked, askedOf, keyAt, keyCount, withKey } from './support/signing.ts';

/** Keys whose first and last four characters are those of a known one, and forms of a key that are not its only one. */

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const ENDS = 4;

const TURNS = 1_000;

/** Drawn again until it is 32 bytes: of 44 characters some are more. Where no middle fits, its first and last bytes stay. */
export function lookAlike(key: Uint8Array, random: Random): Uint8Array {
  const text = bs58.encode(key);
  for (let turn = 0; turn < TURNS; turn += 1) {
    const middle = Array.from({ length: text.length - 2 * ENDS }, () => BASE58[random.below(58)]);
    const like = text.slice(0, ENDS) + middle.join('') + text.slice(-ENDS);
    const bytes = bs58.decodeUnsafe(like);
    if (bytes?.length === 32 && like !== text) return bytes;
    // Leading ones are zero bytes, as in the System program's key: 32 digits with others behind them are fewer bytes.
    if (text.startsWith('11')) break;
  }
  return Uint8Array.from([...key.subarray(0, ENDS), ...random.bytes(24), ...key.subarray(-ENDS)]);
}

/** What decides whether a key is known; each with a planted one that looks at the ends only. */
interface Recognizers {
  readonly review: typeof reviewMessage;
  readonly verify: typeof verifyTransaction;
  readonly names: typeof namesOn;
  readonly isAddress: (text: string) => boolean;
}
const REAL: Recognizers = { review: reviewMessage, verify: verifyTransaction, names: namesOn, isAddress };

/** Deriving a council's addresses is what takes long; a few of them are shared by all tries. */
const COUNCILS = 16;
const councils = new Map<number, { readonly asked: readonly Asked[] } & Base>();
function someCouncil(random: Random) {
  const at = random.below(COUNCILS);
  const known = councils.get(at);
  if (known) return known;
  const made = { ...makeBase(at), asked: askedOf(new Random(at)) };
  councils.set(at, made);
  return made;
}

type Try = (random: Random, by: Recognizers) => string | undefined;

function inSigning(random: Random, by: Recognizers): string | undefined {
  const asked = random.pick(someCouncil(random).asked);
  const at = random.below(keyCount(asked.bytes));
  const bytes = withKey(asked.bytes, at, lookAlike(keyAt(asked.bytes, at), random));
  const read = by.review(bytes, asked.facts);
  return read.ok ? `${asked.name} is signed with another key at ${at}` : undefined;
}

function inProposal(random: Random, by: Recognizers): string | undefined {
  const { fields, input } = someCouncil(random);
  const accountKeys = [...fields.message.accountKeys];
  const at = random.below(accountKeys.length);
  accountKeys[at] = new PublicKey(lookAlike(accountKeys[at]!.toBytes(), random));
  const data = transactionBytes({ ...fields, message: { ...fields.message, accountKeys } });
  const { verdict } = by.verify(withAccount(input, 'transaction', { data }));
  return verdict === 'match' ? `a proposal with another key at ${at} is called a match` : undefined;
}

const PLACES = ['owner', 'address'] as const;
function ofAccounts(random: Random, by: Recognizers): string | undefined {
  const { input } = someCouncil(random);
  const name = random.pick(['multisig', 'transaction', 'proposal'] as const);
  const place = random.pick(PLACES);
  const like = bs58.encode(lookAlike(bs58.decode(input.accounts[name]![place]), random)) as Address;
  const { verdict } = by.verify(withAccount(input, name, { [place]: like }));
  return verdict === 'match' ? `a ${name} with another ${place} is called a match` : undefined;
}

function byName(random: Random, by: Recognizers): string | undefined {
  const named = () => ({ publicKey: random.key().toBase58() as Address });
  const sandbox = {
    members: [named(), named(), named()],
    ...{ epochAdmin: named(), guardian: named(), gatekeeper: named(), depositor: named() },
  } as unknown as SandboxInfo;
  const { publicKey } = random.pick([...sandbox.members, sandbox.epochAdmin, sandbox.guardian]);
  const nameOf = by.names(sandbox);
  const like = bs58.encode(lookAlike(bs58.decode(publicKey), random)) as Address;
  return nameOf(like) === nameOf(publicKey) ? `${like} has the name of ${publicKey}` : undefined;
}

/** Forms that decode to 32 bytes somewhere, or look as if they did. */
const FORMS: readonly ((text: string, random: Random) => string)[] = [
  (text) => `1${text}`,
  (text) => ` ${text}`,
  (text) => `${text} `,
  (text) => `${text}\n`,
  (text) => `${text}\u200b`,
  (text) => text.slice(0, 30),
  (text) => `${text}111`,
  (text, random) => text.replace(/[A-Za-z1-9]/, () => random.pick(['0', 'O', 'I', 'l', '+', '/'])),
  (text) => `${text.slice(0, 20)}${text[20] === 'a' ? 'а' : '\u0430'}${text.slice(21)}`,
  (text) => Buffer.from(bs58.decode(text)).toString('base64'),
  (text) => Buffer.from(bs58.decode(text)).toString('hex'),
  (text) => bs58.encode(Uint8Array.from([...bs58.decode(text), 0])),
  (text) => bs58.encode(bs58.decode(text).subarray(1)),
  (text) => `0x${text}`,
  () => '',
];

function form(random: Random, by: Recognizers): string | undefined {
  const text = random.pick(FORMS)(random.key().toBase58(), random);
  return by.isAddress(text) ? `${JSON.stringify(text)} is taken for a key` : undefined;
}

const TRIES: Readonly<Record<string, Try>> = {
  'in a message to sign': inSigning,
  'in a proposal': inProposal,
  'of an account that was read': ofAccounts,
  'for a name': byName,
};
const FORM = 'a form that is not canonical';
const FORM_EVERY = 100;

function one(at: number, seed: number, by: Recognizers): { name: string; problem: string | undefined } {
  const random = new Random(seedOf(seed, at));
  const names = Object.keys(TRIES);
  const name = at % FORM_EVERY === 0 ? FORM : names[at % names.length]!;
  const problem = name === FORM ? form(random, by) : TRIES[name]!(random, by);
  return { name, problem: problem && `${problem} (try ${at} of seed ${seed})` };
}

function honestProblem(random: Random): string | undefined {
  const asked = random.pick(someCouncil(random).asked);
  const read = reviewMessage(asked.bytes, asked.facts);
  if (!read.ok) return `${asked.name} refused: ${read.code}`;
  const text = random.key().toBase58();
  return isAddress(text) ? undefined : `${text} is not taken for a key`;
}

const ends = (text: string) => text.slice(0, ENDS) + text.slice(-ENDS);
/** Each sees a key by its ends. */
const PLANTED: Readonly<Record<string, Partial<Recognizers>>> = {
  'a signer that compares ends': {
    review: (bytes, facts) => {
      const honest = reviewMessage(bytes, facts);
      return honest.ok ? honest : ({ ok: true } as ReturnType<typeof reviewMessage>);
    },
  },
  'a verdict that compares ends': {
    verify: () => ({ verdict: 'match' }) as ReturnType<typeof verifyTransaction>,
  },
  'names by ends': {
    names: (sandbox) => {
      const nameOf = namesOn(sandbox);
      const known = new Map(sandbox!.members.map(({ publicKey }) => [ends(publicKey), nameOf(publicKey)]));
      return (key) => known.get(ends(key)) ?? nameOf(key);
    },
  },
  'a key of any length': { isAddress: (text) => /^[1-9A-HJ-NP-Za-km-z]{32,46}$/.test(text) },
};

function run(seed: number, from: number, count: number, honest: number, by: Recognizers) {
  const tally = new Tally();
  for (let at = from; at < from + count; at += 1) {
    const { name, problem } = one(at, seed, by);
    tally.try(name, problem);
  }
  for (let at = from; at < from + honest; at += 1)
    tally.accept(honestProblem(new Random(seedOf(seed + 7, at))));
  return tally.outcome;
}

export const keys: Attack = {
  name: 'attack:keys',
  what: 'Keys that look like a known one by their first and last four characters, and keys in another form: none is called known.',
  unit: 'look-alikes',
  full: 101_010,
  slice: 1_000,
  honestIn: (count) => Math.ceil(count / 20),
  classes: [...Object.keys(TRIES), FORM],
  classesFrom: 400,
  run: ({ seed, from, count, honest }) => run(seed, from, count, honest, REAL),
  missedDefects: (seed) =>
    Object.entries(PLANTED).flatMap(([name, planted]) =>
      run(seed, 0, 1_600, 0, { ...REAL, ...planted }).broken.length === 0 ? [name] : [],
    ),
};
