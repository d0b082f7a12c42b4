#!/usr/bin/env node
// What the tests launch, as JSON: `node tools/desktop/prepare.mjs [--app FOLDER]` prints
// {electron, app, account?}, with runtime, app and libraries in place. FOLDER instead of this project's app.
import path from 'node:path';
import { libraryPackages } from '../electron-runtime/libraries.mjs';
import { ensureElectron } from '../electron-runtime/path.mjs';
import { sandboxWorks } from '../electron-runtime/sandbox.mjs';
import { ensurePackages } from '../lib/debian.mjs';
import { entry, Failure } from '../lib/failure.mjs';
import { ask } from '../lib/run.mjs';
import { assembleApp } from './assemble.mjs';
import { appKey, placed } from './placed.mjs';

const USER = 'solayer-council-test';

/** What the window needs, and a virtual display to show it on. */
async function ensureSystem(electron) {
  const packages = libraryPackages(electron);
  if (ask('sh', ['-c', 'command -v Xvfb']) === undefined) packages.push({ name: 'xvfb' });
  if (packages.length > 0) await ensurePackages(packages, 'testing the window');
}

await entry(async ([option, named]) => {
  const electron = await ensureElectron();
  await ensureSystem(electron);
  const folder = option === '--app' ? path.resolve(named) : undefined;
  const app = folder === undefined ? await assembleApp() : { folder, key: appKey(folder) };
  const result = await placed(USER, electron, app);
  if (result.account === undefined && !sandboxWorks(electron))
    throw new Failure("Chromium's sandbox does not work for this user; the window is not tested without it.");
  process.stdout.write(`${JSON.stringify(result)}\n`);
});
