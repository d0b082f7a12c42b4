// The app as one folder that runs anywhere: nothing in it points back into the clone.
import fs from 'node:fs';
import path from 'node:path';
import { Failure } from '../lib/failure.mjs';
import { folderWhole, readJson } from '../lib/files.mjs';
import { contentHash, filesBelow } from '../lib/hash.mjs';
import { withLock } from '../lib/lock.mjs';
import { inCache, inProject, projectRoot } from '../lib/paths.mjs';
import { ensurePrograms } from '../programs/ensure.mjs';
import { CACHE, ensureBuilt } from './build.mjs';
import { removeUnused, touch } from './unused.mjs';

/** Loaded from node_modules at run time: one that its users may replace (LGPL-3.0), and what is native. */
const EXTERNAL = [
  'rpc-websockets',
  '@solana/surfpool-linux-x64-gnu',
  'litesvm',
  'litesvm-linux-x64-gnu',
  'node-hid',
  'usb',
];
/** Sources, and code for other systems, of what is loaded from node_modules. */
const UNUSED = new RegExp(
  `node_modules/(node-hid|usb)/(hidapi|libusb|src|test|prebuilds/(?!(HID\\w*-)?linux-${process.arch}(/|$)))` +
    '|node_modules/@solana(-program)?/[\\w-]+/(src(/|$)|dist/types(/|$)|dist/[\\w.-]+[.](browser|native)[.])',
);
const TYPES_ONLY = /^@types\//;

/** Copied as they are, by their name in the app folder. */
const BESIDE = {
  'network-host.mjs': 'governance/sandbox/network-host.mjs',
  sips: 'sips',
  LICENSE: 'LICENSE',
  'THIRD_PARTY.md': 'THIRD_PARTY.md',
};

const described = ({ name, version }) => ({
  name,
  productName: 'Solayer Council',
  desktopName: `${name}.desktop`,
  version,
  license: 'Apache-2.0',
  type: 'module',
  main: 'out/main/index.js',
});

/** Where Node finds the package from the given folder inside node_modules. */
function packageFolder(name, from) {
  for (let at = from; at.startsWith(projectRoot); at = path.dirname(at)) {
    const folder = path.join(at, 'node_modules', name);
    if (fs.existsSync(path.join(folder, 'package.json'))) return folder;
  }
  return undefined;
}

/** Folders of the external packages and of what they depend on, each as it lies in node_modules. */
function externalFolders() {
  const found = new Set();
  const add = (name, from) => {
    const folder = packageFolder(name, from);
    if (folder === undefined) {
      if (from === projectRoot && readJson(inProject('package.json')).optionalDependencies[name]) return;
      throw new Failure(`The package ${name} is not installed. Delete node_modules and start again.`);
    }
    if (found.has(folder)) return;
    found.add(folder);
    const { dependencies = {} } = readJson(path.join(folder, 'package.json'));
    for (const next of Object.keys(dependencies)) if (!TYPES_ONLY.test(next)) add(next, folder);
  };
  for (const name of EXTERNAL) add(name, projectRoot);
  return [...found];
}

function copy(from, to) {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  // Packages inside a package are copied for themselves where they are wanted.
  const filter = (at) => at === from || (path.basename(at) !== 'node_modules' && !UNUSED.test(at));
  fs.cpSync(from, to, { recursive: true, filter, mode: fs.constants.COPYFILE_FICLONE });
}

function fill(fresh, built, programs) {
  const write = (name, value) =>
    fs.writeFileSync(path.join(fresh, name), `${JSON.stringify(value, null, 1)}\n`);
  write('package.json', described(readJson(inProject('package.json'))));
  copy(built, path.join(fresh, 'out'));
  for (const [to, from] of Object.entries(BESIDE)) copy(inProject(from), path.join(fresh, to));
  for (const folder of externalFolders()) copy(folder, path.join(fresh, path.relative(projectRoot, folder)));
  fs.mkdirSync(path.join(fresh, 'programs'));
  const listed = programs.map((program) => {
    const name = `programs/${program.name}.so`;
    fs.copyFileSync(program.path, path.join(fresh, name));
    return { ...program, path: name };
  });
  write('programs/programs.json', listed);
}

/**
 * The app folder, built and assembled first where something has changed.
 * @returns {Promise<{ folder: string, key: string }>} `key` is of its content
 */
export async function assembleApp() {
  const programs = await ensurePrograms();
  const built = await ensureBuilt();
  const inputs = filesBelow(Object.values(BESIDE).map((name) => inProject(name)));
  const own = fs.readFileSync(new URL(import.meta.url), 'utf8');
  const key = contentHash(projectRoot, inputs, [
    own,
    built.key,
    ...programs.map((program) => JSON.stringify({ ...program, path: '' })),
  ]).slice(0, 16);
  const folder = path.join(CACHE, `app-${key}`);
  await withLock(inCache('locks', `app-${key}.lock`), 'putting the app together', async () => {
    if (!fs.existsSync(folder)) await folderWhole(folder, (fresh) => fill(fresh, built.folder, programs));
    touch(folder);
    touch(built.folder);
    removeUnused(CACHE, 'app-', folder);
  });
  return { folder, key };
}
