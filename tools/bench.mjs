#!/usr/bin/env node
// `npm run bench`: the measurements of test/bench, run by plain Node as the command line is. Arguments after `--` choose a
// section.
import { entry } from './lib/failure.mjs';
import { ensureModules } from './lib/modules.mjs';
import { checkNode } from './lib/node-version.mjs';
import { runBundled } from './lib/run-bundled.mjs';
import { ensurePrograms } from './programs/ensure.mjs';

await entry(async (argv) => {
  checkNode();
  await ensureModules();
  await ensurePrograms();
  return runBundled('test/bench/main.ts', argv);
});
