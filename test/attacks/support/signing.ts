import { PublicKey, type TransactionInstruction, TransactionMessage } from '@solana/web3.js';
import { buildInstruction } from '#governance/restaking/instructions.ts';
import { pinsOf, restakingPdas } from '#governance/restaking/pdas.ts';
import type { Address } from '#governance/types.ts';
import * as squads from '#governance/venues/squads/instructions.ts';
import type { Random } from '#test/verify/world.ts';

/** Messages as the console asks to sign them: every key in them is one that the signer knows. */

export interface Asked {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly facts: {
    readonly pins: ReturnType<typeof pinsOf>;
    readonly feePayer: Address;
    readonly transactionIndex: bigint;
  };
}

export function askedOf(random: Random): readonly Asked[] {
  const [member, council, program] = [random.key(), random.key(), random.key()];
  const address = (key: PublicKey) => key.toBase58() as Address;
  const pins = pinsOf(address(program), address(council));
  const pdas = restakingPdas(pins.programId);
  const transactionIndex = BigInt(1 + random.below(10_000));
  const at = { council, transactionIndex };
  const epoch = pdas.epoch(random.below(8));
  const asked: Readonly<Record<string, TransactionInstruction>> = {
    proposal_create: squads.proposalCreate({ ...at, creator: member }),
    proposal_approve: squads.proposalApprove({ ...at, member }),
    proposal_reject: squads.proposalReject({ ...at, member }),
    proposal_cancel: squads.proposalCancel({ ...at, member }),
    config_transaction_execute: squads.configTransactionExecute({ ...at, member }),
    activate_epoch: buildInstruction('activate_epoch', pins.programId, {
      epochAdmin: address(member),
      config: pdas.config,
      epoch,
    }),
    close_epoch: buildInstruction('close_epoch', pins.programId, { config: pdas.config, epoch }),
    guardian_pause: buildInstruction('guardian_pause', pins.programId, {
      guardian: address(member),
      config: pdas.config,
    }),
  };
  return Object.entries(asked).map(([name, instruction]) => ({
    name,
    bytes: new TransactionMessage({
      payerKey: member,
      recentBlockhash: PublicKey.default.toBase58(),
      instructions: [instruction],
    })
      .compileToV0Message()
      .serialize(),
    facts: { pins, feePayer: address(member), transactionIndex },
  }));
}

/** Version, the three counts, the number of keys: what stands before the keys of a v0 message with fewer than 128. */
const KEYS_AT = 5;

export const keyCount = (bytes: Uint8Array): number => bytes[KEYS_AT - 1]!;
export const keyAt = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.subarray(KEYS_AT + 32 * at, KEYS_AT + 32 * (at + 1));

export function withKey(bytes: Uint8Array, at: number, key: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy.set(key, KEYS_AT + 32 * at);
  return copy;
}
