import { type Cursor, readExactly, sameBytes } from '../bytes.ts';
import { instructionDiscriminator } from '../discriminator.ts';
import { proposalAddress, SYSTEM_PROGRAM, transactionAddress } from '../pda.ts';
import type { Slot } from './accounts.ts';
import { Refusal } from './refusal.ts';
import type { Action, Line, Reading, Step } from './review.ts';

/** What the readings of Squads' instructions share: accounts by position, arguments to the last byte. */

/** @property taken how many instructions the action is made of */
export type Taken = Action & { readonly taken: 1 | 2; readonly cosigner: null };

export const named = (step: Step, name: string): boolean =>
  sameBytes(step.data.subarray(0, 8), instructionDiscriminator(name));

export const action = (
  kind: string,
  title: string,
  index: bigint,
  facts: Reading,
  more: Partial<Taken> = {},
): Taken => ({
  kind,
  title,
  transactionIndex: index,
  announcement: null,
  inner: [],
  taken: 1,
  cosigner: null,
  ...more,
  lines: [...placeLines(facts, index), ...(more.lines ?? [])],
});

function placeLines({ pins: { council } }: Reading, index: bigint): readonly Line[] {
  return [
    { label: 'Council', value: council, address: true },
    { label: 'Transaction', value: transactionAddress(council, index).address, address: true },
    { label: 'Proposal', value: proposalAddress(council, index).address, address: true },
  ];
}

/** Where the bytes say an index themselves, the caller's may not be another one. */
export function agreed(index: bigint, { transactionIndex }: Reading, step: Step): bigint {
  if (transactionIndex === null || transactionIndex === index) return index;
  throw new Refusal(
    'ARGUMENT_UNEXPECTED',
    step.at,
    `It is about transaction ${index}; ${transactionIndex} was said.`,
  );
}

/** Bytes that only name addresses: the index that the caller says has to derive them. */
export function claimed({ transactionIndex }: Reading, step: Step): bigint {
  if (transactionIndex !== null) return transactionIndex;
  throw new Refusal('ARGUMENT_UNEXPECTED', step.at, 'Nobody said which transaction this is about.');
}

export const multisig = ({ pins }: Reading, writable: boolean): Slot => ({
  name: 'multisig',
  key: pins.council,
  writable,
});
export const transaction = ({ pins }: Reading, index: bigint, writable: boolean): Slot => ({
  name: 'transaction',
  key: transactionAddress(pins.council, index).address,
  writable,
});
export const proposal = ({ pins }: Reading, index: bigint): Slot => ({
  name: 'proposal',
  key: proposalAddress(pins.council, index).address,
  writable: true,
});
export const member = ({ feePayer }: Reading, name: string, writable: boolean): Slot => ({
  name,
  key: feePayer,
  signer: true,
  writable,
});
export const SYSTEM: Slot = { name: 'system program', key: SYSTEM_PROGRAM, writable: false };

export function noMemo(cursor: Cursor): void {
  if (cursor.u8() !== 0) cursor.fail('no memo', cursor.at - 1);
}

export function argumentsOf<T>(step: Step, decode: (cursor: Cursor) => T): T {
  const read = readExactly(step.data, (cursor) => {
    cursor.take(8);
    return decode(cursor);
  });
  if (read.ok) return read.value;
  throw new Refusal(
    'ARGUMENT_UNEXPECTED',
    step.at + read.at,
    `Its arguments are not what is signed here: ${read.wanted} was expected.`,
  );
}
