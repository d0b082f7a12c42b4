import { sha256 } from '@noble/hashes/sha2';
import {
  PublicKey,
  SYSVAR_INSTRUCTIONS_PUBKEY,
  SystemProgram,
  TransactionInstruction,
  TransactionMessage,
} from '@solana/web3.js';
import * as squads from '@sqds/multisig';
import type { Address, Digest, MembersHash, Pins, UnixSeconds } from '#governance/types.ts';
import type { AccountBytes, ExpectedPart, SipText, VerifyInput } from '#governance/verify/index.ts';

/**
 * A council, a SIP and its proposal, all accounts built by Squads' own SDK: the oracle of the byte reader.
 * Nothing here uses governance/verify's decoders or encoders.
 */

/** xorshift32: the same world for the same seed. */
export class Random {
  private state: number;
  constructor(seed: number) {
    this.state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  }
  u32(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x >>> 0;
    return this.state;
  }
  /** From 0 to n − 1. */
  below(n: number): number {
    return this.u32() % n;
  }
  bytes(n: number): Uint8Array {
    return Uint8Array.from({ length: n }, () => this.u32() >>> 24);
  }
  key(): PublicKey {
    return new PublicKey(this.bytes(32));
  }
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const sighash = (name: string) => sha256(new TextEncoder().encode(name)).subarray(0, 8);
const address = (key: PublicKey) => key.toBase58() as Address;

export function le(value: bigint | number, length: number): Uint8Array {
  let rest = BigInt.asUintN(8 * length, BigInt(value));
  return Uint8Array.from({ length }, () => {
    const byte = Number(rest & 0xffn);
    rest >>= 8n;
    return byte;
  });
}

export interface BeginArgs {
  readonly number: number;
  readonly digest: Uint8Array;
  readonly part: number;
  readonly parts: number;
  readonly actions: number;
  readonly notAfter: bigint;
  readonly membersHash: Uint8Array;
  readonly councilTx: bigint;
}

export function beginSipData(a: BeginArgs): Uint8Array {
  return Uint8Array.from([
    ...sighash('global:begin_sip'),
    ...le(a.number, 4),
    ...a.digest,
    ...[a.part, a.parts, a.actions],
    ...le(a.notAfter, 8),
    ...a.membersHash,
    ...le(a.councilTx, 8),
  ]);
}

export function acceptAuthorityData(sip: number, digest: Uint8Array, councilTx: bigint): Uint8Array {
  return Uint8Array.from([
    ...sighash('global:accept_authority'),
    ...le(sip, 4),
    ...digest,
    ...le(councilTx, 8),
  ]);
}

export interface Member {
  readonly key: PublicKey;
  readonly mask: number;
}

export const membersHash = (members: readonly Member[]): Uint8Array =>
  sha256(Uint8Array.from(members.flatMap(({ key, mask }) => [...key.toBytes(), mask])));

/** Everything an honest proposal consists of, before any of it is bytes. */
export interface World {
  readonly programId: PublicKey;
  readonly createKey: PublicKey;
  readonly council: PublicKey;
  readonly vault: PublicKey;
  readonly members: readonly Member[];
  readonly creator: PublicKey;
  readonly index: bigint;
  readonly stale: bigint;
  readonly sip: number;
  readonly digest: Uint8Array;
  readonly part: number;
  readonly parts: number;
  readonly notAfter: bigint;
  readonly now: bigint;
  /** The admin instructions of every part of the text. */
  readonly actions: readonly (readonly TransactionInstruction[])[];
}

const ZERO = PublicKey.default;
const SQUADS = squads.PROGRAM_ID;
const PROGRAM = new PublicKey('3skELSNQynLdnLdgzxfhRTdGiR7TSXtpfGgxJHLyKGu6');

const pda = (seeds: readonly Uint8Array[], program: PublicKey) =>
  PublicKey.findProgramAddressSync(seeds as Uint8Array[], program);
const utf8 = (text: string) => new TextEncoder().encode(text);

export const recordPda = (program: PublicKey, sip: number) => pda([utf8('sip'), le(sip, 4)], program);
export const configPda = (program: PublicKey) => pda([utf8('config')], program);

export function adminInstruction(
  random: Random,
  world: Pick<World, 'vault' | 'sip'>,
): TransactionInstruction {
  const extra = Array.from({ length: random.below(4) }, () => ({
    pubkey: random.key(),
    isSigner: false,
    isWritable: random.below(2) === 0,
  }));
  return new TransactionInstruction({
    programId: PROGRAM,
    keys: [
      { pubkey: world.vault, isSigner: true, isWritable: random.below(2) === 0 },
      { pubkey: configPda(PROGRAM)[0], isSigner: false, isWritable: random.below(2) === 0 },
      { pubkey: recordPda(PROGRAM, world.sip)[0], isSigner: false, isWritable: true },
      ...extra,
    ],
    data: Buffer.from(random.bytes(8 + random.below(48))),
  });
}

export function makeWorld(seed: number): World {
  const random = new Random(seed);
  const createKey = random.key();
  const [council] = squads.getMultisigPda({ createKey });
  const [vault] = squads.getVaultPda({ multisigPda: council, index: 0 });
  const members = Array.from({ length: 3 + random.below(5) }, (_, i) => ({
    key: random.key(),
    mask: i === 0 ? 7 : random.pick([7, 6, 3, 2]),
  })).sort((a, b) => Buffer.compare(a.key.toBuffer(), b.key.toBuffer()));
  const sip = 2 + random.below(500);
  const stale = BigInt(random.below(40));
  const parts = random.pick([1, 1, 2, 3]);
  const at = { vault, sip };
  const now = 1_700_000_000n + BigInt(random.below(1_000_000));
  return {
    programId: PROGRAM,
    createKey,
    council,
    vault,
    members,
    creator: members.find(({ mask }) => (mask & 1) !== 0)!.key,
    index: stale + 1n + BigInt(random.below(9)),
    stale,
    sip,
    digest: random.bytes(32),
    part: 1 + random.below(parts),
    parts,
    notAfter: now + BigInt(random.below(1_000_000)),
    now,
    actions: Array.from({ length: parts }, () =>
      Array.from({ length: 2 + random.below(5) }, () => adminInstruction(random, at)),
    ),
  };
}

export function beginSip(
  world: World,
  part: number,
  hash: Uint8Array,
  councilTx: bigint,
): TransactionInstruction {
  const ro = (pubkey: PublicKey) => ({ pubkey, isSigner: false, isWritable: false });
  const { sip: number, digest, parts, notAfter } = world;
  const actions = world.actions[part - 1]!.length;
  return new TransactionInstruction({
    programId: world.programId,
    keys: [
      { pubkey: world.vault, isSigner: true, isWritable: true },
      ro(configPda(world.programId)[0]),
      { pubkey: recordPda(world.programId, number)[0], isSigner: false, isWritable: true },
      ...[world.council, SYSVAR_INSTRUCTIONS_PUBKEY, SystemProgram.programId].map(ro),
    ],
    data: Buffer.from(
      beginSipData({ number, digest, part, parts, actions, notAfter, membersHash: hash, councilTx }),
    ),
  });
}

/** The stored message as plain values: what a mutation turns. */
export type Message = squads.generated.VaultTransactionMessage;

/** Wire bytes by the SDK's compiler. */
export function wireOf(vault: PublicKey, instructions: readonly TransactionInstruction[]): Uint8Array {
  return squads.utils.transactionMessageToMultisigTransactionMessageBytes({
    message: new TransactionMessage({
      payerKey: vault,
      recentBlockhash: ZERO.toBase58(),
      instructions: [...instructions],
    }),
    vaultPda: vault,
  });
}

/** The SDK's reading of wire bytes, in the types of the stored form. */
export function messageOf(wire: Uint8Array): Message {
  const [m] = squads.types.transactionMessageBeet.deserialize(Buffer.from(wire), 0);
  return {
    ...{ numSigners: m.numSigners, numWritableSigners: m.numWritableSigners },
    numWritableNonSigners: m.numWritableNonSigners,
    accountKeys: m.accountKeys,
    instructions: m.instructions.map((ix) => ({
      programIdIndex: ix.programIdIndex,
      accountIndexes: Uint8Array.from(ix.accountIndexes),
      data: Uint8Array.from(ix.data),
    })),
    addressTableLookups: m.addressTableLookups.map((l) => ({
      accountKey: l.accountKey,
      writableIndexes: Uint8Array.from(l.writableIndexes),
      readonlyIndexes: Uint8Array.from(l.readonlyIndexes),
    })),
  };
}

/** Stored bytes by the SDK's serializer. */
export function storedOf(message: Message): Uint8Array {
  const fixed = squads.generated.vaultTransactionMessageBeet.toFixedFromValue(message);
  const buffer = Buffer.alloc(fixed.byteSize);
  fixed.write(buffer, 0, message);
  return Uint8Array.from(buffer);
}

export function instructionsOf(world: World, part: number, hash: Uint8Array, councilTx: bigint) {
  return [beginSip(world, part, hash, councilTx), ...world.actions[part - 1]!];
}

export function recompileWith(world: World): SipText['recompile'] {
  return (hash: MembersHash, councilTx: bigint, part: number): ExpectedPart | null => {
    if (part < 1 || part > world.parts) return null;
    const message = wireOf(world.vault, instructionsOf(world, part, Buffer.from(hash, 'hex'), councilTx));
    const accountMessage = storedOf(messageOf(message));
    return { part, parts: world.parts, transactionIndex: councilTx, vaultIndex: 0, message, accountMessage };
  };
}

/** Fields of the vault transaction account, so that a mutation can turn one before it is bytes. */
export interface TransactionFields {
  multisig: PublicKey;
  creator: PublicKey;
  index: bigint;
  bump: number;
  vaultIndex: number;
  vaultBump: number;
  ephemeralSignerBumps: Uint8Array;
  message: Message;
}

export function transactionFields(world: World): TransactionFields {
  const { council: multisigPda, index, part } = world;
  const bump = squads.getTransactionPda({ multisigPda, index })[1];
  const vaultBump = squads.getVaultPda({ multisigPda, index: 0 })[1];
  const message = messageOf(
    wireOf(world.vault, instructionsOf(world, part, membersHash(world.members), index)),
  );
  const { creator } = world;
  return {
    ...{ multisig: multisigPda, creator, index, bump, vaultIndex: 0, vaultBump, message },
    ephemeralSignerBumps: new Uint8Array(),
  };
}

export function transactionBytes(fields: TransactionFields): Uint8Array {
  const { index, ...rest } = fields;
  const args = { ...rest, index: Number(index) };
  return Uint8Array.from(squads.generated.VaultTransaction.fromArgs(args).serialize()[0]);
}

export interface MultisigFields {
  createKey: PublicKey;
  configAuthority: PublicKey;
  threshold: number;
  timeLock: number;
  transactionIndex: number;
  staleTransactionIndex: number;
  rentCollector: PublicKey | null;
  bump: number;
  members: { key: PublicKey; permissions: { mask: number } }[];
}

export function multisigFields(world: World): MultisigFields {
  return {
    createKey: world.createKey,
    configAuthority: ZERO,
    threshold: 2,
    timeLock: 600,
    transactionIndex: Number(world.index) + 3,
    staleTransactionIndex: Number(world.stale),
    rentCollector: null,
    bump: squads.getMultisigPda({ createKey: world.createKey })[1],
    members: world.members.map(({ key, mask }) => ({ key, permissions: { mask } })),
  };
}

/** With the room that Squads leaves: 32 bytes for a rent collector. */
export function multisigBytes(fields: MultisigFields): Uint8Array {
  const bytes = squads.generated.Multisig.fromArgs(fields).serialize()[0];
  return Uint8Array.from([...bytes, ...new Uint8Array(fields.rentCollector === null ? 32 : 0)]);
}

export type StatusKind = 'Draft' | 'Active' | 'Rejected' | 'Approved' | 'Executed' | 'Cancelled';

export function proposalBytes(
  world: World,
  kind: StatusKind,
  changed: { index?: bigint; multisig?: PublicKey } = {},
): Uint8Array {
  const index = changed.index ?? world.index;
  const bytes = squads.generated.Proposal.fromArgs({
    multisig: changed.multisig ?? world.council,
    transactionIndex: Number(index),
    status: { __kind: kind, timestamp: Number(world.now) },
    bump: squads.getProposalPda({ multisigPda: world.council, transactionIndex: world.index })[1],
    approved: [world.members[0]!.key],
    rejected: [],
    cancelled: [],
  }).serialize()[0];
  const room = 8 + 32 + 8 + 9 + 1 + 3 * (4 + 32 * world.members.length);
  return Uint8Array.from([...bytes, ...new Uint8Array(room - bytes.length)]);
}

export function recordBytes(world: World, part: number, digest = world.digest): Uint8Array {
  const [, bump] = recordPda(world.programId, world.sip);
  return Uint8Array.from([
    ...sighash('account:SipRecord'),
    ...le(world.sip, 4),
    ...digest,
    ...[part, world.parts],
    ...le(77, 8),
    0,
    ...le(world.index - 1n, 8),
    ...le(world.now - 1000n, 8),
    bump,
  ]);
}

export function pinsOf(world: World): Pins {
  return {
    programId: address(world.programId),
    council: address(world.council),
    vault: address(world.vault),
  };
}

export const account = (key: PublicKey, owner: PublicKey, data: Uint8Array): AccountBytes => ({
  address: address(key),
  owner: address(owner),
  data,
});

export function textOf(world: World): SipText {
  return { sip: world.sip, digest: hex(world.digest) as Digest, recompile: recompileWith(world) };
}

/** An honest proposal, up for the vote; for a part after the first, the record of the parts before. */
export function honestInput(world: World, fields = transactionFields(world)): VerifyInput {
  const { council: multisigPda, index: transactionIndex } = world;
  const transaction = squads.getTransactionPda({ multisigPda, index: transactionIndex })[0];
  const proposal = squads.getProposalPda({ multisigPda, transactionIndex })[0];
  const [record] = recordPda(world.programId, world.sip);
  return {
    pins: pinsOf(world),
    transactionIndex,
    text: textOf(world),
    accounts: {
      multisig: account(multisigPda, SQUADS, multisigBytes(multisigFields(world))),
      transaction: account(transaction, SQUADS, transactionBytes(fields)),
      proposal: account(proposal, SQUADS, proposalBytes(world, 'Active')),
      sipRecord:
        world.part === 1 ? null : account(record, world.programId, recordBytes(world, world.part - 1)),
    },
    clock: world.now as UnixSeconds,
  };
}

type Accounts = VerifyInput['accounts'];

/** The same input with other bytes (or another owner) in one account. */
export function withAccount(
  input: VerifyInput,
  name: keyof Accounts,
  change: Partial<AccountBytes>,
): VerifyInput {
  const old = input.accounts[name];
  if (old === null || old === undefined) throw new Error(`no ${name} to change`);
  return { ...input, accounts: { ...input.accounts, [name]: { ...old, ...change } } };
}
