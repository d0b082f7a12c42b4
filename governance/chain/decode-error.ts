import { SystemProgram } from '@solana/web3.js';
import { type ErrorCode, SipError } from '../errors.ts';
import type { Sent } from '../types.ts';

/** A transaction's error and logs, as a code of ours with the facts it needs. */
export interface TransactionFailure {
  readonly code: Extract<ErrorCode, 'PROGRAM_ERROR' | 'INSUFFICIENT_LAMPORTS' | 'TRANSACTION_FAILED'>;
  /** The program that refused: the innermost, not the one that called it. Only with PROGRAM_ERROR. */
  readonly program?: string;
  readonly number?: number;
  readonly name?: string;
  /** What an Anchor program says of it in its logs. */
  readonly explanation?: string;
  /** Index among all instructions of the transaction, budget instructions included. */
  readonly instruction?: number;
  readonly reason: string;
  /** Who is short of lamports, with INSUFFICIENT_LAMPORTS. */
  readonly address?: string;
  readonly logs: readonly string[];
}

export interface FailureHints {
  readonly feePayer: string;
  /** Who pays for accounts that the transaction makes inside; the fee payer when left out. */
  readonly rentPayer?: string;
  /** Program of each instruction, as fallback where the logs name none. */
  readonly programs?: readonly string[];
  /** Static account keys of the message. */
  readonly accounts?: readonly string[];
  /** program → number → name; what Anchor logs goes first. */
  readonly names?: Readonly<Record<string, Readonly<Record<number, string>>>>;
}

export function decodeFailure(
  err: unknown,
  logs: readonly string[],
  hints: FailureHints,
): TransactionFailure {
  if (typeof err === 'string') {
    if (err === 'AccountNotFound' || err === 'InsufficientFundsForFee')
      return lamports(hints.feePayer, 'it cannot pay the transaction fee', logs);
    return { code: 'TRANSACTION_FAILED', reason: words(err), logs };
  }
  if (isRecord(err) && isRecord(err.InsufficientFundsForRent)) {
    const index = Number(err.InsufficientFundsForRent.account_index);
    return lamports(
      hints.accounts?.[index] ?? hints.feePayer,
      'it would be left below the rent-exempt minimum',
      logs,
    );
  }
  if (isRecord(err) && Array.isArray(err.InstructionError)) {
    const [instruction, inner] = err.InstructionError as [number, unknown];
    return decodeInstruction(Number(instruction), inner, logs, hints);
  }
  return { code: 'TRANSACTION_FAILED', reason: JSON.stringify(err), logs };
}

export function failureError(failure: TransactionFailure, sent: Sent): SipError {
  return new SipError(failure.code, { ...failure }, { sent });
}

function decodeInstruction(
  instruction: number,
  inner: unknown,
  logs: readonly string[],
  hints: FailureHints,
): TransactionFailure {
  const program = innermostFailure(logs) ?? hints.programs?.[instruction];
  const custom = isRecord(inner) && typeof inner.Custom === 'number' ? inner.Custom : undefined;
  if (custom === undefined) {
    const what = typeof inner === 'string' ? words(inner) : JSON.stringify(inner);
    if (inner === 'InsufficientFunds') return lamports(hints.rentPayer ?? hints.feePayer, what, logs);
    const by = program === undefined ? '' : ` in program ${program}`;
    return { code: 'TRANSACTION_FAILED', instruction, reason: `${what}${by}`, logs };
  }
  const short = logs.find((line) => line.includes('insufficient lamports'));
  if (custom === 1 && program === SystemProgram.programId.toBase58() && short !== undefined) {
    const [, has, needs] = /insufficient lamports (\d+), need (\d+)/.exec(short) ?? [];
    const reason =
      needs === undefined ? 'it cannot pay what the transaction costs' : `it has ${has}, ${needs} are needed`;
    return lamports(hints.rentPayer ?? hints.feePayer, reason, logs);
  }
  const name =
    anchorName(logs, custom) ?? (program === undefined ? undefined : hints.names?.[program]?.[custom]);
  const explanation = anchorMessage(logs, custom);
  return {
    code: 'PROGRAM_ERROR',
    ...(program !== undefined && { program }),
    number: custom,
    ...(name !== undefined && { name }),
    ...(explanation !== undefined && { explanation }),
    instruction,
    reason: name ?? `custom program error ${custom}`,
    logs,
  };
}

/** `Program X failed: …` comes first from the program that refused, then from its callers. */
function innermostFailure(logs: readonly string[]): string | undefined {
  for (const line of logs) {
    const failed = /^Program ([1-9A-HJ-NP-Za-km-z]{32,44}) failed: /.exec(line);
    if (failed) return failed[1];
  }
  return undefined;
}

function anchorName(logs: readonly string[], number: number): string | undefined {
  for (const line of logs) {
    const logged = /Error Code: (\w+)\. Error Number: (\d+)\./.exec(line);
    if (logged && Number(logged[2]) === number) return logged[1];
  }
  return undefined;
}

/** The endpoint's text: without what a terminal would obey, and one line of it. */
function anchorMessage(logs: readonly string[], number: number): string | undefined {
  for (const line of logs) {
    const logged = /Error Number: (\d+)\. Error Message: (.{1,200}?)\.?$/.exec(line);
    if (logged && Number(logged[1]) === number) return logged[2]?.replace(/\p{Cc}+/gu, ' ');
  }
  return undefined;
}

function lamports(address: string, reason: string, logs: readonly string[]): TransactionFailure {
  return { code: 'INSUFFICIENT_LAMPORTS', address, reason, logs };
}

/** `BlockhashNotFound` → `blockhash not found`. */
function words(variant: string): string {
  return variant.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
