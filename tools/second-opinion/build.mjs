#!/usr/bin/env node
// The second opinion as a binary: `node tools/second-opinion/build.mjs` builds it where its sources have changed and
// prints where it is. Needs cargo and, the first time, crates.io; the result can be carried to another computer.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { entry } from '../lib/failure.mjs';
import { folderWhole } from '../lib/files.mjs';
import { contentHash, filesBelow } from '../lib/hash.mjs';
import { withLock } from '../lib/lock.mjs';
import { inProject, projectRoot } from '../lib/paths.mjs';
import { ask, runOrFail } from '../lib/run.mjs';
import { progress } from '../lib/say.mjs';
import { cargoEnvironment } from '../sbf/toolchain.mjs';

const HERE = inProject('tools/second-opinion');
const BUILT = inProject('build/second-opinion');
const NAME = process.platform === 'win32' ? 'second-opinion.exe' : 'second-opinion';

const sources = () => filesBelow(['src', 'Cargo.toml', 'Cargo.lock'].map((name) => path.join(HERE, name)));

const cargo = async (what, args, env) =>
  progress(what, () =>
    runOrFail(what, 'cargo', [...args, '--locked', '--manifest-path', path.join(HERE, 'Cargo.toml')], {
      cwd: projectRoot,
      env: { ...env, CARGO_TARGET_DIR: path.join(BUILT, 'target') },
    }),
  );
const alone = (work) => withLock(path.join(BUILT, 'build.lock'), 'building the second opinion', work);

/** @returns {Promise<string>} absolute path of the binary that these sources make */
export async function secondOpinion() {
  const env = await cargoEnvironment();
  const key = contentHash(projectRoot, sources(), [ask('rustc', ['-vV'], env) ?? '']).slice(0, 16);
  const folder = path.join(BUILT, key);
  const binary = path.join(folder, NAME);
  if (fs.existsSync(binary)) return binary;
  return alone(async () => {
    if (!fs.existsSync(binary)) {
      await cargo('building the second opinion', ['build', '--release'], env);
      await folderWhole(folder, (fresh) =>
        fs.copyFileSync(path.join(BUILT, 'target', 'release', NAME), path.join(fresh, NAME)),
      );
    }
    return binary;
  });
}

/** Runs the tests beside its code; throws with what they say where one fails. */
export async function testSecondOpinion() {
  const env = await cargoEnvironment();
  await alone(() => cargo('testing the second opinion', ['test', '--release'], env));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await entry(async () => void process.stdout.write(`${await secondOpinion()}\n`));
}
