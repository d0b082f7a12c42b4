// Unpacking a zip archive file by file, without holding it in memory.
import fs from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { Failure } from '../lib/failure.mjs';

const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const ENTRY = 0x02014b50;
const LOCAL_BYTES = 30;

async function read(handle, position, length) {
  const bytes = Buffer.alloc(length);
  await handle.read(bytes, 0, length, position);
  return bytes;
}

/** The archive's table of contents. */
async function entries(handle) {
  const { size } = await handle.stat();
  const tail = await read(
    handle,
    Math.max(0, size - END_BYTES - LONGEST_COMMENT),
    Math.min(size, END_BYTES + LONGEST_COMMENT),
  );
  let at = tail.length - END_BYTES;
  while (at >= 0 && tail.readUInt32LE(at) !== END) at--;
  if (at < 0) throw new Failure('The downloaded archive is no zip file.');
  const table = await read(handle, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12));
  const found = [];
  for (let p = 0; p + 46 <= table.length && table.readUInt32LE(p) === ENTRY; ) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => table.readUInt16LE(p + offset));
    found.push({
      name: table.toString('utf8', p + 46, p + 46 + name),
      method: table.readUInt16LE(p + 10),
      packed: table.readUInt32LE(p + 20),
      mode: (table.readUInt32LE(p + 38) >>> 16) & 0o777,
      local: table.readUInt32LE(p + 42),
    });
    p += 46 + name + extra + comment;
  }
  return found;
}

/**
 * Unpacks what `place` gives a relative path to.
 * @param {string} archive @param {string} folder
 * @param {(name: string) => string | undefined} place where in `folder` the archive's file goes, if anywhere
 */
export async function unzip(archive, folder, place) {
  const handle = await open(archive);
  try {
    for (const entry of await entries(handle)) {
      const to = entry.name.endsWith('/') ? undefined : place(entry.name);
      if (to === undefined) continue;
      const file = path.join(folder, to);
      if (path.relative(folder, file).startsWith('..'))
        throw new Failure(`The archive writes outside its folder: ${to}.`);
      const local = await read(handle, entry.local, LOCAL_BYTES);
      const start = entry.local + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      if (entry.packed === 0) {
        fs.writeFileSync(file, '');
        continue;
      }
      await pipeline(
        fs.createReadStream(archive, { start, end: start + entry.packed - 1 }),
        entry.method === 0 ? new PassThrough() : zlib.createInflateRaw(),
        fs.createWriteStream(file, { mode: entry.mode || 0o644 }),
      );
    }
  } finally {
    await handle.close();
  }
}
