import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errnoOf } from './reason.ts';

/** What has to be done so that the power may fail: content by fsync of the file, names by fsync of the folder. */

/** Folders whose own names are known to be on disk. */
const named = new Set<string>();

/** Of a folder above: we may not read it, so we made nothing in it; or its file system has no such promise to give. */
const NOT_OURS = new Set(['EACCES', 'EPERM', 'EINVAL', 'ENOTSUP', 'EROFS']);

/** A file that was not there, with this content on disk; its name is not until its folder is synced. */
export async function writeNew(path: string, data: Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await writeAndSync(file, data);
  } finally {
    await file.close();
  }
}

/** Writes all of it and waits until it is on disk. */
export async function writeAndSync(file: FileHandle, data: Uint8Array): Promise<void> {
  // writeFile loops over short writes, which a nearly full disk gives.
  await file.writeFile(data);
  await file.sync();
}

/**
 * Makes a folder with its parents. Their names are on disk when it returns, also of those that another process made and
 * did not get to sync before it ended.
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  const full = resolve(path);
  const made = await mkdir(full, { recursive: true, ...(mode !== undefined && { mode }) });
  if (made === undefined && named.has(full)) return;
  for (let at = full; dirname(at) !== at; at = dirname(at)) {
    try {
      await syncFolder(dirname(at));
    } catch (error) {
      if (!NOT_OURS.has(errnoOf(error) ?? '')) throw error;
    }
  }
  named.add(full);
}

/** Makes the folder's entries durable. Windows cannot open folders and needs none of it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
