import { z } from 'zod';
import type { Files } from '../../chain/ports.ts';
import { SipError } from '../../errors.ts';
import type { Address, Digest, UnixSeconds } from '../../types.ts';
import type { Vote } from './vote.ts';

/** Why a member took a step as they did: kept beside the SIP file, one JSON document per line, never on chain. */

/** Votes, and what comes before and after them. */
export type ReasonedStep = Vote | 'propose' | 'execute';

export interface Reason extends TransactionReason {
  readonly sip: number;
  readonly digest: Digest;
}

/** Of a step on a transaction that no text at hand belongs to. */
export interface TransactionReason {
  readonly council: Address;
  readonly transactionIndex: bigint;
  readonly vote: ReasonedStep;
  readonly who: Address;
  /** Chain time. */
  readonly when: UnixSeconds;
  /** Of the vote: whoever wants to can look up that it was cast. */
  readonly signature: string;
  readonly text: string;
}

export const MAX_REASON_CHARACTERS = 4_000;
/** A council's reasons of years; whoever reads a folder that may be anybody's reads no more. */
export const MAX_REASONS_BYTES = 4 * 1024 * 1024;

const TRANSACTION = z.object({
  schemaVersion: z.literal(1),
  council: z.string().transform((text) => text as Address),
  transactionIndex: z.string().regex(/^\d+$/).transform(BigInt),
  vote: z.enum(['propose', 'approve', 'reject', 'cancel', 'execute']),
  who: z.string().transform((text) => text as Address),
  when: z
    .string()
    .regex(/^-?\d+$/)
    .transform((text) => BigInt(text) as UnixSeconds),
  signature: z.string(),
  text: z.string().max(MAX_REASON_CHARACTERS),
});
const OF_SIP = TRANSACTION.extend({
  sip: z.number().int(),
  digest: z.string().transform((text) => text as Digest),
});
const LINE = OF_SIP.transform(({ schemaVersion: _, ...reason }): Reason => reason);
const TRANSACTION_LINE = TRANSACTION.transform(
  ({ schemaVersion: _, ...reason }): TransactionReason => reason,
);

/** Beside the documents, for all transactions without one. */
const TRANSACTIONS_FILE = 'transactions.reasons.jsonl';

/** @param sipFile path of the SIP inside the folder of `files` */
export function reasonsFile(sipFile: string): string {
  return `${sipFile}.reasons.jsonl`;
}

/** @throws SipError USAGE when the text is too long, FILE_UNWRITABLE */
export const appendReason = (files: Files, sipFile: string, reason: Reason): Promise<void> =>
  append(files, reasonsFile(sipFile), reason);

/** As `appendReason`. @param files the folder of the documents */
export const appendTransactionReason = (files: Files, reason: TransactionReason): Promise<void> =>
  append(files, TRANSACTIONS_FILE, reason);

/** Oldest first. @throws SipError FILE_UNREADABLE, naming the first line that is no reason */
export const readReasons = (files: Pick<Files, 'read'>, sipFile: string): Promise<readonly Reason[]> =>
  read(files, reasonsFile(sipFile), LINE);

/** As `readReasons`. @param files the folder of the documents */
export const readTransactionReasons = (files: Pick<Files, 'read'>): Promise<readonly TransactionReason[]> =>
  read(files, TRANSACTIONS_FILE, TRANSACTION_LINE);

async function append(files: Files, path: string, reason: TransactionReason): Promise<void> {
  if (reason.text.length > MAX_REASON_CHARACTERS)
    throw new SipError('USAGE', { detail: `A reason holds at most ${MAX_REASON_CHARACTERS} characters` });
  const line = {
    schemaVersion: 1,
    ...reason,
    transactionIndex: reason.transactionIndex.toString(),
    when: reason.when.toString(),
  };
  await files.append(path, new TextEncoder().encode(`${JSON.stringify(line)}\n`));
}

async function read<T>(files: Pick<Files, 'read'>, path: string, line: z.ZodType<T>): Promise<readonly T[]> {
  const bytes = await files.read(path);
  if (bytes === null) return [];
  const lines = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .filter((one) => one !== '');
  return lines.map((one, i) => {
    const parsed = line.safeParse(parseJson(one));
    if (parsed.success) return parsed.data;
    throw new SipError('FILE_UNREADABLE', { path, reason: `line ${i + 1} is not a reason` });
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
