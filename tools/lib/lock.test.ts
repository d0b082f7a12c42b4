// Locks between processes: one at a time, the dead don't block, and the waiting say so.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const LOCK = resolve(import.meta.dirname, 'lock.mjs');
let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  lock = join(folder, 'a.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that takes the lock, notes when it has it and when it lets go, and holds it in between. */
function holder(holdMs: number) {
  const code = `
    import { appendFileSync } from 'node:fs';
    import { withLock } from ${JSON.stringify(LOCK)};
    await withLock(${JSON.stringify(lock)}, 'testing', async () => {
      appendFileSync(${JSON.stringify(join(folder, 'log'))}, 'in\\n');
      await new Promise((resolve) => setTimeout(resolve, ${holdMs}));
      appendFileSync(${JSON.stringify(join(folder, 'log'))}, 'out\\n');
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = new Promise<{ code: number | null; said: string }>((done) =>
    child.once('close', (exit) => done({ code: exit, said })),
  );
  return { child, ended };
}

const log = () => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '');

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((done) => setTimeout(done, 10));
}

describe('a lock', () => {
  it('lets one process work at a time', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => holder(50).ended));
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(log()).toBe('in\nout\n'.repeat(4));
    expect(existsSync(lock)).toBe(false);
  });

  it('tells for whom a process waits', async () => {
    const first = holder(1500);
    await until(() => log() === 'in\n');
    const { said } = await holder(0).ended;
    expect(said).toContain(`waiting for another process (pid ${first.child.pid}): testing`);
    await first.ended;
  });

  it('is taken over from a process that was killed', async () => {
    const first = holder(60_000);
    await until(() => log() === 'in\n');
    first.child.kill('SIGKILL');
    await first.ended;
    expect(existsSync(lock)).toBe(true);
    const all = await Promise.all([1, 2, 3].map(() => holder(20).ended));
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(log()).toBe(`in\n${'in\nout\n'.repeat(3)}`);
  });

  // Only Linux tells when a process began.
  it.runIf(process.platform === 'linux')(
    'is taken over from a process whose number another one has now',
    async () => {
      writeFileSync(lock, JSON.stringify({ pid: process.pid, born: '1', token: 'old', what: 'testing' }));
      expect((await holder(0).ended).code).toBe(0);
    },
  );
});
