import type { TransactionInstruction } from '@solana/web3.js';
import type { Signer } from '../chain/ports.ts';
import { type SendOutcome, type SendPorts, sendTransaction } from '../chain/send.ts';
import { restakingErrorNames } from '../restaking/errors.ts';
import type { Pins } from '../types.ts';
import { type Landed, type NotDone, notLanded, type VenueOptions } from '../venues/squads/outcome.ts';

/** What is done outside the council: by a role, or by anyone. */
export type OperationOutcome = Landed | NotDone;

export interface Operation {
  readonly pins: Pins;
  /** Pays the fee and signs. */
  readonly signer: Signer;
  readonly extraSigners?: readonly Signer[];
  readonly instructions: readonly TransactionInstruction[];
  readonly describe: string;
}

export async function sendOperation(
  ports: SendPorts,
  operation: Operation,
  options: VenueOptions,
): Promise<OperationOutcome> {
  const { pins, signer, extraSigners, instructions, describe } = operation;
  const outcome: SendOutcome = await sendTransaction(ports, {
    signer,
    ...(extraSigners && { extraSigners }),
    instructions,
    describe,
    hints: { names: { [pins.programId]: restakingErrorNames } },
    ...(options.computeUnitPriceMicroLamports !== undefined && {
      computeUnitPriceMicroLamports: options.computeUnitPriceMicroLamports,
    }),
    ...(options.onStage && { onStage: options.onStage }),
  });
  return outcome.kind === 'landed' ? outcome : notLanded(outcome);
}
