#!/usr/bin/env node
// `npm test`: everything that CI asks of the repository, cheapest first, with one closing line.
// `npm test -- ARGS` passes ARGS to vitest and runs nothing else: `npm test -- governance/sip`.
import { entry } from './lib/failure.mjs';
import { ensureModules } from './lib/modules.mjs';
import { checkNode } from './lib/node-version.mjs';
import { runSteps } from './test/steps.mjs';

await entry(async (argv) => {
  checkNode();
  await ensureModules();
  return runSteps(argv);
});
