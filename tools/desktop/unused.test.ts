// What is removed of earlier builds, and what is not.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const { removeUnused } = (await import(resolve(import.meta.dirname, 'unused.mjs'))) as {
  removeUnused(folder: string, prefix: string, keep: string): void;
};

it('keeps the wanted one, a fresh one, one that somebody runs, and what is not its own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'unused-'));
  const hourAgo = new Date(Date.now() - 3_600_000);
  for (const name of ['app-wanted', 'app-old', 'app-run', 'app-fresh', 'sip-old']) {
    mkdirSync(join(folder, name));
    if (name !== 'app-fresh') utimesSync(join(folder, name), hourAgo, hourAgo);
  }
  const user = spawn(process.execPath, [
    '-e',
    'console.log(1); setInterval(() => {}, 1e6)',
    join(folder, 'app-run'),
  ]);
  await once(user.stdout, 'data');
  removeUnused(folder, 'app-', join(folder, 'app-wanted'));
  expect(readdirSync(folder).sort()).toEqual(['app-fresh', 'app-run', 'app-wanted', 'sip-old']);
  user.kill();
  await once(user, 'exit');
  rmSync(folder, { recursive: true });
});
