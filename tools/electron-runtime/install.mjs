#!/usr/bin/env node
// `npm run electron:install`: the Electron of package.json, by npm's own installer, which downloads it from GitHub.
import { entry, Failure } from '../lib/failure.mjs';
import { ensureModules } from '../lib/modules.mjs';
import { checkNode } from '../lib/node-version.mjs';
import { inProject } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { progress } from '../lib/say.mjs';

await entry(async () => {
  checkNode();
  await ensureModules();
  const { code, err } = await progress('downloading Electron', () =>
    run(process.execPath, [inProject('node_modules/electron/install.js')]),
  );
  if (code === 0) return;
  const hint = err.includes('ERR_REQUIRE_ESM')
    ? `Its installer needs Node 20.19 or newer; this is ${process.version}.`
    : err.trim().split('\n')[0];
  throw new Failure(`Electron could not be downloaded. ${hint}`);
});
