import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { projectRoot } from '#governance/sandbox/project.ts';
import { digestOf, lintFiles, type SipFile } from '#governance/sip/index.ts';
import { runNode } from './child.ts';
import { generatedSips } from './generated-sips.ts';
import { elapsedMs, median } from './measure.ts';
import { figure, type Section, whole } from './section.ts';
import { withFolder } from './temporary.ts';

/** Ways to go through a folder of SIPs; what the others are compared with stands first. */
const WAYS: Readonly<Record<string, (folder: string, names: readonly string[]) => unknown>> = {
  'reading and SHA-256 (OpenSSL) alone': (folder, names) =>
    names.map((name) => createHash('sha256').update(read(folder, name).bytes).digest('hex')),
  'reading and `digestOf` (canonical form, portable SHA-256)': (folder, names) =>
    names.map((name) => digestOf(read(folder, name).bytes, name)),
  'reading and `lintFiles`': (folder, names) => {
    const { ok, sips } = lintFiles(names.map((name) => read(folder, name)));
    if (!ok || sips.length !== names.length) throw new Error('a generated SIP is not valid');
  },
  '`sip lint FOLDER`, with the start of the command': (folder) =>
    runNode([join(projectRoot(), 'tools/sip.mjs'), 'lint', folder, '--output', 'json']),
};

const read = (folder: string, name: string): SipFile => ({
  file: name,
  bytes: new Uint8Array(readFileSync(join(folder, name))),
});

export interface LintRow {
  readonly way: string;
  readonly documentsPerSecond: number;
  /** Time per document against reading and hashing it. */
  readonly ratio: number;
}

export interface LintRows {
  readonly rows: readonly LintRow[];
  readonly bytes: number;
  readonly medianBytes: number;
}

interface Size {
  readonly folders: number;
  /** At most 9,998: numbers have four digits and begin with 2. */
  readonly perFolder: number;
}

/** Every generated SIP goes every way once, a folder after the other, so that a passing load meets all ways alike. */
export async function lintRows(path: string, { folders, perFolder }: Size, seed: number): Promise<LintRows> {
  const total = new Map(Object.keys(WAYS).map((way) => [way, 0]));
  const sizes: number[] = [];
  for (let at = 0; at < folders; at += 1) {
    const folder = join(path, String(at));
    mkdirSync(folder);
    const files = generatedSips(perFolder, seed * folders + at);
    for (const { file, bytes } of files) writeFileSync(join(folder, file), bytes);
    sizes.push(...files.map(({ bytes }) => bytes.length));
    const names = files.map(({ file }) => basename(file));
    for (const [way, go] of Object.entries(WAYS))
      total.set(way, (total.get(way) ?? 0) + (await elapsedMs(() => go(folder, names))));
  }
  const base = [...total.values()][0] ?? Number.NaN;
  return {
    rows: [...total].map(([way, elapsed]) => ({
      way,
      documentsPerSecond: (sizes.length * 1000) / elapsed,
      ratio: elapsed / base,
    })),
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    medianBytes: median(sizes),
  };
}

export const lint: Section = {
  name: 'lint',
  title: 'Linting generated SIPs',
  async measure({ quick, seed }) {
    const size = quick ? { folders: 2, perFolder: 100 } : { folders: 10, perFolder: 1_000 };
    const { rows, bytes, medianBytes } = await withFolder((folder) => lintRows(folder, size, seed));
    return {
      tables: [
        {
          columns: ['Every document once', 'Documents per second', 'Time ÷ reading and hashing'],
          rows: rows.map((row) => [row.way, whole(row.documentsPerSecond), figure(row.ratio)]),
        },
      ],
      notes: [
        `${whole(size.folders * size.perFolder)} valid SIPs (seed ${seed}) in ${size.folders} folders, ${whole(bytes)} bytes, half of them longer than ${whole(medianBytes)}; every kind of action, addresses and amounts drawn by lot. The files are in the page cache. The folders go every way in turn.`,
      ],
    };
  },
};
