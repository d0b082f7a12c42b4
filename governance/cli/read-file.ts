import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { errnoOf, reasonOf } from '#governance/adapters/reason.ts';
import { SipError } from '#governance/errors.ts';

/** Files that the user names. `shown` is the path as typed, for messages. */

/** Far above the largest SIP; keeps a wrong path (a disk image, a device) from being read whole. */
const MAX_BYTES = 64 * 1024 * 1024;

/** @throws SipError FILE_UNREADABLE */
export async function readNamed(path: string, shown = path): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  try {
    // Its size is not asked: a device has none and no end. `end` is the last byte that is read.
    for await (const chunk of createReadStream(path, { end: MAX_BYTES })) chunks.push(chunk);
  } catch (cause) {
    throw new SipError('FILE_UNREADABLE', { path: shown, reason: reasonOf(cause) }, { cause });
  }
  const bytes = new Uint8Array(Buffer.concat(chunks));
  if (bytes.length > MAX_BYTES)
    throw new SipError('FILE_UNREADABLE', { path: shown, reason: 'it is larger than 64 MiB' });
  return bytes;
}

/** Null where there is no such file. @throws SipError FILE_UNREADABLE */
export async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return null;
    throw new SipError('FILE_UNREADABLE', { path, reason: reasonOf(cause) }, { cause });
  }
}

/** @throws SipError FILE_UNREADABLE where there is nothing at all */
export async function isFolder(path: string, shown = path): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new SipError('FILE_UNREADABLE', { path: shown, reason: reasonOf(cause) }, { cause });
  }
}

/** Names in a folder, sorted. @throws SipError FILE_UNREADABLE */
export async function namesIn(path: string, shown = path): Promise<readonly string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (cause) {
    throw new SipError('FILE_UNREADABLE', { path: shown, reason: reasonOf(cause) }, { cause });
  }
}
