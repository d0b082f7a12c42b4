// Writing so that an interrupted process leaves the old state or the new one, never half of it.
import fs from 'node:fs';
import path from 'node:path';

const unique = () => `${process.pid}-${Math.random().toString(36).slice(2, 10)}`;

// What is being filled when the process is told to end goes with it.
const unfinished = new Set();
process.on('exit', () => {
  for (const at of unfinished) fs.rmSync(at, { recursive: true, force: true });
});

/** Writes a file beside its place and renames it there. */
export function writeWhole(file, content) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const beside = `${file}.${unique()}.tmp`;
  try {
    fs.writeFileSync(beside, content);
    fs.renameSync(beside, file);
  } finally {
    fs.rmSync(beside, { force: true });
  }
}

/**
 * Fills a new folder and renames it to its place; what stood there is replaced.
 * @param {(folder: string) => Promise<void> | void} fill
 */
export async function folderWhole(folder, fill) {
  const beside = `${folder}.${unique()}.tmp`;
  unfinished.add(beside);
  fs.mkdirSync(beside, { recursive: true });
  try {
    await fill(beside);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(beside, folder);
  } finally {
    fs.rmSync(beside, { recursive: true, force: true });
    unfinished.delete(beside);
  }
}

/** Removes what killed processes left: `*.tmp` entries older than a day. */
export function sweep(folder, olderThanMs = 24 * 3600 * 1000) {
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
    if (!name.endsWith('.tmp')) continue;
    const at = path.join(folder, name);
    const stat = fs.statSync(at, { throwIfNoEntry: false });
    if (stat && Date.now() - stat.mtimeMs > olderThanMs) fs.rmSync(at, { recursive: true, force: true });
  }
}

/** The parsed JSON of a file, or undefined where there is no readable one. */
export function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
