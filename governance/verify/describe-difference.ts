import type { Difference, DifferenceKind, Verdict } from './difference.ts';

/** Longer values keep their ends: the whole of it stands in the JSON form and at the named bytes. */
const SHOWN_CHARACTERS = 160;

function cut(value: string): string {
  if (value.length <= SHOWN_CHARACTERS) return value;
  const half = SHOWN_CHARACTERS / 2;
  return `${value.slice(0, half)}…${value.slice(-half)} (${value.length} characters)`;
}

const expected = (d: Difference): string => cut(d.expected ?? 'nothing');
const actual = (d: Difference): string => cut(d.actual ?? 'nothing');

/** People count from 1, the JSON form from 0. */
const instruction = (d: Difference): string => `instruction ${(d.instruction ?? 0) + 1}`;

function account(d: Difference): string {
  if (d.account === undefined) return `the message's table of keys`;
  if (d.instruction === undefined) return `key ${d.account + 1} of the message`;
  return `account ${d.account + 1} of ${instruction(d)}`;
}

function differentAccount(d: Difference): string {
  if (d.field === 'order of keys') {
    return `The keys of the message stand in another order, from ${account(d)} on: ${actual(d)} instead of ${expected(d)}`;
  }
  if (d.field !== undefined && d.actual !== undefined) {
    return `Key ${d.field} is ${actual(d)} in the message; the text makes it ${expected(d)}`;
  }
  if (d.expected === undefined)
    return `The message carries a key that the text does not use there: ${account(d)} is ${actual(d)}`;
  if (d.actual === undefined) return `A key of the text is not in ${account(d)}: ${expected(d)}`;
  return `${capital(account(d))} is ${actual(d)}; the text compiles to ${expected(d)}`;
}

function differentArgument(d: Difference): string {
  if (d.instruction === undefined)
    return `The message's ${d.field ?? 'bytes'} is ${actual(d)}; the text compiles to ${expected(d)}`;
  const what = d.field === undefined ? 'data' : d.field;
  return `${capital(instruction(d))} has ${what} ${actual(d)}; the text compiles to ${expected(d)}`;
}

const SENTENCES: Readonly<Record<DifferenceKind, (d: Difference) => string>> = {
  unreadable: (d) =>
    `The ${d.field ?? 'account'} cannot be read: ${expected(d)} was wanted, ${actual(d)} was found`,
  'trailing-bytes': (d) =>
    `The transaction account goes on after its message: ${expected(d)} are accounted for, it has ${actual(d)}`,
  'digest-unknown': (d) => `The message names ${actual(d)}; wanted is ${expected(d)}`,
  'wrong-council': (d) => `The ${d.field ?? 'council'} is ${actual(d)}; it has to be ${expected(d)}`,
  'wrong-vault': (d) => `The transaction acts for ${actual(d)}; the program obeys ${expected(d)}`,
  'lookup-table-present': (d) =>
    `The message takes accounts from lookup tables, which can change after approval: ${actual(d)}`,
  'ephemeral-signer-present': (d) =>
    `The transaction lets ${actual(d)} further signer(s) sign, which no text of ours asks for`,
  'different-program': (d) =>
    `${capital(instruction(d))} calls program ${actual(d)}; the text compiles to ${expected(d)}`,
  'extra-instruction': (d) => `${capital(instruction(d))} is not in the text: it calls ${actual(d)}`,
  'missing-instruction': (d) =>
    `${capital(instruction(d))} of the text is not in the message: ${expected(d)}`,
  reordered: (d) =>
    `${capital(instruction(d))} stands elsewhere in the text: there it is instruction ${Number(d.expected ?? 0) + 1}`,
  'different-account': differentAccount,
  'different-argument': differentArgument,
  'already-enacted': (d) =>
    `The ${d.field ?? 'SIP record'} says that this has taken effect or never can: ${actual(d)}; wanted is ${expected(d)}`,
  stale: (d) =>
    `The council has changed since: the transaction has ${actual(d)}, only ${expected(d)} can take effect`,
  expired: (d) =>
    `The time for this has passed (${d.field ?? 'time'}): wanted is ${expected(d)}, found is ${actual(d)}`,
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One sentence for people; offsets in hex, last byte included, into the transaction account. */
export function describeDifference(difference: Difference): string {
  const sentence = SENTENCES[difference.kind](difference);
  if (difference.bytes === undefined) return `${sentence}.`;
  const [from, to] = difference.bytes;
  const at = (offset: number) => `0x${offset.toString(16).padStart(4, '0')}`;
  const where = to - from > 1 ? `bytes ${at(from)} to ${at(to - 1)}` : `byte ${at(from)}`;
  return `${sentence} (${where}).`;
}

const VERDICT_SENTENCES: Readonly<Record<Verdict, string>> = {
  unreadable: 'The accounts of this transaction cannot be read as a proposal of the council.',
  'trailing-bytes': 'The transaction account holds bytes that belong to nothing.',
  'digest-unknown': 'No known text has the digest that the message names.',
  'wrong-council': 'The council is not the one this was written for.',
  'wrong-vault': 'The transaction does not act for the vault that holds the power.',
  'lookup-table-present': 'The message uses lookup tables, which no text compiles to.',
  'ephemeral-signer-present': 'The transaction carries further signers, which no text compiles to.',
  'different-program': 'An instruction calls another program than the text says.',
  'extra-instruction': 'The message does more than the text says.',
  'missing-instruction': 'The message does less than the text says.',
  reordered: 'The message does what the text says in another order.',
  'different-account': 'An account of the message is another than the text says.',
  'different-argument': 'A value of the message is another than the text says.',
  'already-enacted': 'This part of the SIP has taken effect already, or its number is taken.',
  stale: 'The council changed after this was proposed; it can no longer take effect.',
  expired: 'The text allowed this until a moment that has passed.',
  match: 'The bytes on chain are what the text compiles to.',
};

export const describeVerdict = (verdict: Verdict): string => VERDICT_SENTENCES[verdict];
