// The program binaries in the cache folder: looked up by content hash, built when missing.
import fs from 'node:fs';
import path from 'node:path';
import { folderWhole, readJson, sweep } from '../lib/files.mjs';
import { contentHash, sha256 } from '../lib/hash.mjs';
import { withLock } from '../lib/lock.mjs';
import { inCache, projectRoot } from '../lib/paths.mjs';
import { toolchainKey } from '../sbf/toolchain.mjs';
import { GROUPS } from './catalogue.mjs';

/**
 * @typedef {object} Binary
 * @property {string} name @property {string} id base58 @property {string} path absolute
 * @property {string} sha256 hex @property {string} origin for people
 */

/** Raised when the meaning of a cache entry changes. */
const FORMAT = 'programs-1';

const folderOf = (group, toolchain) =>
  inCache(
    'programs',
    contentHash(projectRoot, group.sources(), [FORMAT, group.name, toolchain]).slice(0, 16),
  );

/** The group's binaries if they are in the cache and whole. */
function lookUp(group, folder) {
  const manifest = readJson(path.join(folder, 'manifest.json'));
  if (!manifest) return undefined;
  const binaries = [];
  for (const program of group.programs) {
    const file = path.join(folder, program.binary);
    const recorded = manifest[program.binary];
    if (!recorded || !fs.existsSync(file) || sha256(fs.readFileSync(file)) !== recorded.sha256)
      return undefined;
    binaries.push({ name: program.name, id: program.id(), path: file, ...recorded });
  }
  return binaries;
}

function describeOrigin(group, program, builder) {
  const source = program.version
    ? `crate ${program.crate} ${program.version}`
    : path.relative(projectRoot, path.dirname(group.manifest)).split(path.sep).join('/');
  return `${source}, built with ${builder}`;
}

async function build(group, folder) {
  const { buildGroup } = await import('./build.mjs');
  sweep(path.dirname(folder));
  await folderWhole(folder, async (fresh) => {
    const out = path.join(fresh, 'out');
    fs.mkdirSync(out);
    const builder = await buildGroup(group, out);
    const manifest = {};
    for (const program of group.programs) {
      const bytes = fs.readFileSync(path.join(out, program.binary));
      fs.writeFileSync(path.join(fresh, program.binary), bytes);
      manifest[program.binary] = { sha256: sha256(bytes), origin: describeOrigin(group, program, builder) };
    }
    fs.rmSync(out, { recursive: true });
    fs.writeFileSync(path.join(fresh, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
  });
}

/** Debian's packages without which `ensurePrograms()` would fail; none when all is in the cache. */
export async function programPackages() {
  const toolchain = toolchainKey();
  const ready = GROUPS.every((group) => group.onlyByName || lookUp(group, folderOf(group, toolchain)));
  return ready ? [] : (await import('./build.mjs')).packagesToBuild();
}

/**
 * All program binaries, building what the cache lacks.
 * @param {readonly string[]} [names] only these; else all but those that are built by name only
 * @returns {Promise<Binary[]>}
 */
export async function ensurePrograms(names) {
  const toolchain = toolchainKey();
  const binaries = [];
  for (const group of GROUPS) {
    if (names ? !group.programs.some((program) => names.includes(program.name)) : group.onlyByName) continue;
    let folder = folderOf(group, toolchain);
    let found = lookUp(group, folder);
    if (!found) {
      found = await withLock(inCache('locks', 'programs.lock'), 'building the program binaries', async () => {
        // Another process may have built it, or the sources may have changed, while this one waited.
        folder = folderOf(group, toolchain);
        if (!lookUp(group, folder)) await build(group, folder);
        return lookUp(group, folder);
      });
    }
    binaries.push(...found);
  }
  return names ? binaries.filter((binary) => names.includes(binary.name)) : binaries;
}
