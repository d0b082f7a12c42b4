// Making of the unpacked files what Electron's own archive of that version is.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Failure } from '../lib/failure.mjs';

/** Where Electron's switches stand in its executable: this text, a version, a count, then one byte a switch. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSE = { nodeCliInspect: 3, browserSnapshot: 6 };

function setFuses(file, wanted) {
  const bytes = fs.readFileSync(file);
  const at = bytes.indexOf(FUSE_SENTINEL);
  const wire = at + FUSE_SENTINEL.length;
  if (at < 0 || bytes.indexOf(FUSE_SENTINEL, at + 1) >= 0 || bytes[wire] !== 1)
    throw new Failure('The downloaded Electron has no switches where they are looked for.');
  const handle = fs.openSync(file, 'r+');
  try {
    for (const [index, on] of wanted) {
      if (index >= bytes[wire + 1]) throw new Failure(`The downloaded Electron has no switch ${index}.`);
      fs.writeSync(handle, on ? '1' : '0', wire + 2 + index);
    }
  } finally {
    fs.closeSync(handle);
  }
}

/** The files of a folder as an archive in Electron's format. */
function asar(folder) {
  const files = {};
  const bodies = [];
  let offset = 0;
  for (const name of fs.readdirSync(folder).sort()) {
    const body = fs.readFileSync(path.join(folder, name));
    const hash = createHash('sha256').update(body).digest('hex');
    const integrity = { algorithm: 'SHA256', hash, blockSize: 4 << 20, blocks: [hash] };
    files[name] = { size: body.length, offset: String(offset), integrity };
    offset += body.length;
    bodies.push(body);
  }
  const json = Buffer.from(JSON.stringify({ files }));
  const padded = (json.length + 3) & ~3;
  const head = Buffer.alloc(16 + padded);
  [4, padded + 8, padded + 4, json.length].forEach((value, i) => {
    head.writeUInt32LE(value, 4 * i);
  });
  json.copy(head, 16);
  return Buffer.concat([head, ...bodies]);
}

/**
 * @param {string} folder of Electron's files @param {string} version
 * @param {{ executable: string, snapshot: string, defaultApp: string }} found what there is under another name,
 *   what does not belong, and the app that starts the app named on the command line
 */
export function arrange(folder, version, { executable, snapshot, defaultApp }) {
  const electron = path.join(folder, 'electron');
  fs.renameSync(path.join(folder, executable), electron);
  fs.chmodSync(electron, 0o755);
  // The two switches that its packager had changed, back to Electron's defaults.
  setFuses(electron, [
    [FUSE.nodeCliInspect, true],
    [FUSE.browserSnapshot, false],
  ]);
  fs.rmSync(path.join(folder, snapshot), { force: true });
  fs.mkdirSync(path.join(folder, 'resources'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'resources/default_app.asar'), asar(defaultApp));
  fs.writeFileSync(path.join(folder, 'version'), version);
}
