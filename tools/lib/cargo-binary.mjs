// A crate of this repository as a binary for this computer: built where what it depends on has changed, looked up else.
import fs from 'node:fs';
import path from 'node:path';
import { cargoEnvironment } from '../sbf/toolchain.mjs';
import { folderWhole } from './files.mjs';
import { contentHash, filesBelow } from './hash.mjs';
import { withLock } from './lock.mjs';
import { projectRoot } from './paths.mjs';
import { ask, runOrFail } from './run.mjs';
import { progress } from './say.mjs';

/**
 * @typedef {object} Crate
 * @property {string} name of the binary
 * @property {string} title for people: “the …”
 * @property {string} folder absolute path, with Cargo.toml and Cargo.lock
 * @property {readonly string[]} sources absolute paths of files and folders that the binary depends on
 * @property {string} built absolute path of the folder that keeps binaries, and cargo's own folder
 */

const alone = ({ title, built }, work) => withLock(path.join(built, 'build.lock'), `building ${title}`, work);

const cargo = async ({ folder, built }, what, args, env) =>
  progress(what, () =>
    runOrFail(what, 'cargo', [...args, '--locked', '--manifest-path', path.join(folder, 'Cargo.toml')], {
      cwd: projectRoot,
      env: { ...env, CARGO_TARGET_DIR: path.join(built, 'target') },
    }),
  );

/** @param {Crate} crate @returns {Promise<string>} absolute path of the binary that these sources make */
export async function cargoBinary(crate) {
  const env = await cargoEnvironment();
  const file = process.platform === 'win32' ? `${crate.name}.exe` : crate.name;
  const sources = filesBelow(crate.sources);
  const key = contentHash(projectRoot, sources, [ask('rustc', ['-vV'], env) ?? '']).slice(0, 16);
  const binary = path.join(crate.built, key, file);
  if (fs.existsSync(binary)) return binary;
  return alone(crate, async () => {
    if (!fs.existsSync(binary)) {
      await cargo(crate, `building ${crate.title}`, ['build', '--release'], env);
      await folderWhole(path.dirname(binary), (fresh) =>
        fs.copyFileSync(path.join(crate.built, 'target', 'release', file), path.join(fresh, file)),
      );
    }
    return binary;
  });
}

/** Runs the tests beside its code; throws with what they say where one fails. @param {Crate} crate */
export async function testCrate(crate) {
  const env = await cargoEnvironment();
  await alone(crate, () => cargo(crate, `testing ${crate.title}`, ['test', '--release'], env));
}
