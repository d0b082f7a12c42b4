// What is installed: the runtime under its own name, with the app in an archive, and nothing of Electron's own app.
import fs from 'node:fs';
import path from 'node:path';
import asar from '@electron/asar';
import { assembleApp } from '../desktop/assemble.mjs';
import { ensureElectron } from '../electron-runtime/path.mjs';
import { inProject } from '../lib/paths.mjs';
import { setFuses } from './fuses.mjs';

export const NAME = 'solayer-council';

/** Native code can't be loaded out of an archive; what its users may replace (LGPL-3.0) lies beside it as files. */
export const UNPACKED = ['rpc-websockets', '@solana/surfpool-*', 'litesvm*', 'node-hid', 'usb'].map(
  (name) => `**/node_modules/${name}/**`,
);
/** The window speaks English only. */
export const LANGUAGE = 'en-US';
const LOCALE = `${LANGUAGE}.pak`;
/** By which tools/electron-runtime knows that its own work is whole. */
const MARK = 'whole.json';
const NOT_TAKEN = /\.(map|d\.ts|d\.mts|d\.cts|tsbuildinfo)$|(^|\/)(test|tests|__tests__|\.github)\//;

/** @param {string} folder empty; becomes what lies in /opt @returns {Promise<string>} its executable */
export async function fillContents(folder) {
  const electron = await ensureElectron();
  const runtime = path.dirname(electron);
  for (const name of fs.readdirSync(runtime)) {
    if (['resources', 'locales', MARK].includes(name)) continue;
    const to = path.join(folder, name === path.basename(electron) ? NAME : name);
    fs.cpSync(path.join(runtime, name), to, { recursive: true, mode: fs.constants.COPYFILE_FICLONE });
  }
  fs.mkdirSync(path.join(folder, 'locales'));
  fs.copyFileSync(path.join(runtime, 'locales', LOCALE), path.join(folder, 'locales', LOCALE));
  await archive(path.join(folder, 'resources'));
  for (const name of ['LICENSE', 'THIRD_PARTY.md']) fs.copyFileSync(inProject(name), path.join(folder, name));
  const executable = path.join(folder, NAME);
  await setFuses(executable);
  plainModes(folder);
  return executable;
}

/** The app without what only its makers need. */
async function archive(resources) {
  const app = await assembleApp();
  const chosen = `${resources}.app`;
  const filter = (at) => !NOT_TAKEN.test(path.relative(app.folder, at));
  fs.cpSync(app.folder, chosen, { recursive: true, filter, dereference: true });
  fs.mkdirSync(resources);
  await asar.createPackageWithOptions(chosen, path.join(resources, 'app.asar'), {
    unpack: `{${UNPACKED.join(',')}}`,
  });
  fs.rmSync(chosen, { recursive: true });
}

/** The same rights wherever it is made: everybody reads, nobody but root writes. */
function plainModes(at) {
  const stat = fs.lstatSync(at);
  if (stat.isSymbolicLink()) return;
  fs.chmodSync(at, stat.isDirectory() || stat.mode & 0o100 ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of fs.readdirSync(at)) plainModes(path.join(at, name));
}
