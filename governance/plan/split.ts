import { PublicKey, type TransactionInstruction } from '@solana/web3.js';
import { SipError } from '../errors.ts';
import type { Address, Pins } from '../types.ts';
import { transactionSizes } from '../venues/squads/size.ts';

/** Instructions that stay together: a record_external and the foreign instruction right behind it, else one. */
export interface Unit {
  /** Position of the first instruction among all of the SIP's. */
  readonly at: number;
  readonly instructions: readonly TransactionInstruction[];
}

export function unitsOf(
  instructions: readonly TransactionInstruction[],
  programId: Address,
): readonly Unit[] {
  const units: { at: number; instructions: TransactionInstruction[] }[] = [];
  for (const [at, instruction] of instructions.entries()) {
    const last = units.at(-1);
    if (last && instruction.programId.toBase58() !== programId) last.instructions.push(instruction);
    else units.push({ at, instructions: [instruction] });
  }
  return units;
}

/**
 * Fills parts greedily in text order. A part is full when the next unit would make it too large for one transaction.
 * @param begin any begin_sip: its size does not depend on its values.
 * @throws SipError SIP_TOO_LARGE where one unit alone does not fit.
 */
export function splitIntoParts(
  units: readonly Unit[],
  begin: TransactionInstruction,
  pins: Pins,
): readonly (readonly Unit[])[] {
  const parts: Unit[][] = [];
  for (const unit of units) {
    const current = parts.at(-1);
    if (current && fits([...current, unit], begin, pins)) current.push(unit);
    else if (fits([unit], begin, pins)) parts.push([unit]);
    else throw new SipError('SIP_TOO_LARGE', { action: unit.at + 1 });
  }
  return parts;
}

function fits(units: readonly Unit[], begin: TransactionInstruction, pins: Pins): boolean {
  const instructions = [begin, ...units.flatMap((unit) => unit.instructions)];
  return transactionSizes({
    council: new PublicKey(pins.council),
    vault: new PublicKey(pins.vault),
    instructions,
  }).fits;
}
