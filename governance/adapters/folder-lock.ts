import { randomBytes } from 'node:crypto';
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { FolderLock, Timer } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
import { makeFolder } from './durable.ts';
import { errnoOf, reasonOf } from './reason.ts';

const RETRY_MS = 50;

interface Holder {
  readonly pid: number;
  /** Tells a living process from a later one with the same pid; null where the system does not say. */
  readonly startedAt: string | null;
  readonly host: string;
  readonly token: string;
}

/**
 * A lock file per name in `folder`, holding the pid. It appears together with its content (hard link of a
 * finished file), so that no reader sees half of it.
 */
export function folderLock(folder: string, timer: Timer): FolderLock {
  const root = resolve(folder);
  return {
    async acquire(name, waitMs) {
      const path = join(root, `${name}.lock`);
      const mine: Holder = {
        pid: process.pid,
        startedAt: await startOf(process.pid),
        host: hostname(),
        token: randomBytes(8).toString('hex'),
      };
      const until = timer.now() + waitMs;
      for (;;) {
        if (await claim(root, path, mine)) return () => release(path, mine);
        const holder = await readHolder(path);
        if (holder !== null) {
          if (!(await isAlive(holder))) await evict(path, holder);
          else if (timer.now() >= until) throw new SipError('FOLDER_LOCKED', { path, pid: holder.pid });
          else await timer.sleep(RETRY_MS);
        }
      }
    },
  };
}

async function claim(root: string, path: string, mine: Holder): Promise<boolean> {
  const draft = `${path}.${mine.token}`;
  try {
    await makeFolder(root, 0o700);
    try {
      await writeFile(draft, JSON.stringify(mine), { mode: 0o600, flag: 'wx' });
      await link(draft, path);
      return true;
    } finally {
      await unlink(draft).catch(() => undefined); // on a full disk there may be none
    }
  } catch (cause) {
    if (errnoOf(cause) === 'EEXIST') return false;
    throw new SipError('FILE_UNWRITABLE', { path, reason: reasonOf(cause) }, { cause });
  }
}

async function release(path: string, mine: Holder): Promise<void> {
  const holder = await readHolder(path);
  if (holder?.token === mine.token) await unlink(path).catch(() => undefined);
}

/** Moves a dead holder's lock away; puts it back when, meanwhile, somebody else's came to stand there. */
async function evict(path: string, dead: Holder): Promise<void> {
  const aside = `${path}.stale-${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch {
    return; // another process was faster
  }
  const moved = await readHolder(aside);
  if (moved !== null && moved.token !== dead.token) await link(aside, path).catch(() => undefined);
  await unlink(aside).catch(() => undefined);
}

async function readHolder(path: string): Promise<Holder | null> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (isHolder(value)) return value;
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return null;
    if (!(cause instanceof SyntaxError))
      throw new SipError('FILE_UNREADABLE', { path, reason: reasonOf(cause) }, { cause });
  }
  // Not written by claim(): nobody can be alive behind it.
  return { pid: 0, startedAt: null, host: hostname(), token: '' };
}

function isHolder(value: unknown): value is Holder {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'startedAt' in value &&
    'host' in value &&
    'token' in value
  );
}

async function isAlive(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return true; // a shared folder: another machine's processes cannot be looked up
  if (holder.pid <= 0) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
  const startedAt = await startOf(holder.pid);
  return holder.startedAt === null || startedAt === null || startedAt === holder.startedAt;
}

/** Boot id and start tick of a process where /proc has them, else null. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    // The command name, in parentheses, may hold spaces; field 22 (start tick) is the 20th after it.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? null : `${boot.trim()}:${ticks}`;
  } catch {
    return null;
  }
}
