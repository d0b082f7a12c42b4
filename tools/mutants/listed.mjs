// What cargo-mutants would change in the restaking program, as JSON: `node tools/mutants/listed.mjs`.
import fs from 'node:fs';
import path from 'node:path';
import { entry } from '../lib/failure.mjs';
import { folderWhole } from '../lib/files.mjs';
import { withLock } from '../lib/lock.mjs';
import { inCache, projectRoot } from '../lib/paths.mjs';
import { runOrFail } from '../lib/run.mjs';
import { progress } from '../lib/say.mjs';
import { cargoEnvironment } from '../sbf/toolchain.mjs';

const VERSION = '27.1.0';

/** Path of cargo-mutants, built from the crates registry first where the cache lacks it. */
async function cargoMutants(env) {
  const folder = inCache('cargo-mutants', VERSION);
  const name = process.platform === 'win32' ? 'cargo-mutants.exe' : 'cargo-mutants';
  const binary = path.join(folder, 'bin', name);
  await withLock(inCache('locks', 'cargo-mutants.lock'), 'building cargo-mutants', async () => {
    if (fs.existsSync(binary)) return;
    fs.mkdirSync(path.dirname(folder), { recursive: true });
    await progress(`building cargo-mutants ${VERSION}`, () =>
      folderWhole(folder, (fresh) =>
        runOrFail(
          'building cargo-mutants',
          'cargo',
          ['install', '--locked', '--root', fresh, '--version', VERSION, 'cargo-mutants'],
          { cwd: projectRoot, env },
        ),
      ),
    );
  });
  return binary;
}

await entry(async () => {
  const env = await cargoEnvironment();
  const binary = await cargoMutants(env);
  const args = ['mutants', '--list', '--json', '--dir', path.join(projectRoot, 'programs/restaking')];
  const { out } = await runOrFail('listing mutants', binary, args, { cwd: projectRoot, env });
  process.stdout.write(out);
});
