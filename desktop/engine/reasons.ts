import { isSipError } from '#governance/errors.ts';
import { failureOf } from './failure.ts';

export interface Kept<T> {
  readonly reasons: readonly T[];
  /** Why they cannot be read; empty as a rule. */
  readonly reasonsProblem: string;
}

/** Reasons kept on this computer, beside a document or beside all of them. A damaged file of them stands in nobody's way. */
export async function keptReasons<T>(reading: Promise<readonly T[]>): Promise<Kept<T>> {
  try {
    return { reasons: await reading, reasonsProblem: '' };
  } catch (error) {
    if (!isSipError(error, 'FILE_UNREADABLE')) throw error;
    const { message } = failureOf(error);
    return { reasons: [], reasonsProblem: `The reasons kept on this computer are not shown. ${message}` };
  }
}
