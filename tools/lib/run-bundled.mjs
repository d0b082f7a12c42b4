// TypeScript of the tests run by plain Node: put together first, since a loader that translates while it runs would be
// measured and waited for too.
import fs from 'node:fs';
import path from 'node:path';
import { folderWhole } from './files.mjs';
import { inProject, projectRoot } from './paths.mjs';
import { run } from './run.mjs';

/** Our own files are put together, packages stay where they are. */
async function bundle(input, folder) {
  const { rolldown } = await import('rolldown');
  const built = await rolldown({
    input: inProject(input),
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

/**
 * Runs it in the foreground and gives its exit code.
 * @param {string} input path of the entry inside the project @param {readonly string[]} argv
 */
export async function runBundled(input, argv) {
  // Inside node_modules, so that packages are found; by process, so that two runs do not meet.
  const folder = inProject(`node_modules/.cache/solayer-council/run-${process.pid}`);
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  await folderWhole(folder, (fresh) => bundle(input, fresh));
  const { code } = await run(
    process.execPath,
    ['--enable-source-maps', path.join(folder, 'main.mjs'), ...argv],
    {
      cwd: projectRoot,
      env: { ...process.env, SIP_PROJECT: projectRoot },
      show: true,
    },
  );
  return code;
}
