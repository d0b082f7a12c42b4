import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSipError } from '#governance/errors.ts';
import { folderFiles } from './files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sip-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (isSipError(error) ? error.code : String(error)),
  );

describe('folderFiles', () => {
  it('writes, reads, appends, lists and removes, with private modes', async () => {
    const files = folderFiles(join(folder, 'data'));
    expect(await files.read('a.json')).toBeNull();
    expect(await files.list('.')).toEqual([]);
    await files.write('a.json', bytes('one'));
    await files.write('a.json', bytes('two'));
    await files.append('sub/journal', bytes('x'));
    await files.append('sub/journal', bytes('y'));
    expect(new TextDecoder().decode((await files.read('a.json')) ?? bytes(''))).toBe('two');
    expect(new TextDecoder().decode((await files.read('sub/journal')) ?? bytes(''))).toBe('xy');
    expect(await files.list('.')).toEqual(['a.json', 'sub']);
    expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'data/a.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'data/sub/journal'))).mode & 0o777).toBe(0o600);
    await files.remove('a.json');
    await files.remove('a.json');
    expect(await files.list('.')).toEqual(['sub']);
  });

  it('refuses paths that leave the folder', async () => {
    const files = folderFiles(folder);
    for (const path of ['../x', '/etc/passwd', 'a/../../x', '.', ''])
      expect(await codeOf(files.read(path))).toBe('PATH_OUTSIDE_FOLDER');
    expect(await codeOf(files.write('../x', bytes('')))).toBe('PATH_OUTSIDE_FOLDER');
    expect(await codeOf(files.append('../x', bytes('')))).toBe('PATH_OUTSIDE_FOLDER');
    expect(await codeOf(files.remove('../x'))).toBe('PATH_OUTSIDE_FOLDER');
  });

  it('names what is wrong and keeps the old content when a write fails', async () => {
    const files = folderFiles(folder);
    await files.write('a', bytes('old'));
    await writeFile(join(folder, 'plain'), '');
    await expect(files.write('plain/b', bytes('x'))).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
    await symlink('/dev/full', join(folder, 'full'));
    await expect(files.append('full', bytes('x'))).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      facts: { reason: 'the disk is full' },
    });
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('old');
    expect(await codeOf(files.read('plain/b'))).toBe('FILE_UNREADABLE');
  });

  it('makes durable what is there, and minds nothing that is not', async () => {
    const files = folderFiles(join(folder, 'data'));
    await files.sync('journal');
    expect(await readdir(folder)).toEqual([]);
    await files.append('journal', bytes('x'));
    await files.sync('journal');
    await mkdir(join(folder, 'data/sub'));
    expect(await codeOf(files.sync('sub'))).toBe('FILE_UNWRITABLE');
  });

  it('sweeps what a crash left beside a file', async () => {
    const files = folderFiles(folder);
    await writeFile(join(folder, 'a.tmp-0123456789abcdef'), 'half');
    expect(await files.list('.')).toEqual([]);
    await files.write('a', bytes('whole'));
    expect(await readdir(folder)).toEqual(['a']);
  });
});
