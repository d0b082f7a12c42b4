import type { Files } from '#governance/chain/ports.ts';
import { isSipError, type SipError } from '#governance/errors.ts';
import { MAX_REASONS_BYTES, type TransactionReason } from '#governance/venues/squads/reasons.ts';
import { besideFiles, onceEach } from './beside.ts';
import type { Documents } from './documents.ts';
import { failureOf } from './failure.ts';

export interface Kept<T> {
  /** Oldest first. */
  readonly reasons: readonly T[];
  /** Why not all of them can be read; empty as a rule. */
  readonly reasonsProblem: string;
}

/**
 * Reasons kept beside a document or beside all of them. A damaged file of them stands in nobody's way, and hides none of
 * another folder.
 * @param read of one folder
 */
export async function keptReasons<T extends TransactionReason>(
  documents: Pick<Documents, 'folders'>,
  read: (files: Pick<Files, 'read'>) => Promise<readonly T[]>,
): Promise<Kept<T>> {
  const problems: SipError[] = [];
  const found = await Promise.all(
    besideFiles(documents, MAX_REASONS_BYTES).map(async (files) => {
      try {
        return await read(files);
      } catch (error) {
        if (!isSipError(error, 'FILE_UNREADABLE')) throw error;
        problems.push(error);
        return [];
      }
    }),
  );
  const [problem] = problems;
  return {
    reasons: inTime(onceEach(found, wordsOf)),
    reasonsProblem: problem
      ? `Some reasons kept on this computer are not shown. ${failureOf(problem).message}`
      : '',
  };
}

/** As `keptReasons`, where nothing may be left out. @throws SipError FILE_UNREADABLE */
export async function allReasons<T extends TransactionReason>(
  documents: Pick<Documents, 'folders'>,
  read: (files: Pick<Files, 'read'>) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const found = await Promise.all(besideFiles(documents, MAX_REASONS_BYTES).map(read));
  return inTime(onceEach(found, wordsOf));
}

const wordsOf = (reason: TransactionReason): string => Object.values(reason).join('\n');

const inTime = <T extends TransactionReason>(reasons: readonly T[]): readonly T[] =>
  [...reasons].sort((a, b) => (a.when < b.when ? -1 : a.when > b.when ? 1 : 0));
