// node_modules as package-lock.json says: `npm ci` when they differ, one process at a time.
import fs from 'node:fs';
import { Failure } from './failure.mjs';
import { readJson, writeWhole } from './files.mjs';
import { sha256 } from './hash.mjs';
import { withLock } from './lock.mjs';
import { npmSaid, runNpm } from './npm.mjs';
import { inCache, inProject, projectRoot } from './paths.mjs';
import { progress } from './say.mjs';

const STAMP = inProject('node_modules/.cache/solayer-council/lockfile.sha256');
const lockfileHash = () => sha256(fs.readFileSync(inProject('package-lock.json')));

function stamped(hash) {
  try {
    return fs.readFileSync(STAMP, 'utf8') === hash;
  } catch {
    return false;
  }
}

/** Whether npm's own record of what it installed agrees with the lockfile: somebody ran npm by hand. */
function installedByHand() {
  const wanted = readJson(inProject('package-lock.json'))?.packages;
  const have = readJson(inProject('node_modules/.package-lock.json'))?.packages;
  if (!wanted || !have) return false;
  for (const [where, entry] of Object.entries(wanted)) {
    if (where === '') continue;
    const installed = have[where];
    // Packages for other systems are in the lockfile only.
    if (!installed && entry.optional) continue;
    if (installed?.version !== entry.version || installed?.integrity !== entry.integrity) return false;
  }
  return Object.keys(have).every((where) => where in wanted);
}

/** Installs the dependencies if the lockfile has changed since they were. Quick when there is nothing to do. */
export async function ensureModules() {
  if (stamped(lockfileHash())) return;
  const lock = inCache('locks', `npm-${sha256(projectRoot).slice(0, 16)}.lock`);
  await withLock(lock, 'installing the npm packages', async () => {
    const hash = lockfileHash();
    if (stamped(hash)) return;
    if (!installedByHand()) {
      const result = await progress('installing the npm packages', () =>
        runNpm(['ci', '--no-progress', '--loglevel=error'], { cwd: projectRoot }),
      );
      if (result.code !== 0) throw new Failure(`npm ci failed (exit ${result.code}):\n${npmSaid(result)}`);
    }
    writeWhole(STAMP, hash);
  });
}
