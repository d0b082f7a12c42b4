import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderLock } from './folder-lock.ts';
import { systemTimer } from './timer.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sip-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('folderLock', () => {
  it('lets one holder in at a time and leaves nothing behind', async () => {
    const lock = folderLock(folder, systemTimer);
    const release = await lock.acquire('journal', 0);
    await expect(lock.acquire('journal', 0)).rejects.toMatchObject({
      code: 'FOLDER_LOCKED',
      facts: { pid: process.pid },
    });
    await release();
    await (await lock.acquire('journal', 0))();
    expect(await readdir(folder)).toEqual([]);
  });

  it('waits for a living holder', async () => {
    const lock = folderLock(folder, systemTimer);
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const release = await lock.acquire('journal', 10_000);
        inside += 1;
        most = Math.max(most, inside);
        await systemTimer.sleep(5);
        inside -= 1;
        await release();
      }),
    );
    expect(most).toBe(1);
  });

  it('takes over the lock of a process that is gone, of a reused pid, and a damaged one', async () => {
    const lock = folderLock(folder, systemTimer);
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const holders = [
      JSON.stringify({ pid: gone, startedAt: null, host: hostname(), token: 'a' }),
      JSON.stringify({ pid: process.pid, startedAt: 'another boot:1', host: hostname(), token: 'b' }),
      '{"pid":',
    ];
    for (const holder of holders) {
      await writeFile(join(folder, 'journal.lock'), holder);
      await (await lock.acquire('journal', 0))();
    }
  });

  it("does not judge another machine's holder", async () => {
    const lock = folderLock(folder, systemTimer);
    await writeFile(
      join(folder, 'journal.lock'),
      JSON.stringify({ pid: 1, startedAt: null, host: 'elsewhere.invalid', token: 'c' }),
    );
    await expect(lock.acquire('journal', 0)).rejects.toMatchObject({ code: 'FOLDER_LOCKED' });
  });
});
