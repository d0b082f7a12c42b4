import path from 'node:path';
import type { Hashes } from './kept.ts';
import type { Judged, Mutant } from './mutant.ts';
import { isWords, type Target } from './targets.ts';
import { instrument } from './typescript.ts';
import { bundle } from './warm/bundle.ts';
import { judgeAll, measure } from './warm/judge.ts';

/** A target whose mutants are known and can be judged. */
export interface Prepared {
  readonly mutants: readonly Mutant[];
  /** Of them, by number: those that do not compile. */
  readonly unviable: ReadonlySet<string>;
  /** Mutants of words for people, which are left out. */
  readonly words: number;
  readonly hashes: Hashes;
  /** @param finderOf the test to try first */
  judge(
    mutants: readonly Mutant[],
    onDone: (judged: Judged) => void,
    finderOf?: (mutant: Mutant) => string | undefined,
  ): Promise<readonly Judged[]>;
}

/** Inside node_modules, so that packages are found; of this process, so that two runs do not meet. */
export const bundleFolder = (target: Target): string =>
  path.resolve(`node_modules/.cache/solayer-council/mutants-${target.name}-${process.pid}`);

export async function prepareTypescript(target: Target): Promise<Prepared> {
  const { files, mutants, words } = await instrument(target.files, isWords);
  const bundled = await bundle(files, target.tests, bundleFolder(target));
  return {
    mutants,
    unviable: new Set(),
    words,
    hashes: bundled.hashes,
    judge: async (some, onDone, finderOf) =>
      await judgeAll(bundled, some, await measure(bundled, {}, target.leftOut), {}, onDone, finderOf),
  };
}
