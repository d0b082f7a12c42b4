import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Files } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';
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
        await makeFolder(dirname(full));
        await sweep(full);
        try {
          const file = await open(
            temporary,
            constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
            FILE_MODE,
          );
          await writeAndSync(file, data);
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
        await makeFolder(dirname(full));
        const file = await open(full, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND, FILE_MODE);
        const isNew = (await file.stat()).size === 0;
        await writeAndSync(file, data);
        if (isNew) await syncFolder(dirname(full));
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
        await syncFolder(dirname(full));
      });
    },
  };
}

async function writing(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new SipError('FILE_UNWRITABLE', { path, reason: reasonOf(cause) }, { cause });
  }
}

async function writeAndSync(file: FileHandle, data: Uint8Array): Promise<void> {
  try {
    // writeFile loops over short writes, which a nearly full disk gives.
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: FOLDER_MODE });
  if (first !== undefined) await syncFolder(dirname(first));
}

/** Makes the folder's entries durable. Windows cannot open folders and needs none of it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
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
