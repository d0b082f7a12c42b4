// The stand-in SBF toolchain in the cache folder: its key, and how it gets there.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePackages, installedVersions, isDebian } from '../lib/debian.mjs';
import { Failure } from '../lib/failure.mjs';
import { folderWhole, readJson, sweep } from '../lib/files.mjs';
import { contentHash, filesBelow } from '../lib/hash.mjs';
import { withLock } from '../lib/lock.mjs';
import { inCache } from '../lib/paths.mjs';
import { ask } from '../lib/run.mjs';
import { progress } from '../lib/say.mjs';
import { bootstrap } from './bootstrap.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const versions = readJson(path.join(here, 'versions.json'));

const allowOther = () => process.env.SBF_ALLOW_OTHER_VERSIONS === '1';

/** What the toolchain consists of: everything here but this file, the tests and the README. */
function toolchainFiles() {
  return filesBelow(
    [here],
    (file) => !/README\.md$|toolchain\.mjs$|\.test\.ts$|[\\/]arithmetic[\\/]/.test(file),
  );
}

/** Compiler packages as proven, or, where other versions are allowed, as installed. */
function compilerVersions() {
  if (!allowOther()) return versions.compiler;
  return { ...versions.compiler, ...Object.fromEntries(installedVersions(Object.keys(versions.compiler))) };
}

/** Hash over the toolchain's files and the compilers' versions; part of every program's cache key. */
export function toolchainKey() {
  return contentHash(here, toolchainFiles(), [JSON.stringify(compilerVersions())]);
}

/** Whether the stand-in can be had on this machine at all. */
export const standInPossible = () => isDebian() && process.arch === 'x64';

/** Where there is no cargo. */
const CARGO_PACKAGES = [{ name: 'cargo-web' }, { name: 'g++' }, { name: 'libc6-dev' }];
const compilerPackages = () => [
  ...Object.entries(versions.compiler).map(([name, version]) => ({ name, version })),
  ...versions.anyVersion.map((name) => ({ name })),
];

/** The environment in which rustup's cargo is found too. */
export function environmentWithCargo() {
  const bin = path.join(process.env.CARGO_HOME ?? path.join(os.homedir(), '.cargo'), 'bin');
  return { ...process.env, PATH: [process.env.PATH, bin].filter(Boolean).join(path.delimiter) };
}

/** Debian's packages that the stand-in builds with. */
export const standInPackages = () => [
  ...(ask('cargo', ['--version'], environmentWithCargo()) ? [] : CARGO_PACKAGES),
  ...compilerPackages().map(({ name, version }) => (allowOther() ? { name } : { name, version })),
];

/**
 * The cargo to use and an environment in which it is found.
 * rustup's cargo, or any other on the PATH, or Debian's `cargo-web` where there is none.
 */
export async function cargoEnvironment() {
  const withBin = environmentWithCargo();
  if (ask('cargo', ['--version'], withBin)) return withBin;
  if (!isDebian())
    throw new Failure('Building the programs needs Rust: install it from https://rustup.rs, then try again.');
  await ensurePackages(CARGO_PACKAGES, 'cargo');
  return withBin;
}

/**
 * Path of the ready toolchain; installs the compilers, patches std and compiles the LLVM pass where needed.
 * @returns {Promise<string>} a folder with `cargo-build-sbf` in it
 */
export async function ensureToolchain() {
  await withLock(inCache('locks', 'sbf.lock'), 'preparing the stand-in SBF toolchain', async () => {
    // Also when the copy is ready: it calls the system's rustc and LLVM, which may have moved on since.
    await ensurePackages(compilerPackages(), 'the stand-in SBF toolchain', { anyVersion: allowOther() });
    const folder = toolchainFolder();
    if (fs.existsSync(folder)) return;
    sweep(path.dirname(folder));
    await progress('preparing the stand-in SBF toolchain', async () => {
      await folderWhole(folder, (fresh) => bootstrap(here, toolchainFiles(), fresh));
    });
  });
  return toolchainFolder();
}

const toolchainFolder = () => inCache('sbf', toolchainKey().slice(0, 16));
