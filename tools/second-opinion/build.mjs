#!/usr/bin/env node
// The second opinion as a binary: `node tools/second-opinion/build.mjs` builds it where its sources have changed and
// prints where it is. Needs cargo and, the first time, crates.io; the result can be carried to another computer.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cargoBinary, testCrate } from '../lib/cargo-binary.mjs';
import { entry } from '../lib/failure.mjs';
import { inProject } from '../lib/paths.mjs';

const folder = inProject('tools/second-opinion');
const CRATE = {
  name: 'second-opinion',
  title: 'the second opinion',
  folder,
  sources: ['src', 'Cargo.toml', 'Cargo.lock'].map((name) => path.join(folder, name)),
  built: inProject('build/second-opinion'),
};

/** @returns {Promise<string>} absolute path of the binary that these sources make */
export const secondOpinion = () => cargoBinary(CRATE);

/** Runs the tests beside its code; throws with what they say where one fails. */
export const testSecondOpinion = () => testCrate(CRATE);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await entry(async () => void process.stdout.write(`${await secondOpinion()}\n`));
}
