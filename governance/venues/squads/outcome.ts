import { generated } from '@sqds/multisig';
import { addressOf, keyOf } from '../../chain/address.ts';
import type { Signer } from '../../chain/ports.ts';
import {
  outcomeError,
  type SendOutcome,
  type SendPorts,
  type SendRequest,
  sendTransaction,
} from '../../chain/send.ts';
import { SipError } from '../../errors.ts';
import type { Address, Digest } from '../../types.ts';
import { SQUADS_PROGRAM_ID } from './pdas.ts';
import type { Council, Permission } from './state.ts';

/** What propose, vote and execute share. */

export type VenuePorts = SendPorts;

export interface VenueOptions {
  readonly computeUnitPriceMicroLamports?: bigint;
  /** For the journal. */
  readonly about?: { readonly sip?: number; readonly digest?: Digest };
  readonly onStage?: SendRequest['onStage'];
}

/** A step that was not taken: by a check of ours (sent "no"), by the chain, or nobody knows (sent "unknown"). */
export interface NotDone {
  readonly kind: 'not-done';
  readonly error: SipError;
  readonly signature?: string;
}

export type Landed = Extract<SendOutcome, { kind: 'landed' }>;

export const notDone = (...args: ConstructorParameters<typeof SipError>): NotDone => ({
  kind: 'not-done',
  error: new SipError(...args),
});

/** The member's right to take a step, or why not. */
export function lacking(council: Council, signer: Signer, permission: Permission): NotDone | undefined {
  const address = addressOf(signer.publicKey);
  const member = council.members.find(({ key }) => key === address);
  if (member === undefined) return notDone('NOT_A_MEMBER', { address, council: council.address });
  if (member.permissions.includes(permission)) return undefined;
  return notDone('MEMBER_LACKS_PERMISSION', { address, permission, council: council.address });
}

export interface Step {
  readonly council: Council;
  readonly transactionIndex: bigint;
  readonly signer: Signer;
  readonly instructions: SendRequest['instructions'];
  readonly describe: string;
  readonly rentPayer?: Address;
}

export async function sendStep(ports: VenuePorts, step: Step, options: VenueOptions): Promise<SendOutcome> {
  const { council, transactionIndex, signer, instructions, describe, rentPayer } = step;
  return sendTransaction(ports, {
    signer,
    instructions,
    describe,
    about: { ...options.about, council: council.address, transactionIndex: transactionIndex.toString() },
    hints: { names: SQUADS_ERRORS, ...(rentPayer && { rentPayer: keyOf(rentPayer).toBase58() }) },
    ...(options.computeUnitPriceMicroLamports !== undefined && {
      computeUnitPriceMicroLamports: options.computeUnitPriceMicroLamports,
    }),
    ...(options.onStage && { onStage: options.onStage }),
  });
}

export function notLanded(outcome: Exclude<SendOutcome, Landed>): NotDone {
  const error =
    outcomeError(outcome) ?? new SipError('INTERNAL', { detail: 'a landed transaction is called not done' });
  return { kind: 'not-done', error, ...('signature' in outcome && { signature: outcome.signature }) };
}

/** Whether the program refused with this error of Squads', before or after sending. */
export function failedWith(outcome: SendOutcome, ...names: readonly string[]): boolean {
  if (outcome.kind !== 'failed' && outcome.kind !== 'refused') return false;
  const { program, name } = outcome.failure;
  return program === SQUADS_PROGRAM_ID.toBase58() && name !== undefined && names.includes(name);
}

/** Anchor's own codes that the venue meets, and Squads' table, for when no log names them. */
const SQUADS_ERRORS = {
  [SQUADS_PROGRAM_ID.toBase58()]: {
    2006: 'ConstraintSeeds',
    3004: 'AccountDidNotSerialize',
    3012: 'AccountNotInitialized',
    ...Object.fromEntries(
      Array.from({ length: 64 }, (_, i) => 6000 + i).flatMap((code) => {
        const error = generated.errorFromCode(code);
        return error ? [[code, error.name]] : [];
      }),
    ),
  },
};
