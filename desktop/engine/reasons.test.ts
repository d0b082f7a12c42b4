import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folderFiles } from '#governance/adapters/files.ts';
import type { Address, Digest, UnixSeconds } from '#governance/types.ts';
import {
  appendReason,
  MAX_REASONS_BYTES,
  type Reason,
  readReasons,
} from '#governance/venues/squads/reasons.ts';
import { allReasons, keptReasons } from './reasons.ts';

const FILE = 'sip-0008-x.md';
const NAME = `${FILE}.reasons.jsonl`;
const KEY = '1'.repeat(32) as Address;
const reason = (text: string, when: bigint): Reason => ({
  ...{ sip: 8, digest: 'ab'.repeat(32) as Digest, council: KEY, transactionIndex: 1n, vote: 'approve' },
  ...{ who: KEY, when: when as UnixSeconds, signature: 'sig', text },
});

let root: string;
let folders: readonly [string, string];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reasons-'));
  folders = [join(root, 'own'), join(root, 'added')];
  for (const folder of folders) mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true }));

const keep = (folder: string, text: string, when: bigint) =>
  appendReason(folderFiles(folder), FILE, reason(text, when));
const kept = () => keptReasons({ folders }, (files) => readReasons(files, FILE));
const all = () => allReasons({ folders }, (files) => readReasons(files, FILE));

it('are those of every folder, once each, oldest first', async () => {
  expect(await kept()).toEqual({ reasons: [], reasonsProblem: '' });
  await keep(folders[0], 'later', 2n);
  await keep(folders[1], 'later', 2n);
  await keep(folders[1], 'first', 1n);
  const reasons = [reason('first', 1n), reason('later', 2n)];
  expect(await kept()).toEqual({ reasons, reasonsProblem: '' });
  expect(await all()).toEqual(reasons);
});

it.each<[string, (path: string) => void]>([
  ['a link to one', (path) => symlinkSync(join(folders[0], NAME), path)],
  ['a link to what never ends', (path) => symlinkSync('/dev/zero', path)],
  ['a pipe that nobody writes to', (path) => void execFileSync('mkfifo', [path])],
  ['one that is too large', (path) => writeFileSync(path, '\n'.repeat(MAX_REASONS_BYTES + 1))],
  ['one that holds something else', (path) => writeFileSync(path, 'no reason\n')],
])('%s is not read, told by its name, and hides none of another folder', async (_, make) => {
  await keep(folders[0], 'honest', 1n);
  make(join(folders[1], NAME));
  const { reasons, reasonsProblem } = await kept();
  expect(reasons).toEqual([reason('honest', 1n)]);
  expect(reasonsProblem).toMatch(
    /^Some reasons kept on this computer are not shown\. sip-0008-x\.md\.reasons/,
  );
  expect(reasonsProblem).not.toContain(root);
  await expect(all()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
});
