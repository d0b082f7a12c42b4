#!/usr/bin/env node
// `npm run mutants`: changes of the program's guards, of the verifier and of the journal, each of which a test has to find.
import { entry } from './lib/failure.mjs';
import { ensureModules } from './lib/modules.mjs';
import { checkNode } from './lib/node-version.mjs';
import { runBundled } from './lib/run-bundled.mjs';

await entry(async (argv) => {
  checkNode();
  await ensureModules();
  return runBundled('test/attacks/mutants/main.ts', argv);
});
