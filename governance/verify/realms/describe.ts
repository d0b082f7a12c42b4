import { hex, type Span, toAddress } from '../bytes.ts';
import { decodeAnnouncement } from '../sip-bytes.ts';
import type { ReadTransaction, RealmsFinding, RealmsFindingKind, RealmsReading } from './input.ts';
import type { RealmsInstruction } from './transaction.ts';

/** A reading for people (counted from 1, offsets in hex, last byte included) and its stable JSON form. */

const at = (offset: number) => `0x${offset.toString(16).padStart(4, '0')}`;
const range = ([from, to]: Span) =>
  to - from > 1 ? `bytes ${at(from)} to ${at(to - 1)}` : `byte ${at(from)}`;

const SENTENCES: Readonly<Record<RealmsFindingKind, (f: RealmsFinding) => string>> = {
  unreadable: (f) => `The ${f.field} cannot be read: ${f.expected} was wanted, ${f.actual} was found`,
  'trailing-bytes': (f) =>
    `The ${f.field} goes on after what belongs to it: ${f.expected} are accounted for, it has ${f.actual}`,
  'wrong-council': (f) => `The ${f.field} is ${f.actual}; it has to be ${f.expected}`,
  'ephemeral-signer-present': (f) =>
    `The ${f.field} is ${f.actual}; a vote signs for ${f.expected} and for nobody else`,
};

/** A stranger's text in quotes, with nothing in it that moves the cursor or the direction of reading. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replace(/\p{C}/gu, (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`);

export function describeFinding(finding: RealmsFinding): string {
  const { account, bytes } = finding;
  const where = bytes === undefined ? account : `${range(bytes)} of ${account}`;
  return `${SENTENCES[finding.kind](finding)} (${where}).`;
}

function instructionLines(instruction: RealmsInstruction, nth: number): readonly string[] {
  const { program, accounts, data, spans } = instruction;
  const announced = decodeAnnouncement(data);
  return [
    `  Instruction ${nth + 1} calls ${toAddress(program)} (${range(spans.whole)})`,
    ...(announced ? [`    names SIP-${announced.number}, digest ${announced.digest}`] : []),
    ...accounts.map(({ key, signer, writable }, place) => {
      const role = [writable ? 'writable' : 'read-only', ...(signer ? ['signer'] : [])].join(' ');
      return `    account ${place + 1}  ${toAddress(key)}  ${role}`;
    }),
    `    data  ${data.length === 0 ? 'none' : hex(data)}`,
  ];
}

/** What a transaction asks for, a line for each thing. */
export function describeTransaction(transaction: ReadTransaction): readonly string[] {
  const { address, optionIndex, transactionIndex, holdUpSeconds, executedAt, instructions } = transaction;
  const done = executedAt === null ? 'not executed' : `executed at ${executedAt}`;
  return [
    `Transaction ${transactionIndex + 1} of option ${optionIndex + 1}, ${done}, hold-up ${holdUpSeconds} s, account ${address}`,
    ...instructions.flatMap(instructionLines),
  ];
}

/** Exactly these keys; what cannot be read is null. */
export function readingToJson(reading: RealmsReading): Record<string, unknown> {
  const { findings, proposal, governance, realm, treasury, transactions } = reading;
  return {
    governance: proposal && toAddress(proposal.governance),
    realm: governance && toAddress(governance.realm),
    realmName: realm?.name ?? null,
    nativeTreasury: treasury,
    name: proposal?.name ?? null,
    state: proposal?.state ?? null,
    findings: findings.map(({ field: _, ...stable }) => stable),
    transactions: transactions.map((transaction) => ({
      address: transaction.address,
      option: transaction.optionIndex,
      index: transaction.transactionIndex,
      holdUpSeconds: transaction.holdUpSeconds,
      status: transaction.status,
      instructions: transaction.instructions.map(({ program, accounts, data, spans }) => ({
        programId: toAddress(program),
        accounts: accounts.map(({ key, signer, writable }) => ({
          publicKey: toAddress(key),
          signer,
          writable,
        })),
        data,
        bytes: spans.whole,
      })),
    })),
  };
}
