import type { Files } from '#governance/chain/ports.ts';
import { isSipError } from '#governance/errors.ts';
import type { Documents } from './documents.ts';
import { plainFiles } from './plain-files.ts';

/**
 * Where receipts, reasons and requests for changes of a SIP are read: in the console's own folder, where it keeps them, and in
 * every added one, whichever the document itself was read from. A clone brings what others said.
 * @param maxBytes a larger file is unreadable
 */
export const besideFiles = (
  { folders }: Pick<Documents, 'folders'>,
  maxBytes: number,
): readonly Pick<Files, 'list' | 'read'>[] => folders.map((folder) => plainFiles(folder, maxBytes));

/** What lies in several folders is one. @param wordsOf all that one says: a forged one must not take an honest one's place */
export const onceEach = <T>(found: readonly (readonly T[])[], wordsOf: (one: T) => string): readonly T[] => [
  ...new Map(found.flat().map((one) => [wordsOf(one), one])).values(),
];

/** What cannot be read hides nothing else; the screens that are about it say so. */
export async function orElse<T>(work: Promise<T>, instead: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isSipError(error)) return instead;
    throw error;
  }
}
