import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Files } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
import { makeFolder, syncFolder, writeAndSync, writeNew } from './durable.ts';
import { errnoOf, reasonOf } from './reason.ts';

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
/** Between the file's name and a random part; left behind only by a crash, swept by the next write of that file. */
const TEMPORARY = '.tmp-';

/**
 * The Files port over `folder`, which is made (0700) by the first write.
 * Order of a write: new temporary file (0600) → content → fsync → rename → fsync of the folder.
 * @throws SipError PATH_OUTSIDE_FOLDER, FILE_UNREADABLE, FILE_UNWRITABLE
 */
export function folderFiles(folder: string): Files {
  const root = resolve(folder);
  /** Files whose names are on disk: one that was made by a process which then ended may not be. */
  const named = new Set<string>();
  const nameOnDisk = async (full: string, isNew = false): Promise<void> => {
    if (isNew || !named.has(full)) await syncFolder(dirname(full));
    named.add(full);
  };

  const locate = (path: string): string => {
    const full = resolve(root, path);
    const inside = relative(root, full);
    if (
      isAbsolute(path) ||
      inside === '' ||
      inside === '..' ||
      inside.startsWith(`..${sep}`) ||
      isAbsolute(inside)
    )
      throw new SipError('PATH_OUTSIDE_FOLDER', { path, folder: root });
    return full;
  };

  return {
    async read(path) {
      const full = locate(path);
      try {
        return new Uint8Array(await readFile(full));
      } catch (cause) {
        if (errnoOf(cause) === 'ENOENT') return null;
        throw new SipError('FILE_UNREADABLE', { path: full, reason: reasonOf(cause) }, { cause });
      }
    },

    async write(path, data) {
      const full = locate(path);
      const temporary = `${full}${TEMPORARY}${randomBytes(8).toString('hex')}`;
      await writing(full, async () => {
        await makeFolder(dirname(full), FOLDER_MODE);
        await sweep(full);
        try {
          await writeNew(temporary, data, FILE_MODE);
          await rename(temporary, full);
        } catch (error) {
          await unlink(temporary).catch(() => undefined);
          throw error;
        }
        await syncFolder(dirname(full));
      });
    },

    async append(path, data) {
      const full = locate(path);
      await writing(full, async () => {
        await makeFolder(dirname(full), FOLDER_MODE);
        const file = await open(full, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND, FILE_MODE);
        let isNew = true;
        try {
          isNew = (await file.stat()).size === 0;
          await writeAndSync(file, data);
        } finally {
          await file.close();
        }
        await nameOnDisk(full, isNew);
      });
    },

    async sync(path) {
      const full = locate(path);
      await writing(full, async () => {
        let file: Awaited<ReturnType<typeof open>>;
        try {
          file = await open(full, constants.O_RDWR);
        } catch (error) {
          if (errnoOf(error) === 'ENOENT') return;
          throw error;
        }
        try {
          await file.sync();
        } finally {
          await file.close();
        }
        await makeFolder(dirname(full), FOLDER_MODE);
        await nameOnDisk(full);
      });
    },

    async list(path) {
      const full = path === '' || path === '.' ? root : locate(path);
      try {
        return (await readdir(full)).filter((name) => !name.includes(TEMPORARY)).sort();
      } catch (cause) {
        if (errnoOf(cause) === 'ENOENT') return [];
        throw new SipError('FILE_UNREADABLE', { path: full, reason: reasonOf(cause) }, { cause });
      }
    },

    async remove(path) {
      const full = locate(path);
      await writing(full, async () => {
        try {
          await unlink(full);
        } catch (error) {
          if (errnoOf(error) !== 'ENOENT') throw error;
          return;
        }
        named.delete(full);
        await syncFolder(dirname(full));
      });
    },
  };
}

/** Makes a folder of the console's own. @throws SipError FILE_UNWRITABLE */
export function ownFolder(path: string): Promise<void> {
  return writing(path, () => makeFolder(path, FOLDER_MODE));
}

async function writing(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new SipError('FILE_UNWRITABLE', { path, reason: reasonOf(cause) }, { cause });
  }
}

async function sweep(full: string): Promise<void> {
  const prefix = `${basename(full)}${TEMPORARY}`;
  const names = await readdir(dirname(full));
  await Promise.all(
    names
      .filter((name) => name.startsWith(prefix))
      .map((name) => unlink(join(dirname(full), name)).catch(() => undefined)),
  );
}
