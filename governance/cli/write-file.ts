import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf, reasonOf } from '#governance/adapters/reason.ts';
import { SipError } from '#governance/errors.ts';

/**
 * Documents for people, with the ordinary permissions of their folder: whole or not at all, on disk when it returns.
 * (The console's own files go through adapters/files.ts, which keeps them private.)
 * @param replace false: an existing file is left alone @throws SipError FILE_EXISTS, FILE_UNWRITABLE
 */
export async function writeDocument(path: string, data: Uint8Array, replace: boolean): Promise<void> {
  const temporary = `${path}.tmp-${randomBytes(8).toString('hex')}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    try {
      const file = await open(temporary, 'wx', 0o644);
      try {
        await file.writeFile(data);
        await file.sync();
      } finally {
        await file.close();
      }
      if (replace) await rename(temporary, path);
      // Unlike rename, this fails where somebody's file stands.
      else await link(temporary, path);
    } finally {
      await unlink(temporary).catch(() => undefined);
    }
    await syncFolder(dirname(path));
  } catch (cause) {
    if (errnoOf(cause) === 'EEXIST' && !replace) throw new SipError('FILE_EXISTS', { path }, { cause });
    throw new SipError('FILE_UNWRITABLE', { path, reason: reasonOf(cause) }, { cause });
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
