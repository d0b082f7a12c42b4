import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { projectRoot } from '#governance/sandbox/project.ts';
import { digestOf, lintFiles, type SipFile } from '#governance/sip/index.ts';
import { runNode } from './child.ts';
import { generatedSips } from './generated-sips.ts';
import { median, medianMs } from './measure.ts';
import { figure, type Section, whole } from './section.ts';
import { withFolder } from './temporary.ts';

/** Two folders, since numbers have four digits and begin with 2. */
const FOLDERS = 2;

export interface LintRow {
  readonly what: string;
  readonly documentsPerSecond: number;
  /** Time per document against reading and hashing it. */
  readonly ratio: number;
}

export interface LintRows {
  readonly rows: readonly LintRow[];
  readonly bytes: number;
  readonly medianBytes: number;
}

/** `documents` generated SIPs in files of `folder`; each way of going through all of them so many times. */
export async function lintRows(
  folder: string,
  { documents, rounds, seed }: { readonly documents: number; readonly rounds: number; readonly seed: number },
): Promise<LintRows> {
  const sizes: number[] = [];
  const folders = Array.from({ length: FOLDERS }, (_, at) => {
    const path = join(folder, String(at));
    mkdirSync(path);
    const files = generatedSips(documents / FOLDERS, seed * FOLDERS + at);
    for (const { file, bytes } of files) {
      writeFileSync(join(path, file), bytes);
      sizes.push(bytes.length);
    }
    return files.map(({ file }) => join(path, file));
  });
  const paths = folders.flat();
  const read = (path: string): SipFile => ({
    file: basename(path),
    bytes: new Uint8Array(readFileSync(path)),
  });
  const took = await medianMs(
    {
      'reading and SHA-256 (OpenSSL) alone': () =>
        paths.map((path) => createHash('sha256').update(read(path).bytes).digest('hex')),
      'reading and `digestOf` (canonical form, portable SHA-256)': () =>
        paths.map((path) => {
          const { file, bytes } = read(path);
          return digestOf(bytes, file);
        }),
      'reading and `lintFiles`': () => {
        for (const names of folders) {
          const { ok, sips } = lintFiles(names.map(read));
          if (!ok || sips.length !== names.length) throw new Error('a generated SIP is not valid');
        }
      },
      '`sip lint FOLDER`, with the start of the command': async () => {
        for (let at = 0; at < FOLDERS; at += 1)
          await runNode([join(projectRoot(), 'tools/sip.mjs'), 'lint', join(folder, String(at)), '--output', 'json']);
      },
    },
    rounds,
  );
  const base = Object.values(took)[0] ?? Number.NaN;
  return {
    rows: Object.entries(took).map(([what, elapsed]) => ({
      what,
      documentsPerSecond: (documents * 1000) / elapsed,
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
    const size = quick ? { documents: 400, rounds: 1 } : { documents: 10_000, rounds: 3 };
    const { rows, bytes, medianBytes } = await withFolder((folder) => lintRows(folder, { ...size, seed }));
    return {
      tables: [
        {
          columns: ['Every document once', 'Documents per second', 'Time ÷ reading and hashing'],
          rows: rows.map((row) => [row.what, whole(row.documentsPerSecond), figure(row.ratio)]),
        },
      ],
      notes: [
        `${whole(size.documents)} valid SIPs (seed ${seed}) in ${FOLDERS} folders, ${whole(bytes)} bytes, half of them longer than ${whole(medianBytes)}; every kind of action, addresses and amounts drawn by lot. The files are in the page cache. Median of ${size.rounds} round(s).`,
      ],
    };
  },
};
