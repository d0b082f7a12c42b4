import { readFileSync } from 'node:fs';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import type { Mutant } from './mutant.ts';

/** Stryker's instrumenter: every mutant of a file is in its text, and one at a time is switched on while it runs. */

const silent = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: () => {},
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  fatal: () => {},
};

export interface Instrumented {
  /** Text by path within the project. */
  readonly files: ReadonlyMap<string, string>;
  readonly mutants: readonly Mutant[];
  /** Mutants of words for people, left out. */
  readonly words: number;
}

/** @param files paths within the project, which is the working directory */
export async function instrument(
  files: readonly string[],
  isWords: (original: string, line: string) => boolean,
): Promise<Instrumented> {
  const sources = new Map(files.map((name) => [name, readFileSync(name, 'utf8')]));
  const result = await new Instrumenter(silent).instrument(
    [...sources].map(([name, content]) => ({ name, content, mutate: true })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  );
  const mutants: Mutant[] = [];
  let words = 0;
  for (const { id, fileName, mutatorName, replacement, location } of result.mutants) {
    const lines = sources.get(fileName)!.split('\n');
    const { start, end } = location;
    const within = lines.slice(start.line, end.line + 1);
    within[within.length - 1] = within.at(-1)!.slice(0, end.column);
    within[0] = within[0]!.slice(start.column);
    const original = oneLine(within.join('\n'));
    const line = lines[start.line]!.trim();
    if (mutatorName === 'StringLiteral' && isWords(original, line)) {
      words += 1;
      continue;
    }
    mutants.push({
      id,
      file: fileName,
      line: start.line + 1,
      at: line,
      kind: mutatorName,
      original,
      replacement: oneLine(replacement),
    });
  }
  const texts = new Map(result.files.map(({ name, content }) => [name, content]));
  return { files: texts, mutants, words };
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ');
