import { readFileSync } from 'node:fs';
import type { Judged, Mutant } from './mutant.ts';

/** Mutants that no test can find, since nothing that can be observed differs: each with why that is so. */

const FILE = 'test/attacks/equivalent-mutants.json';

export interface Equivalent {
  readonly file: string;
  /** The line's text. */
  readonly at: string;
  readonly original: string;
  readonly replacement: string;
  readonly reason: string;
}

export const readEquivalents = (): readonly Equivalent[] =>
  JSON.parse(readFileSync(FILE, 'utf8')) as Equivalent[];

const isOf =
  ({ file, at, original, replacement }: Equivalent) =>
  (mutant: Mutant): boolean =>
    mutant.file === file &&
    mutant.at === at &&
    mutant.original === original &&
    mutant.replacement === replacement;

export const hasReason = (list: readonly Equivalent[], mutant: Mutant): boolean =>
  list.some((entry) => isOf(entry)(mutant));

const survives = ({ fate }: Judged) => fate === 'survived' || fate === 'no coverage';

/** Entries that name no mutant any more, or one that is found: a sentence for each. */
export function staleEntries(
  list: readonly Equivalent[],
  mutants: readonly Mutant[],
  judged: readonly Judged[],
): readonly string[] {
  return list.flatMap((entry) => {
    const named = `${entry.file}: ${entry.at}: ${entry.original} → ${entry.replacement}`;
    const is = isOf(entry);
    if (!mutants.some(is)) return [`names no mutant: ${named}`];
    const fates = judged.filter(({ mutant }) => is(mutant));
    return fates.length > 0 && !fates.some(survives) ? [`is found by a test: ${named}`] : [];
  });
}
