import type { Address } from '../../types.ts';
import { readExactly, sameBytes } from '../bytes.ts';
import { instructionDiscriminator } from '../discriminator.ts';
import { configAddress, SYSTEM_PROGRAM } from '../pda.ts';
import { checkAccounts } from './accounts.ts';
import { ATA, epochOf, TOKEN, TOKEN_2022 } from './addresses.ts';
import { Refusal } from './refusal.ts';
import { KNOWN, type Known } from './restaking-accounts.ts';
import type { Action, Line, Reading, Step } from './review.ts';

/** The restaking program's instructions that no SIP is needed for: those that do not take the authority as signer. */

/** @property cosigner the gatekeeper of a deposit by invitation */
type Taken = Action & { readonly taken: 1; readonly cosigner: Address | null };

/** Undefined for another program. */
export function readProgramInstruction(step: Step, facts: Reading): Taken | undefined {
  const { pins, feePayer } = facts;
  if (step.program !== pins.programId) return undefined;
  const known = KNOWN.find(({ name }) => sameBytes(step.data.subarray(0, 8), instructionDiscriminator(name)));
  if (!known)
    throw new Refusal(
      'INSTRUCTION_UNKNOWN',
      step.at,
      'This instruction of the restaking program is decided by SIPs only.',
    );
  const amount = readExactly(step.data, (cursor) => {
    cursor.take(8);
    return known.amount ? cursor.u64() : null;
  });
  if (!amount.ok)
    throw new Refusal(
      'ARGUMENT_UNEXPECTED',
      step.at + amount.at,
      'Its arguments are not what the instruction takes.',
    );
  const epoch = epochIn(step, known, pins.programId);
  // A missing account is refused by their count; until then any address stands for it.
  const at = (place: number): Address => step.accounts[place]?.key ?? SYSTEM_PROGRAM;
  const slots = known.slots({ payer: feePayer, program: pins.programId, epoch: epoch ?? 0, at });
  checkAccounts(step, slots, facts.roles);
  const gatekeeper = slots.findIndex(({ name }) => name === 'gatekeeper');
  const key = gatekeeper < 0 ? pins.programId : at(gatekeeper);
  const hidden = new Set([
    ...[feePayer, pins.programId, configAddress(pins.programId).address],
    ...[SYSTEM_PROGRAM, TOKEN, TOKEN_2022, ATA],
  ]);
  const lines: Line[] = [
    ...(amount.value === null ? [] : [{ label: 'Amount', value: `${amount.value} base units` }]),
    ...(epoch === null ? [] : [{ label: 'Restaking epoch', value: `${epoch}` }]),
    ...slots.flatMap(({ name }, place) =>
      hidden.has(at(place)) ? [] : [{ label: name, value: at(place), address: true as const }],
    ),
  ];
  return {
    kind: known.name,
    title: known.title(epoch ?? 0),
    lines,
    transactionIndex: null,
    announcement: null,
    inner: [],
    taken: 1,
    cosigner: key === pins.programId ? null : key,
  };
}

/** The index behind the epoch account; null for instructions that take none. */
function epochIn(step: Step, { epochAt }: Known, program: Address): number | null {
  if (epochAt === null) return null;
  const account = step.accounts[epochAt];
  const index = account ? epochOf(account.key, program) : null;
  if (index !== null) return index;
  throw new Refusal('ACCOUNT_UNEXPECTED', step.at, 'Its epoch account is none of the program’s.');
}
