import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { plainFiles } from './plain-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'plain-'));
afterAll(() => rmSync(folder, { recursive: true }));
const files = plainFiles(folder, 10);

it('reads a plain file, and says of one that is not there that it is not', async () => {
  writeFileSync(join(folder, 'a.jsonl'), 'ten bytes!');
  expect(new TextDecoder().decode((await files.read('a.jsonl'))!)).toBe('ten bytes!');
  expect(await files.read('none')).toBeNull();
  expect(await files.list('.')).toContain('a.jsonl');
});

it.each<[string, (path: string) => void]>([
  ['a link', (path) => symlinkSync('/dev/zero', path)],
  ['a link to a file of its own', (path) => symlinkSync(join(folder, 'a.jsonl'), path)],
  ['a folder', (path) => mkdirSync(path)],
  ['a pipe that nobody writes to', (path) => void execFileSync('mkfifo', [path])],
  ['a file that is too large', (path) => writeFileSync(path, 'eleven byte')],
])('does not read %s', async (name, make) => {
  make(join(folder, name));
  await expect(files.read(name)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
});
