// Content hashes of files, as cache keys.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Every file below the given files and folders, sorted; `keep` sees each file's path and says whether it counts. */
export function filesBelow(roots, keep = () => true) {
  const found = [];
  const walk = (at) => {
    const stat = fs.statSync(at, { throwIfNoEntry: false });
    if (!stat) return;
    if (!stat.isDirectory()) {
      if (keep(at)) found.push(at);
      return;
    }
    for (const entry of fs.readdirSync(at, { withFileTypes: true })) {
      const full = path.join(at, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== 'node_modules' && entry.name !== 'target') walk(full);
      } else if (keep(full)) found.push(full);
    }
  };
  for (const root of roots) walk(root);
  return found.sort();
}

/**
 * SHA-256 (hex) over names and contents of files, and over the extra strings. Names are relative to `base`
 * with `/`, so a clone at another path has the same hash.
 */
export function contentHash(base, files, extra = []) {
  const hash = createHash('sha256');
  const add = (bytes) => hash.update(`${bytes.length}\n`).update(bytes);
  for (const file of files) {
    add(Buffer.from(path.relative(base, file).split(path.sep).join('/')));
    add(fs.readFileSync(file));
  }
  for (const text of extra) add(Buffer.from(text));
  return hash.digest('hex');
}
