// What is installed is what was reviewed: checks of package-lock.json, Cargo.lock and .npmrc.
import fs from 'node:fs';
import { readJson } from '../lib/files.mjs';
import { filesBelow } from '../lib/hash.mjs';
import { inProject } from '../lib/paths.mjs';
import { nameOf, stolenProblems } from './stolen.mjs';

/** A second copy of these would make two incompatible classes or two ideas of a number. */
const ONE_COPY = ['@solana/web3.js', '@coral-xyz/anchor', '@sqds/multisig', 'bn.js', 'zod'];
const NPM = 'https://registry.npmjs.org/';
const CRATES = 'registry+https://github.com/rust-lang/crates.io-index';

/** Whether a package at `where` would find `name`, as Node looks for it. */
function resolves(packages, where, name) {
  for (let at = where; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

function npmProblems() {
  const { lockfileVersion, packages } = readJson(inProject('package-lock.json'));
  const mayHaveScripts = readJson(inProject('tools/checks/install-scripts.json'));
  const problems = lockfileVersion === 3 ? [] : [`package-lock.json has version ${lockfileVersion}, not 3`];
  problems.push(...stolenProblems(packages));
  const copies = new Map();
  for (const [where, entry] of Object.entries(packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      // A lock made where a platform's package could not be seen leaves its users without a binary.
      if (!resolves(packages, where, name))
        problems.push(`package-lock.json lacks ${name}, which ${where || 'the project'} has for some system`);
    }
    if (where === '') continue;
    const name = nameOf(where);
    copies.set(name, [...(copies.get(name) ?? []), entry.version]);
    if (!/^sha512-/.test(entry.integrity ?? ''))
      problems.push(`${where} has no SHA-512 integrity in package-lock.json`);
    if (entry.resolved && !entry.resolved.startsWith(NPM))
      problems.push(`${where} comes from elsewhere than ${NPM}`);
    if (entry.link) problems.push(`${where} is a link`);
    if (entry.hasInstallScript && !(name in mayHaveScripts)) {
      problems.push(
        `${name} ${entry.version} has an install script and is not in tools/checks/install-scripts.json`,
      );
    }
  }
  for (const name of ONE_COPY) {
    const versions = copies.get(name) ?? [];
    if (versions.length > 1)
      problems.push(`there are ${versions.length} copies of ${name}: ${versions.join(', ')}`);
  }
  return problems;
}

function manifestProblems() {
  const manifest = readJson(inProject('package.json'));
  const problems = [];
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
      // Also under another name: npm:electron@33.2.1
      if (!/^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
        problems.push(`package.json names ${name} as ${version}, not as one exact version`);
    }
  }
  for (const hook of ['preinstall', 'install', 'postinstall', 'prepare']) {
    if (manifest.scripts?.[hook])
      problems.push(`package.json has a script that runs at installation: ${hook}`);
  }
  const settings = fs.readFileSync(inProject('.npmrc'), 'utf8').split('\n');
  if (!settings.includes('ignore-scripts=true')) problems.push('.npmrc does not say ignore-scripts=true');
  if (settings.some((line) => /^\s*(@[\w-]+:)?registry\s*=|_auth/.test(line)))
    problems.push('.npmrc names a registry or a credential');
  return problems;
}

function cargoProblems() {
  const problems = [];
  const locks = [
    inProject('Cargo.lock'),
    ...filesBelow([inProject('tools'), inProject('test')], (file) => file.endsWith('Cargo.lock')),
  ];
  for (const file of locks) {
    for (const entry of fs.readFileSync(file, 'utf8').split('[[package]]').slice(1)) {
      const field = (name) => new RegExp(`^${name} = "(.*)"$`, 'm').exec(entry)?.[1];
      const source = field('source');
      if (source === undefined) continue; // a crate of this repository
      const crate = `${field('name')} ${field('version')}`;
      if (source !== CRATES) problems.push(`${crate} comes from elsewhere than crates.io`);
      if (!field('checksum')) problems.push(`${crate} has no checksum in ${file}`);
    }
  }
  return problems;
}

export const lockfileProblems = () => [...npmProblems(), ...manifestProblems(), ...cargoProblems()];
