#!/usr/bin/env node
// `npm run bench`: the measurements of test/bench (vitest's bench mode). Arguments after `--` choose files.
import { entry } from './lib/failure.mjs';
import { ensureModules } from './lib/modules.mjs';
import { checkNode } from './lib/node-version.mjs';
import { inProject, projectRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { ensurePrograms } from './programs/ensure.mjs';

await entry(async (argv) => {
  checkNode();
  await ensureModules();
  await ensurePrograms();
  // One file at a time: they would take each other's cores.
  const command = [inProject('node_modules/vitest/vitest.mjs'), 'bench', '--run', '--no-file-parallelism'];
  const env = { ...process.env, SIP_PROJECT: projectRoot };
  const { code } = await run(process.execPath, [...command, ...argv], { cwd: projectRoot, env, show: true });
  return code;
});
