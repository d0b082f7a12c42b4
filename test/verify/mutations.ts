import { PublicKey, SystemProgram } from '@solana/web3.js';
import * as squads from '@sqds/multisig';
import type { UnixSeconds } from '#governance/types.ts';
import type { SipText, Verdict, VerifyInput } from '#governance/verify/index.ts';
import {
  account,
  honestInput,
  type Message,
  makeWorld,
  membersHash,
  multisigBytes,
  multisigFields,
  proposalBytes,
  Random,
  recordBytes,
  recordPda,
  type TransactionFields,
  transactionBytes,
  transactionFields,
  type World,
  withAccount,
} from './world.ts';

/** An honest proposal with what it was made of; shared by many mutations, so none may change it. */
export interface Base {
  readonly world: World;
  readonly fields: TransactionFields;
  readonly input: VerifyInput;
}

/**
 * One way to make a proposal differ from its text. Add one by adding a line to `MUTATIONS`: the harness asserts the
 * verdict, so a class says exactly what it must be called.
 */
export interface MutationClass {
  readonly name: string;
  /** The only verdicts it may get. */
  readonly verdicts: readonly Verdict[];
  /** Null when the base has nothing to mutate in this way. */
  apply(base: Base, random: Random): VerifyInput | null;
}

export function makeBase(seed: number): Base {
  const world = makeWorld(seed);
  const fields = transactionFields(world);
  const input = honestInput(world, fields);
  return { world, fields, input: { ...input, text: remembering(input.text!) } };
}

/** Compiling is the SDK's and slow; a base asks for the same few parts again and again. */
function remembering(text: SipText): SipText {
  const known = new Map<string, ReturnType<SipText['recompile']>>();
  return {
    ...text,
    recompile(hash, councilTx, part) {
      const id = `${hash} ${councilTx} ${part}`;
      if (!known.has(id)) known.set(id, text.recompile(hash, councilTx, part));
      return known.get(id)!;
    },
  };
}

type Ix = Message['instructions'][number];

/** The stored message with mutable lists. */
interface Draft {
  numSigners: number;
  numWritableSigners: number;
  numWritableNonSigners: number;
  accountKeys: PublicKey[];
  instructions: Ix[];
  addressTableLookups: Message['addressTableLookups'];
}

function rebuilt({ input }: Base, fields: TransactionFields): VerifyInput {
  return withAccount(input, 'transaction', { data: transactionBytes(fields) });
}

/** A class that changes the message; `change` answers false when it cannot. */
function message(
  name: string,
  verdicts: readonly Verdict[],
  // biome-ignore lint/suspicious/noConfusingVoidType: most changes always apply and say nothing
  change: (draft: Draft, random: Random, base: Base) => void | false,
): MutationClass {
  return {
    name,
    verdicts,
    apply(base, random) {
      const { fields } = base;
      const draft: Draft = {
        ...fields.message,
        accountKeys: [...fields.message.accountKeys],
        instructions: fields.message.instructions.map((ix) => ({
          programIdIndex: ix.programIdIndex,
          accountIndexes: ix.accountIndexes.slice(),
          data: ix.data.slice(),
        })),
      };
      if (change(draft, random, base) === false) return null;
      return rebuilt(base, { ...fields, message: draft });
    },
  };
}

function header(
  name: string,
  verdict: Verdict,
  change: (fields: TransactionFields, random: Random) => void,
): MutationClass {
  return {
    name,
    verdicts: [verdict],
    apply(base, random) {
      const fields = { ...base.fields };
      change(fields, random);
      return rebuilt(base, fields);
    },
  };
}

function input(
  name: string,
  verdict: Verdict,
  apply: (base: Base, random: Random) => VerifyInput | null,
): MutationClass {
  return { name, verdicts: [verdict], apply };
}

/** Position of an instruction that is not the announcement. */
const action = (draft: Draft, random: Random) => 1 + random.below(draft.instructions.length - 1);

function setInstruction(draft: Draft, at: number, change: Partial<Ix>): void {
  draft.instructions[at] = { ...draft.instructions[at]!, ...change };
}

/** Same first and last four bytes: what an address shortened to its ends looks like. */
function lookAlike(key: PublicKey, random: Random): PublicKey {
  const bytes = random.bytes(32);
  const old = key.toBytes();
  bytes.set(old.subarray(0, 4));
  bytes.set(old.subarray(28), 28);
  return new PublicKey(bytes);
}

function flipped(bytes: Uint8Array, at: number, random: Random): Uint8Array {
  const copy = bytes.slice();
  copy[at]! ^= 1 + random.below(255);
  return copy;
}

/** Changes bytes [from, to) of begin_sip's data. */
function announcement(field: string, from: number, to: number, verdict: Verdict): MutationClass {
  return message(`begin_sip: ${field} changed`, [verdict], (draft, random) => {
    const { data } = draft.instructions[0]!;
    setInstruction(draft, 0, { data: flipped(data, from + random.below(to - from), random) });
  });
}

function appendKey(draft: Draft, key: PublicKey): number {
  return draft.accountKeys.push(key) - 1;
}

const MESSAGE_CLASSES: readonly MutationClass[] = [
  message('foreign instruction inserted', ['extra-instruction'], (draft, random) => {
    const programIdIndex = appendKey(draft, random.key());
    const ix = { programIdIndex, accountIndexes: Uint8Array.of(0), data: random.bytes(random.below(40)) };
    draft.instructions.splice(random.below(draft.instructions.length + 1), 0, ix);
  }),
  message('transfer out of the vault appended', ['extra-instruction'], (draft, random) => {
    const programIdIndex = draft.accountKeys.findIndex((key) => key.equals(SystemProgram.programId));
    const data = Uint8Array.from([2, 0, 0, 0, ...random.bytes(8)]);
    draft.instructions.push({ programIdIndex, accountIndexes: Uint8Array.of(0, 1), data });
  }),
  message('instruction of the program inserted', ['extra-instruction'], (draft, random) => {
    const twin = draft.instructions[action(draft, random)]!;
    draft.instructions.splice(1 + random.below(draft.instructions.length), 0, {
      ...twin,
      data: random.bytes(24),
    });
  }),
  message('instruction twice', ['extra-instruction'], (draft, random) => {
    draft.instructions.splice(
      1 + random.below(draft.instructions.length),
      0,
      draft.instructions[action(draft, random)]!,
    );
  }),
  message('instruction dropped', ['missing-instruction'], (draft, random) => {
    draft.instructions.splice(action(draft, random), 1);
  }),
  message('all instructions but the announcement dropped', ['missing-instruction'], (draft) => {
    draft.instructions.length = 1;
  }),
  message('announcement dropped', ['digest-unknown'], (draft) => {
    draft.instructions.shift();
  }),
  message('no instruction left', ['digest-unknown'], (draft) => {
    draft.instructions.length = 0;
  }),
  message('two instructions swapped', ['reordered'], (draft, random) => {
    const [a, b] = [action(draft, random), action(draft, random)];
    if (a === b) return false;
    [draft.instructions[a], draft.instructions[b]] = [draft.instructions[b]!, draft.instructions[a]!];
    return;
  }),
  message('announcement moved to the end', ['reordered'], (draft) => {
    draft.instructions.push(draft.instructions.shift()!);
  }),
  message('program replaced by a look-alike', ['different-program'], (draft, random) => {
    const at = draft.instructions[0]!.programIdIndex;
    draft.accountKeys[at] = lookAlike(draft.accountKeys[at]!, random);
  }),
  message('program index turned', ['different-program'], (draft, random) => {
    const at = random.below(draft.instructions.length);
    const now = draft.instructions[at]!.programIdIndex;
    const programIdIndex = (now + 1 + random.below(draft.accountKeys.length - 1)) % draft.accountKeys.length;
    setInstruction(draft, at, { programIdIndex });
  }),
  message('key replaced by a look-alike', ['different-account'], (draft, random) => {
    const programs = new Set(draft.instructions.map((ix) => ix.programIdIndex));
    const at = random.below(draft.accountKeys.length);
    if (programs.has(at)) return false;
    draft.accountKeys[at] = lookAlike(draft.accountKeys[at]!, random);
    return;
  }),
  message('account index turned', ['different-account'], (draft, random) => {
    const at = random.below(draft.instructions.length);
    const indexes = draft.instructions[at]!.accountIndexes.slice();
    const slot = random.below(indexes.length);
    indexes[slot] =
      (indexes[slot]! + 1 + random.below(draft.accountKeys.length - 1)) % draft.accountKeys.length;
    setInstruction(draft, at, { accountIndexes: indexes });
  }),
  message('account index turned to a new key', ['different-account'], (draft, random) => {
    const at = random.below(draft.instructions.length);
    const indexes = draft.instructions[at]!.accountIndexes.slice();
    indexes[random.below(indexes.length)] = appendKey(draft, random.key());
    setInstruction(draft, at, { accountIndexes: indexes });
  }),
  message('account added to an instruction', ['different-account'], (draft, random) => {
    const at = random.below(draft.instructions.length);
    const more = random.below(draft.accountKeys.length);
    setInstruction(draft, at, {
      accountIndexes: Uint8Array.from([...draft.instructions[at]!.accountIndexes, more]),
    });
  }),
  message('account taken from an instruction', ['different-account'], (draft, random) => {
    const at = random.below(draft.instructions.length);
    const indexes = [...draft.instructions[at]!.accountIndexes];
    indexes.splice(random.below(indexes.length), 1);
    setInstruction(draft, at, { accountIndexes: Uint8Array.from(indexes) });
  }),
  message('two accounts of an instruction swapped', ['different-account'], (draft, random) => {
    const at = random.below(draft.instructions.length);
    const indexes = draft.instructions[at]!.accountIndexes.slice();
    const [a, b] = [random.below(indexes.length), random.below(indexes.length)];
    if (indexes[a] === indexes[b]) return false;
    [indexes[a], indexes[b]] = [indexes[b]!, indexes[a]!];
    setInstruction(draft, at, { accountIndexes: indexes });
    return;
  }),
  message('keys in another order, nothing else', ['different-account'], (draft, random) => {
    const [a, b] = [random.below(draft.accountKeys.length), random.below(draft.accountKeys.length)];
    const role = (i: number) =>
      i < draft.numSigners
        ? i < draft.numWritableSigners
        : i - draft.numSigners < draft.numWritableNonSigners
          ? 2
          : 3;
    if (a === b || role(a) !== role(b)) return false;
    [draft.accountKeys[a], draft.accountKeys[b]] = [draft.accountKeys[b]!, draft.accountKeys[a]!];
    const turn = (i: number) => (i === a ? b : i === b ? a : i);
    draft.instructions = draft.instructions.map((ix) => ({
      programIdIndex: turn(ix.programIdIndex),
      accountIndexes: ix.accountIndexes.map(turn),
      data: ix.data,
    }));
    return;
  }),
  message('unused key appended', ['different-account'], (draft, random) => {
    appendKey(draft, random.key());
  }),
  message('key listed twice', ['different-account'], (draft, random) => {
    appendKey(draft, random.pick(draft.accountKeys));
  }),
  message('one more or one fewer writable key', ['different-account'], (draft, random) => {
    const next = draft.numWritableNonSigners + (random.below(2) === 0 ? 1 : -1);
    if (next < 0 || next > draft.accountKeys.length - draft.numSigners) return false;
    draft.numWritableNonSigners = next;
    return;
  }),
  message('one more signer', ['different-account'], (draft) => {
    if (draft.numWritableNonSigners > draft.accountKeys.length - draft.numSigners - 1) return false;
    draft.numSigners += 1;
    return;
  }),
  message('vault no longer writable', ['different-account'], (draft) => {
    draft.numWritableSigners -= 1;
  }),
  message('vault no longer a signer', ['different-account'], (draft) => {
    draft.numSigners -= 1;
    draft.numWritableSigners -= 1;
  }),
  message('data byte changed', ['different-argument'], (draft, random) => {
    const at = action(draft, random);
    const { data } = draft.instructions[at]!;
    setInstruction(draft, at, { data: flipped(data, random.below(data.length), random) });
  }),
  message('data cut', ['different-argument'], (draft, random) => {
    const at = action(draft, random);
    const { data } = draft.instructions[at]!;
    setInstruction(draft, at, { data: data.slice(0, random.below(data.length)) });
  }),
  message('data extended', ['different-argument'], (draft, random) => {
    const at = random.below(draft.instructions.length);
    const { data } = draft.instructions[at]!;
    setInstruction(draft, at, { data: Uint8Array.from([...data, ...random.bytes(1 + random.below(4))]) });
  }),
  message('another instruction of the program in its place', ['different-argument'], (draft, random) => {
    const at = action(draft, random);
    const data = draft.instructions[at]!.data.slice();
    data.set(random.bytes(8));
    setInstruction(draft, at, { data });
  }),
  announcement('discriminator', 0, 8, 'digest-unknown'),
  announcement('number', 8, 12, 'different-argument'),
  announcement('digest', 12, 44, 'digest-unknown'),
  announcement('part', 44, 45, 'different-argument'),
  announcement('parts', 45, 46, 'different-argument'),
  announcement('actions', 46, 47, 'different-argument'),
  announcement('not_after', 47, 55, 'different-argument'),
  announcement('members_hash', 55, 87, 'wrong-council'),
  announcement('council_tx', 87, 95, 'different-argument'),
  message(
    'message of another part',
    ['different-argument', 'missing-instruction', 'extra-instruction'],
    (draft, _, base) => {
      const { world } = base;
      if (world.parts === 1) return false;
      const part = (world.part % world.parts) + 1;
      const data = draft.instructions[0]!.data.slice();
      data[44] = part;
      setInstruction(draft, 0, { data });
      return;
    },
  ),
  message('lookup table added', ['lookup-table-present'], (draft, random) => {
    draft.addressTableLookups = [
      {
        accountKey: random.key(),
        writableIndexes: random.bytes(random.below(4)),
        readonlyIndexes: random.bytes(random.below(4)),
      },
    ];
  }),
  message('account taken from a lookup table', ['lookup-table-present'], (draft, random) => {
    draft.addressTableLookups = [
      { accountKey: random.key(), writableIndexes: Uint8Array.of(0), readonlyIndexes: new Uint8Array() },
    ];
    const at = random.below(draft.instructions.length);
    const indexes = draft.instructions[at]!.accountIndexes.slice();
    indexes[random.below(indexes.length)] = draft.accountKeys.length;
    setInstruction(draft, at, { accountIndexes: indexes });
  }),
  message('index beyond every key', ['unreadable'], (draft, random) => {
    const at = random.below(draft.instructions.length);
    const indexes = draft.instructions[at]!.accountIndexes.slice();
    indexes[random.below(indexes.length)] =
      draft.accountKeys.length + random.below(255 - draft.accountKeys.length);
    setInstruction(draft, at, { accountIndexes: indexes });
  }),
];

const HEADER_CLASSES: readonly MutationClass[] = [
  header('ephemeral signer', 'ephemeral-signer-present', (fields, random) => {
    fields.ephemeralSignerBumps = random.bytes(1 + random.below(3));
  }),
  header('another vault of the council', 'wrong-vault', (fields, random) => {
    const index = 1 + random.below(255);
    fields.vaultIndex = index;
    fields.vaultBump = squads.getVaultPda({ multisigPda: fields.multisig, index })[1];
  }),
  header('vault bump', 'wrong-vault', (fields, random) => {
    fields.vaultBump ^= 1 + random.below(255);
  }),
  header('another council', 'wrong-council', (fields, random) => {
    fields.multisig = lookAlike(fields.multisig, random);
  }),
  header('created by a stranger', 'wrong-council', (fields, random) => {
    fields.creator = random.key();
  }),
  header('another index', 'unreadable', (fields, random) => {
    fields.index += BigInt(1 + random.below(9));
  }),
  header('another bump', 'unreadable', (fields, random) => {
    fields.bump ^= 1 + random.below(255);
  }),
];

function withMultisig(base: Base, change: (fields: ReturnType<typeof multisigFields>) => void): VerifyInput {
  const fields = multisigFields(base.world);
  change(fields);
  return withAccount(base.input, 'multisig', { data: multisigBytes(fields) });
}

function withProposal(
  base: Base,
  ...changed: Parameters<typeof proposalBytes> extends [World, ...infer R] ? R : never
) {
  return withAccount(base.input, 'proposal', { data: proposalBytes(base.world, ...changed) });
}

function withRecord(base: Base, part: number, digest?: Uint8Array): VerifyInput {
  const { world } = base;
  const [record] = recordPda(world.programId, world.sip);
  const sipRecord = account(record, world.programId, recordBytes(world, part, digest));
  return { ...base.input, accounts: { ...base.input.accounts, sipRecord } };
}

const without = (base: Base, name: 'multisig' | 'transaction'): VerifyInput => ({
  ...base.input,
  accounts: { ...base.input.accounts, [name]: null },
});

const CHAIN_CLASSES: readonly MutationClass[] = [
  input('bytes after the message', 'trailing-bytes', (base, random) => {
    const tail =
      random.below(2) === 0 ? new Uint8Array(1 + random.below(64)) : random.bytes(1 + random.below(64));
    return withAccount(base.input, 'transaction', {
      data: Uint8Array.from([...base.input.accounts.transaction!.data, ...tail]),
    });
  }),
  input('transaction cut short', 'unreadable', (base, random) => {
    const { data } = base.input.accounts.transaction!;
    return withAccount(base.input, 'transaction', { data: data.subarray(0, random.below(data.length)) });
  }),
  input('transaction of a foreign owner', 'unreadable', (base, random) => {
    const { address: owner } = account(random.key(), random.key(), new Uint8Array());
    return withAccount(base.input, 'transaction', { owner });
  }),
  input('no transaction', 'unreadable', (base) => without(base, 'transaction')),
  input('no multisig', 'unreadable', (base) => without(base, 'multisig')),
  input('config transaction in its place', 'unreadable', (base) => {
    const { fields } = base;
    const [data] = squads.generated.ConfigTransaction.fromArgs({
      ...{
        multisig: fields.multisig,
        creator: fields.creator,
        index: Number(fields.index),
        bump: fields.bump,
      },
      actions: [{ __kind: 'SetTimeLock', newTimeLock: 0 }],
    }).serialize();
    return withAccount(base.input, 'transaction', { data: Uint8Array.from(data) });
  }),
  input('account of another address', 'unreadable', (base, random) => {
    const { address } = account(random.key(), random.key(), new Uint8Array());
    return withAccount(base.input, random.pick(['multisig', 'transaction', 'proposal'] as const), {
      address,
    });
  }),
  input('member added', 'wrong-council', (base, random) =>
    withMultisig(base, (fields) => {
      fields.members.push({ key: random.key(), permissions: { mask: 7 } });
      fields.members.sort((a, b) => Buffer.compare(a.key.toBuffer(), b.key.toBuffer()));
    }),
  ),
  input('permission of a member changed', 'wrong-council', (base, random) =>
    withMultisig(base, (fields) => {
      const at = random.below(fields.members.length);
      const mask =
        fields.members[at]!.permissions.mask ^ (fields.members[at]!.permissions.mask === 7 ? 4 : 5);
      fields.members[at] = { key: fields.members[at]!.key, permissions: { mask } };
    }),
  ),
  input('config authority set', 'wrong-council', (base, random) =>
    withMultisig(base, (fields) => {
      fields.configAuthority = random.key();
    }),
  ),
  input('index made stale', 'stale', (base) =>
    withMultisig(base, (fields) => {
      fields.staleTransactionIndex = Number(base.world.index);
    }),
  ),
  input('index beyond the last of the council', 'unreadable', (base) =>
    withMultisig(base, (fields) => {
      fields.transactionIndex = Number(base.world.index) - 1;
      fields.staleTransactionIndex = 0;
    }),
  ),
  input('proposal of a foreign owner', 'unreadable', (base, random) => {
    const { address: owner } = account(random.key(), random.key(), new Uint8Array());
    return withAccount(base.input, 'proposal', { owner });
  }),
  input('proposal of another index', 'unreadable', (base) =>
    withProposal(base, 'Active', { index: base.world.index + 1n }),
  ),
  input('proposal of another council', 'unreadable', (base, random) =>
    withProposal(base, 'Active', { multisig: random.key() }),
  ),
  input('part already enacted', 'already-enacted', (base, random) => {
    const { part, parts } = base.world;
    return withRecord(base, part + random.below(parts - part + 1));
  }),
  input('number taken by another text', 'already-enacted', (base, random) =>
    withRecord(base, 1, random.bytes(32)),
  ),
  input('one second too late', 'expired', (base) => ({
    ...base.input,
    clock: (base.world.notAfter + 1n) as UnixSeconds,
  })),
  input('no text known', 'digest-unknown', (base) => ({ ...base.input, text: null })),
  input('text of another digest', 'digest-unknown', (base, random) => {
    const world = { ...base.world, digest: random.bytes(32) };
    return { ...base.input, text: honestInput(world, base.fields).text };
  }),
  input('text compiled for other members', 'wrong-council', (base, random) => {
    const world = { ...base.world, members: [{ key: random.key(), mask: 7 }] };
    const data = base.fields.message.instructions[0]!.data.slice();
    data.set(membersHash(world.members), 55);
    const instructions = base.fields.message.instructions.map((ix, i) => (i === 0 ? { ...ix, data } : ix));
    return rebuilt(base, { ...base.fields, message: { ...base.fields.message, instructions } });
  }),
];

export const MUTATIONS: readonly MutationClass[] = [...MESSAGE_CLASSES, ...HEADER_CLASSES, ...CHAIN_CLASSES];

export interface Accepted {
  readonly mutation: string;
  readonly seed: number;
}

export interface Outcome {
  readonly applied: ReadonlyMap<string, number>;
  /** Mutations that were called match. */
  readonly accepted: readonly Accepted[];
  /** Mutations refused under another name than their class asks for. */
  readonly misnamed: readonly (Accepted & { readonly verdict: Verdict })[];
}

/** Applies `count` mutations, class after class, to bases in turn. The same seed gives the same mutations. */
export function attack(
  verify: (input: VerifyInput) => { readonly verdict: Verdict },
  options: { readonly seed: number; readonly count: number; readonly bases?: number },
): Outcome {
  const bases = Array.from({ length: options.bases ?? 16 }, (_, i) => makeBase(options.seed + i));
  const applied = new Map<string, number>();
  const accepted: Accepted[] = [];
  const misnamed: (Accepted & { verdict: Verdict })[] = [];
  let done = 0;
  for (let turn = 0; done < options.count; turn++) {
    const mutation = MUTATIONS[turn % MUTATIONS.length]!;
    const seed = options.seed + turn;
    const random = new Random(seed);
    const mutated = mutation.apply(bases[random.below(bases.length)]!, random);
    if (mutated === null) continue;
    done += 1;
    applied.set(mutation.name, (applied.get(mutation.name) ?? 0) + 1);
    const { verdict } = verify(mutated);
    const place = { mutation: mutation.name, seed };
    if (verdict === 'match') accepted.push(place);
    else if (!mutation.verdicts.includes(verdict)) misnamed.push({ ...place, verdict });
  }
  return { applied, accepted, misnamed };
}
