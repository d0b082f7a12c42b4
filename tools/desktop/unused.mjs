// Removing what an earlier version left, unless somebody still runs it.
import fs from 'node:fs';
import path from 'node:path';

const DAY_MS = 24 * 3600 * 1000;
/** Who has just asked for a folder may be about to start it. */
const FRESH_MS = 10 * 60 * 1000;

/** The command lines of all that runs, where the system tells. */
function commandLines() {
  try {
    return fs
      .readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => {
        try {
          return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        } catch {
          return ''; // ended meanwhile
        }
      });
  } catch {
    return undefined;
  }
}

/**
 * @param {string} folder @param {string} prefix of the names of what is looked at @param {string} keep a path in it
 */
export function removeUnused(folder, prefix, keep) {
  const running = commandLines();
  for (const name of fs.readdirSync(folder)) {
    const at = path.join(folder, name);
    if (!name.startsWith(prefix) || name.endsWith('.tmp') || at === keep) continue;
    const age = Date.now() - fs.statSync(at).mtimeMs;
    const used = running === undefined ? age < DAY_MS : running.some((line) => line.includes(at));
    if (age > FRESH_MS && !used) fs.rmSync(at, { recursive: true, force: true });
  }
}

/** Says that the folder is wanted now. */
export function touch(folder) {
  const now = new Date();
  fs.utimesSync(folder, now, now);
}
