import { PublicKey, SystemProgram } from '@solana/web3.js';
import { addressOf } from '#governance/chain/address.ts';
import type { Facts } from '#governance/setup/read.ts';
import * as squads from '#governance/venues/squads/instructions.ts';
import { type Council, permissionsOf } from '#governance/venues/squads/state.ts';
import type { Base } from '#test/verify/mutations.ts';
import { membersHash, type Random, withAccount } from '#test/verify/world.ts';
import { STOLEN_VERSIONS, stolenProblems } from '#tools/checks/stolen.mjs';
import { lookAlike } from '../keys.ts';
import { keyAt, keyCount, withKey } from '../support/signing.ts';
import {
  approval,
  drain,
  factsOf,
  handOver,
  honestInstructions,
  proposing,
  signed,
  someBase,
  upgrade,
} from './bytes.ts';
import type { Judges } from './judges.ts';

/** Each incident as it would meet this console: what was done, in the form that it would have here. */

export interface Replay {
  /** The code that stopped it; undefined when nothing did. */
  readonly stopped: string | undefined;
  /** The only codes that are the right reason. */
  readonly expected: readonly string[];
}
type Scenario = (random: Random, judges: Judges) => Replay;

const verdict = (judges: Judges, input: Parameters<Judges['verify']>[0]): string | undefined => {
  const found = judges.verify(input).verdict;
  return found === 'match' ? undefined : found;
};
const refusal = (
  judges: Judges,
  bytes: Uint8Array,
  facts: Parameters<Judges['review']>[1],
): string | undefined => {
  const read = judges.review(bytes, facts);
  return read.ok ? undefined : read.code;
};

function councilOf({ world }: Base, change: Partial<Council>): Council {
  const members = world.members.map(({ key, mask }) => ({
    key: addressOf(key),
    mask,
    permissions: permissionsOf(mask),
  }));
  return {
    ...{
      address: addressOf(world.council),
      vault: addressOf(world.vault),
      createKey: addressOf(world.createKey),
    },
    ...{ threshold: 2, timeLockSeconds: 172_800, transactionIndex: world.index, staleTransactionIndex: 0n },
    ...{ configAuthority: null, rentCollector: null, members },
    membersHash: Buffer.from(membersHash(world.members)).toString('hex') as Council['membersHash'],
    ...change,
  };
}

function weakness(judges: Judges, council: Council, codes: readonly string[]): Replay {
  const found = judges.posture(council, undefined).filter(({ level }) => level === 'error');
  return { stopped: found.find(({ code }) => codes.includes(code))?.code, expected: codes };
}

/** As read by `setup/read.ts`, of a program whose upgrade authority is one key. */
function programOf(base: Base, authority: PublicKey): Facts {
  const none = { kind: 'none' } as const;
  return {
    ...{ slot: 1n, programData: addressOf(base.world.council), buffer: none, config: none, squads: null },
    program: { kind: 'deployed', slot: 1n, authority: addressOf(authority), elf: new Uint8Array() },
    lamports: { program: 1n, buffer: 0n, vault: 1n, deployer: 0n },
    ...{ configAddress: addressOf(base.world.council), councilAddress: addressOf(base.world.council) },
    ...{ vault: addressOf(base.world.vault), council: { kind: 'council', council: councilOf(base, {}) } },
  };
}

/** A point of the curve, as every key is that somebody holds; half of all bytes are none. */
function singleKey(random: Random): PublicKey {
  for (;;) {
    const key = random.key();
    if (PublicKey.isOnCurve(key)) return key;
  }
}

const nonceAdvance = (authorizedPubkey: PublicKey, random: Random) =>
  SystemProgram.nonceAdvance({ noncePubkey: random.key(), authorizedPubkey });

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'Drift: an approval signed ahead over a durable nonce': (random, judges) => {
    const base = someBase(random);
    const { bytes, facts } = approval(base, nonceAdvance(base.world.creator, random));
    return { stopped: refusal(judges, bytes, facts), expected: ['PROGRAM_UNKNOWN'] };
  },
  'Drift: a council without a time lock': (random, judges) =>
    weakness(judges, councilOf(someBase(random), { timeLockSeconds: 0 }), ['no-time-lock']),
  'Drift: a change of admin inside a routine proposal': (random, judges) => {
    const base = someBase(random);
    const input = proposing(base, [...honestInstructions(base), handOver(base.world.vault, random)]);
    return { stopped: verdict(judges, input), expected: ['different-program', 'extra-instruction'] };
  },
  'Bybit: the screen shows one thing, the bytes replace the program': (random, judges) => {
    const base = someBase(random);
    const shown = honestInstructions(base);
    const at = 1 + random.below(shown.length - 1);
    const input = proposing(base, shown.toSpliced(at, 1, upgrade(base.world.vault, random)));
    return { stopped: verdict(judges, input), expected: ['different-program'] };
  },
  'Bybit: the bytes that reach the signer are another transaction': (random, judges) => {
    const { world } = someBase(random);
    const facts = factsOf(world);
    const bytes = signed(world.creator, drain(world.creator, random));
    return { stopped: refusal(judges, bytes, facts), expected: ['PROGRAM_UNKNOWN'] };
  },
  'Radiant: signed again after a failure, for a transfer of ownership': (random, judges) => {
    const base = someBase(random);
    const { world } = base;
    const other = world.index + 1n + BigInt(random.below(5));
    const approve = squads.proposalApprove({
      council: world.council,
      transactionIndex: other,
      member: world.creator,
    });
    const bytes = signed(world.creator, approve);
    return { stopped: refusal(judges, bytes, factsOf(world)), expected: ['ACCOUNT_UNEXPECTED'] };
  },
  'WazirX: what is approved upgrades the program': (random, judges) => {
    const base = someBase(random);
    const [announcement] = honestInstructions(base);
    const input = proposing(base, [announcement!, upgrade(base.world.vault, random)]);
    return {
      stopped: verdict(judges, input),
      expected: ['different-program', 'missing-instruction', 'different-argument'],
    };
  },
  'UXLINK: owners replaced, threshold one': (random, judges) =>
    weakness(judges, councilOf(someBase(random), { threshold: 1 }), ['threshold-one', 'one-key-alone']),
  'UXLINK: a change of the council signed as a vote': (random, judges) => {
    const { world } = someBase(random);
    const change = squads.configTransactionCreate({
      ...{ council: world.council, transactionIndex: world.index, creator: world.creator },
      actions: [{ __kind: 'ChangeThreshold', newThreshold: 1 }],
    });
    const approve = squads.proposalApprove({
      ...{ council: world.council, transactionIndex: world.index, member: world.creator },
    });
    const bytes = signed(world.creator, approve, change);
    return { stopped: refusal(judges, bytes, factsOf(world)), expected: ['INSTRUCTION_BESIDES'] };
  },
  'Synthetify: a proposal that names no text takes what is in the vault': (random, judges) => {
    const base = someBase(random);
    const input = proposing(base, [drain(base.world.vault, random)]);
    return { stopped: verdict(judges, input), expected: ['digest-unknown'] };
  },
  'Synthetify: a text that nobody has read': (random, judges) => {
    const { input } = someBase(random);
    return { stopped: verdict(judges, { ...input, text: null }), expected: ['digest-unknown'] };
  },
  'chalk and debug: addresses replaced by look-alikes on their way to the signer': (random, judges) => {
    const base = someBase(random);
    const { bytes, facts } = approval(base);
    const at = random.below(keyCount(bytes));
    const swapped = withKey(bytes, at, lookAlike(keyAt(bytes, at), random));
    return {
      stopped: refusal(judges, swapped, facts),
      expected: ['FEE_PAYER_OTHER', 'ACCOUNT_UNEXPECTED', 'PROGRAM_UNKNOWN'],
    };
  },
  'web3.js 1.95.7, chalk, debug: a stolen version is what would be installed': (random) => {
    const name = random.pick(Object.keys(STOLEN_VERSIONS));
    const version = random.pick(STOLEN_VERSIONS[name]!);
    const where = random.pick([`node_modules/${name}`, `node_modules/other/node_modules/${name}`]);
    const found = stolenProblems({ [where]: { version } });
    return { stopped: found.length > 0 ? 'stolen' : undefined, expected: ['stolen'] };
  },
  'Squads look-alikes: the proposal of a multisig with the same ends': (random, judges) => {
    const base = someBase(random);
    const like = addressOf(new PublicKey(lookAlike(base.world.council.toBytes(), random)));
    const input = withAccount(base.input, 'multisig', { address: like });
    return { stopped: verdict(judges, input), expected: ['wrong-council', 'unreadable'] };
  },
  'Squads look-alikes: a vote in a multisig with the same ends': (random, judges) => {
    const { world } = someBase(random);
    const council = new PublicKey(lookAlike(world.council.toBytes(), random));
    const approve = squads.proposalApprove({ council, transactionIndex: world.index, member: world.creator });
    const bytes = signed(world.creator, approve);
    return { stopped: refusal(judges, bytes, factsOf(world)), expected: ['ACCOUNT_UNEXPECTED'] };
  },
  'Resolv: one key above every guard': (random, judges) => {
    const base = someBase(random);
    const found = judges.hot(base.input.pins.programId, programOf(base, singleKey(random)), {
      ...{ real: true, deployer: null },
    });
    const hot = found.find(({ level, code }) => level === 'error' && code === 'upgrade-authority-hot');
    return { stopped: hot?.code, expected: ['upgrade-authority-hot'] };
  },
};

/** The same council without an attack. */
export function honestProblem(random: Random, judges: Judges): string | undefined {
  const base = someBase(random);
  const found = judges.verify(proposing(base, honestInstructions(base))).verdict;
  if (found !== 'match') return `the honest proposal is called ${found}`;
  const { bytes, facts } = approval(base);
  const read = judges.review(bytes, facts);
  if (!read.ok) return `the honest approval is refused: ${read.code}`;
  const weak = judges.posture(councilOf(base, {}), undefined).filter(({ level }) => level === 'error');
  return weak.length === 0 ? undefined : `the honest council is called weak: ${weak[0]?.code}`;
}
