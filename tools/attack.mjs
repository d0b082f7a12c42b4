#!/usr/bin/env node
// `npm run attack:…`: the attacks of test/attacks, each a number of tries that all have to fail. The first argument names it.
import { entry } from './lib/failure.mjs';
import { ensureModules } from './lib/modules.mjs';
import { checkNode } from './lib/node-version.mjs';
import { runBundled } from './lib/run-bundled.mjs';

await entry(async (argv) => {
  checkNode();
  await ensureModules();
  return runBundled('test/attacks/main.ts', argv);
});
