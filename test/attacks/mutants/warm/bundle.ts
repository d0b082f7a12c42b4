import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import type { Hashes } from '../kept.ts';

export interface Bundle {
  readonly worker: string;
  readonly again: string;
  /** Of the test files, in order: path within the project, and where its module is. */
  readonly tests: readonly (readonly [name: string, module: string])[];
  /** Module that is loaded before them. */
  readonly first: string | null;
  readonly hashes: Hashes;
}

const HERE = 'test/attacks/mutants/warm';

/**
 * Tests and a worker with mutated files in place of the project's. The working directory is the project.
 * @param folder inside node_modules, so that packages are found; emptied before
 * @param first what is loaded before the tests
 */
export async function bundle(
  mutated: ReadonlyMap<string, string>,
  tests: readonly string[],
  folder: string,
  first?: string,
): Promise<Bundle> {
  const root = process.cwd();
  const seen = new Map<string, string>();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const entries: Record<string, string> = Object.fromEntries(
    tests.map((name, at) => [`test-${at}`, path.join(root, name)]),
  );
  if (first !== undefined) entries.first = path.join(root, first);
  const built = await rolldown({
    input: {
      worker: path.join(root, HERE, 'worker.ts'),
      again: path.join(root, HERE, 'again.ts'),
      ...entries,
    },
    cwd: root,
    platform: 'node',
    treeshake: false,
    external: (id) => id !== 'vitest' && !/^[.#/]/.test(id) && !path.isAbsolute(id),
    resolve: { alias: { vitest: path.join(root, HERE, 'vitest.ts') } },
    plugins: [
      {
        name: 'mutated',
        load(id) {
          const name = path.relative(root, id);
          const code = mutated.get(name) ?? readFileSync(id, 'utf8');
          seen.set(name, code);
          if (!name.endsWith('.ts')) return null;
          // Tests find their files beside themselves.
          return {
            code: code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)),
            moduleType: 'ts',
          };
        },
      },
    ],
  });
  try {
    await built.write({
      dir: folder,
      format: 'esm',
      entryFileNames: '[name].mjs',
      chunkFileNames: '[name]-[hash].mjs',
    });
  } finally {
    await built.close();
  }
  const sources = createHash('sha256').update(readFileSync('package-lock.json'));
  for (const [name, text] of [...seen].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (!tests.includes(name)) sources.update(`${name}\n${text.length}\n${text}`);
  const hashOf = (name: string) => createHash('sha256').update(seen.get(name)!).digest('hex');
  return {
    worker: path.join(folder, 'worker.mjs'),
    again: path.join(folder, 'again.mjs'),
    tests: tests.map((name, at) => [name, path.join(folder, `test-${at}.mjs`)] as const),
    first: first === undefined ? null : path.join(folder, 'first.mjs'),
    hashes: {
      sources: sources.digest('hex'),
      tests: Object.fromEntries(tests.map((name) => [name, hashOf(name)])),
    },
  };
}
