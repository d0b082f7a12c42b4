import type { Failure, GivenText, ImportView, TakenStatements } from '#desktop/shared/views/index.ts';
import { CallFailed, call } from '../bridge.ts';
import { readGiven } from '../components/given-file.ts';

/** What becomes of files that were dropped: each is told, also what is left alone. */

export interface Dropped {
  readonly name: string;
  readonly became:
    | { readonly kind: 'imported'; readonly view: ImportView }
    | { readonly kind: 'statements'; readonly taken: TakenStatements }
    | { readonly kind: 'given'; readonly transactionIndex: string; readonly given: GivenText }
    | { readonly kind: 'failed'; readonly failure: Failure }
    | { readonly kind: 'left'; readonly because: string };
}

/** As a SIP is handed in; what is in a file is what counts, its name only keeps a picture from being read as one. */
const FORMS = /\.(sipz|md|patch|diff)$/i;
/** As a reviewer's request for changes and a member's receipt are saved. */
const STATEMENTS = /\.jsonl$/i;
/** A folder's worth of documents is a source, not a hand-in. */
const MOST_FILES = 10;

/** While it is dropped: afterwards it is empty. */
export function filesOf({ files, items }: DataTransfer): readonly File[] {
  const folders = new Set(
    [...items].flatMap((item) => {
      const entry = item.webkitGetAsEntry();
      return entry?.isDirectory ? [entry.name] : [];
    }),
  );
  return [...files].map((file) => (folders.has(file.name) ? new FolderInstead(file.name) : file));
}

class FolderInstead extends File {
  constructor(name: string) {
    super([], name);
  }
}

/** @param transactionIndex of the transaction whose text is missing and looked at; null where a SIP is handed in */
export async function takeFiles(
  files: readonly File[],
  transactionIndex: string | null,
): Promise<readonly Dropped[]> {
  const most = transactionIndex === null ? MOST_FILES : 1;
  if (files.length > most)
    return [
      left(
        `${files.length} files`,
        transactionIndex === null
          ? `At most ${MOST_FILES} are taken at once. Nothing was read. A folder of SIPs is added under Settings, SIP sources.`
          : 'One document is the text of this transaction. Nothing was read: drop that one alone.',
      ),
    ];
  const taken: Dropped[] = [];
  // One after the other: two of one number have to meet.
  for (const file of files) taken.push(await takeFile(file, transactionIndex));
  return taken;
}

async function takeFile(file: File, transactionIndex: string | null): Promise<Dropped> {
  const { name } = file;
  if (file instanceof FolderInstead)
    return left(name, 'It is a folder. Add it under Settings, SIP sources. Nothing was read.');
  const isStatements = transactionIndex === null && STATEMENTS.test(name);
  if (!isStatements && !FORMS.test(name))
    return left(name, 'It is no .sipz, .md or patch, as which a SIP is handed in. Nothing was read.');
  const given = await readGiven(file);
  if (typeof given === 'string') return left(name, given);
  try {
    if (isStatements)
      return { name, became: { kind: 'statements', taken: await call('sips.import-statements', given) } };
    if (transactionIndex === null)
      return { name, became: { kind: 'imported', view: await call('sips.import', given) } };
    const answer = await call('proposals.give-text', { transactionIndex, ...given });
    return { name, became: { kind: 'given', transactionIndex, given: answer } };
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    return { name, became: { kind: 'failed', failure: error.failure } };
  }
}

const left = (name: string, because: string): Dropped => ({ name, became: { kind: 'left', because } });
