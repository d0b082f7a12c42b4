#!/usr/bin/env node
// `npm run bench`: the measurements of test/bench, bundled and run by plain Node as the command line is: a loader that
// translates while it runs would be measured too. Arguments after `--` choose a section.
import fs from 'node:fs';
import path from 'node:path';
import { entry } from './lib/failure.mjs';
import { folderWhole } from './lib/files.mjs';
import { ensureModules } from './lib/modules.mjs';
import { checkNode } from './lib/node-version.mjs';
import { inProject, projectRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { ensurePrograms } from './programs/ensure.mjs';

/** Our own files are put together, packages stay where they are. */
async function bundle(folder) {
  const { rolldown } = await import('rolldown');
  const built = await rolldown({
    input: inProject('test/bench/main.ts'),
    cwd: projectRoot,
    platform: 'node',
    external: (id) => !/^[.#/]/.test(id) && !path.isAbsolute(id),
  });
  try {
    await built.write({ dir: folder, format: 'esm', entryFileNames: 'main.mjs', codeSplitting: false });
  } finally {
    await built.close();
  }
}

await entry(async (argv) => {
  checkNode();
  await ensureModules();
  await ensurePrograms();
  // Inside node_modules, so that packages are found; by process, so that two runs do not meet.
  const folder = inProject(`node_modules/.cache/solayer-council/bench-${process.pid}`);
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  await folderWhole(folder, bundle);
  const env = { ...process.env, SIP_PROJECT: projectRoot };
  const main = path.join(folder, 'main.mjs');
  const { code } = await run(process.execPath, ['--enable-source-maps', main, ...argv], {
    cwd: projectRoot,
    env,
    show: true,
  });
  return code;
});
