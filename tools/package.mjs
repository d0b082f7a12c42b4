#!/usr/bin/env node
// `npm run package`: the console as .deb and .tar.zst for Linux, started once from the package, its fuses read back.
import { entry } from './lib/failure.mjs';
import { ensureModules } from './lib/modules.mjs';
import { checkNode } from './lib/node-version.mjs';

await entry(async () => {
  checkNode();
  await ensureModules();
  const { makePackages } = await import('./package/make.mjs');
  return makePackages();
});
