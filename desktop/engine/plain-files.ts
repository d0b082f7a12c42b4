import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { folderFiles } from '#governance/adapters/files.ts';
import { errnoOf, reasonOf } from '#governance/adapters/reason.ts';
import type { Files } from '#governance/chain/ports.ts';
import { SipError } from '#governance/errors.ts';

/**
 * What lies beside documents, in a folder that may be anybody's: plain files only, no link is followed, sizes are bounded.
 * @param maxBytes a larger file is unreadable
 */
export function plainFiles(folder: string, maxBytes: number): Pick<Files, 'list' | 'read'> {
  const { list } = folderFiles(folder);
  return {
    list,
    async read(name) {
      const path = join(folder, name);
      const unreadable = (reason: string, cause?: unknown) =>
        new SipError('FILE_UNREADABLE', { path, reason }, { cause });
      try {
        // Without waiting: a pipe that nobody writes to would never open.
        const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
        try {
          const stats = await file.stat();
          if (!stats.isFile()) throw unreadable('it is no plain file');
          if (stats.size > maxBytes) throw unreadable(`it is larger than ${maxBytes} bytes`);
          return new Uint8Array(await file.readFile());
        } finally {
          await file.close();
        }
      } catch (cause) {
        if (errnoOf(cause) === 'ENOENT') return null;
        throw cause instanceof SipError ? cause : unreadable(reasonOf(cause), cause);
      }
    },
  };
}
