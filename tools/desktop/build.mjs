// The window's code as files that Electron loads, by electron-vite; built again when a source has changed.
import fs from 'node:fs';
import path from 'node:path';
import { Failure } from '../lib/failure.mjs';
import { folderWhole, sweep } from '../lib/files.mjs';
import { contentHash, filesBelow } from '../lib/hash.mjs';
import { withLock } from '../lib/lock.mjs';
import { inCache, inProject, projectRoot } from '../lib/paths.mjs';
import { runOrFail } from '../lib/run.mjs';
import { progress } from '../lib/say.mjs';
import { removeUnused } from './unused.mjs';

export const CACHE = inProject('node_modules/.cache/solayer-council');

const SOURCES = [
  'desktop',
  'governance',
  'electron.vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
/** The oldest runtime it has to run on; electron-vite would take that of the installed package. */
const OLDEST_ELECTRON = '33';

function buildKey() {
  const files = filesBelow(
    SOURCES.map((name) => inProject(name)),
    (file) => !/\.test\.tsx?$|\.md$/.test(file),
  );
  const own = fs.readFileSync(new URL(import.meta.url), 'utf8');
  return contentHash(projectRoot, files, [own]).slice(0, 16);
}

function checkBuilder() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major === 20 && minor < 19)
    throw new Failure(
      `Building the window needs Node 20.19 or newer; this is Node ${process.versions.node}.`,
    );
}

/**
 * The built files: main/, preload/ and renderer/.
 * @returns {Promise<{ folder: string, key: string }>}
 */
export async function ensureBuilt() {
  const key = buildKey();
  const folder = path.join(CACHE, `window-${key}`);
  if (fs.existsSync(folder)) return { folder, key };
  checkBuilder();
  await withLock(inCache('locks', `window-${key}.lock`), 'building the window', async () => {
    if (fs.existsSync(folder)) return;
    fs.mkdirSync(CACHE, { recursive: true });
    sweep(CACHE);
    const builder = inProject('node_modules/electron-vite/bin/electron-vite.js');
    await progress('building the window', () =>
      folderWhole(folder, (fresh) =>
        runOrFail(
          'Building the window',
          process.execPath,
          [builder, 'build', '--outDir', fresh, '--logLevel', 'warn'],
          {
            cwd: projectRoot,
            env: { ...process.env, ELECTRON_MAJOR_VER: OLDEST_ELECTRON },
          },
        ),
      ),
    );
    removeUnused(CACHE, 'window-', folder);
  });
  return { folder, key };
}
