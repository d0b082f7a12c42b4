import { addressOf } from '../chain/address.ts';
import type { Signer } from '../chain/ports.ts';
import type { SendPorts } from '../chain/send.ts';
import { buildInstruction } from '../restaking/instructions.ts';
import { restakingPdas } from '../restaking/pdas.ts';
import type { Pins } from '../types.ts';
import type { VenueOptions } from '../venues/squads/outcome.ts';
import { type OperationOutcome, sendOperation } from './send.ts';

/** By the guardian: stops deposits and activation for 7 days at most; only a SIP ends it earlier. */
export async function guardianPause(
  ports: SendPorts,
  request: { readonly pins: Pins; readonly guardian: Signer },
  options: VenueOptions = {},
): Promise<OperationOutcome> {
  const { pins, guardian } = request;
  const accounts = { guardian: addressOf(guardian.publicKey), config: restakingPdas(pins.programId).config };
  const instructions = [buildInstruction('guardian_pause', pins.programId, accounts)];
  return sendOperation(
    ports,
    { pins, signer: guardian, instructions, describe: 'pause the protocol as guardian' },
    options,
  );
}
