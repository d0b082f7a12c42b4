import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { gitHistory } from './git.ts';

let folder: string;
const FILE = 'sip-0009-x.md';
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', HOME: folder },
  });
const commit = (text: string, subject: string) => {
  writeFileSync(join(folder, FILE), text);
  git('add', '.');
  git('commit', '--quiet', '--message', subject);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'git-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('tells who committed what, and the text of the last commit', async () => {
  git('init', '--quiet');
  commit('one\n', 'Draft');
  commit('two\n', 'After review');
  writeFileSync(join(folder, FILE), 'three\n');
  const history = await gitHistory(folder, FILE);
  expect(history?.commits).toMatchObject([
    { author: 'Ada', subject: 'After review', hash: expect.stringMatching(/^[0-9a-f]{40,64}$/) },
    { subject: 'Draft' },
  ]);
  expect(history?.committed).toBe('two\n');
});

it('knows nothing where there is no work tree', async () => {
  expect(await gitHistory(folder, FILE)).toBeNull();
});

it('runs nothing that a clone’s configuration names', async () => {
  git('init', '--quiet');
  commit('one\n', 'Draft');
  const trap = join(folder, 'trap.sh');
  const sprung = join(folder, 'sprung');
  writeFileSync(trap, `#!/bin/sh\ntouch '${sprung}'\ncat\n`);
  chmodSync(trap, 0o755);
  writeFileSync(join(folder, '.gitattributes'), '* diff=trap filter=trap\n');
  for (const name of [
    'core.fsmonitor',
    'core.pager',
    'diff.external',
    'diff.trap.command',
    'diff.trap.textconv',
    'filter.trap.smudge',
    'filter.trap.clean',
    'gpg.program',
    'pager.log',
    'core.sshCommand',
  ])
    git('config', name, trap);
  git('config', 'log.showSignature', 'true');
  git('config', 'core.hooksPath', folder);
  expect((await gitHistory(folder, FILE))?.committed).toBe('one\n');
  expect(existsSync(sprung)).toBe(false);
});
