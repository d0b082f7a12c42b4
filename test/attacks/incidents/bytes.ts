import {
  TransactionInstruction as Instruction,
  PublicKey,
  SystemProgram,
  type TransactionInstruction,
  TransactionMessage,
} from '@solana/web3.js';
import type { Address } from '#governance/types.ts';
import * as squads from '#governance/venues/squads/instructions.ts';
import type { VerifyInput } from '#governance/verify/index.ts';
import { type Base, makeBase } from '#test/verify/mutations.ts';
import {
  instructionsOf,
  membersHash,
  messageOf,
  type Random,
  transactionBytes,
  wireOf,
  withAccount,
} from '#test/verify/world.ts';

/** A council with an honest proposal before it, and what attackers put in its place. */

const BASES = 8;
const bases = new Map<number, Base>();

/** Deriving a council's addresses is what takes long; a few are shared. */
export function someBase(random: Random): Base {
  const at = random.below(BASES);
  const known = bases.get(at) ?? makeBase(at);
  bases.set(at, known);
  return known;
}

/** The proposal's own instructions, with `extra` behind them. */
export const honestInstructions = ({ world }: Base): readonly TransactionInstruction[] =>
  instructionsOf(world, world.part, membersHash(world.members), world.index);

/** The same proposal account, of other instructions. */
export function proposing(base: Base, instructions: readonly TransactionInstruction[]): VerifyInput {
  const message = messageOf(wireOf(base.world.vault, instructions));
  return withAccount(base.input, 'transaction', { data: transactionBytes({ ...base.fields, message }) });
}

const UPGRADEABLE_LOADER = new PublicKey('BPFLoaderUpgradeab1e11111111111111111111111');

/** Loader v3, `Upgrade`: another program at the same address. */
export const upgrade = (vault: PublicKey, random: Random): TransactionInstruction =>
  new Instruction({
    programId: UPGRADEABLE_LOADER,
    keys: [random.key(), random.key(), random.key(), vault].map((pubkey) => ({
      pubkey,
      isSigner: pubkey === vault,
      isWritable: pubkey !== vault,
    })),
    data: Buffer.from([3, 0, 0, 0]),
  });

/** Loader v3, `SetAuthority`: the right to upgrade goes to the attacker. */
export const handOver = (vault: PublicKey, random: Random): TransactionInstruction =>
  new Instruction({
    programId: UPGRADEABLE_LOADER,
    keys: [
      { pubkey: random.key(), isSigner: false, isWritable: true },
      { pubkey: vault, isSigner: true, isWritable: false },
      { pubkey: random.key(), isSigner: false, isWritable: false },
    ],
    data: Buffer.from([4, 0, 0, 0]),
  });

export const drain = (vault: PublicKey, random: Random): TransactionInstruction =>
  SystemProgram.transfer({
    fromPubkey: vault,
    toPubkey: random.key(),
    lamports: 1 + random.below(1_000_000_000),
  });

export const signed = (payer: PublicKey, ...instructions: readonly TransactionInstruction[]): Uint8Array =>
  new TransactionMessage({
    payerKey: payer,
    recentBlockhash: PublicKey.default.toBase58(),
    instructions: [...instructions],
  })
    .compileToV0Message()
    .serialize();

/** What the console asks a member to sign, and what the signer knows of it. */
export function approval({ world }: Base, ...before: readonly TransactionInstruction[]) {
  const { council, index: transactionIndex, creator: member } = world;
  const approve = squads.proposalApprove({ council, transactionIndex, member });
  return { bytes: signed(member, ...before, approve), facts: factsOf(world) };
}

export function factsOf(world: Base['world']) {
  const address = (key: PublicKey) => key.toBase58() as Address;
  return {
    pins: {
      programId: address(world.programId),
      council: address(world.council),
      vault: address(world.vault),
    },
    feePayer: address(world.creator),
    transactionIndex: world.index,
  };
}
