import { randomBytes } from 'node:crypto';
import { link, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SipError } from '#governance/errors.ts';
import { makeFolder, syncFolder, writeNew } from './durable.ts';
import { errnoOf, reasonOf } from './reason.ts';

/**
 * Documents for people, with the ordinary permissions of their folder: whole or not at all, on disk when it returns.
 * (The console's own files go through files.ts, which keeps them private.)
 * @param replace false: an existing file is left alone @param mode of a new file @throws SipError FILE_EXISTS, FILE_UNWRITABLE
 */
export async function writeDocument(
  path: string,
  data: Uint8Array,
  replace: boolean,
  mode = 0o644,
): Promise<void> {
  const temporary = `${path}.tmp-${randomBytes(8).toString('hex')}`;
  try {
    await makeFolder(dirname(path));
    try {
      await writeNew(temporary, data, mode);
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
