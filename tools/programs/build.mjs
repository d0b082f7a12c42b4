// Building one group of programs, with the official tool where it works, else with the stand-in.
import fs from 'node:fs';
import path from 'node:path';
import { Failure } from '../lib/failure.mjs';
import { inCache, projectRoot } from '../lib/paths.mjs';
import { ask, run } from '../lib/run.mjs';
import { progress, say } from '../lib/say.mjs';
import {
  cargoEnvironment,
  ensureToolchain,
  environmentWithCargo,
  standInPackages,
  standInPossible,
  toolchainKey,
} from '../sbf/toolchain.mjs';

const OFFICIAL_HINT =
  'Install the official one, then try again:\n  sh -c "$(curl -sSfL https://release.anza.xyz/stable/install)"';

/** The name and version that an installed official `cargo build-sbf` gives itself, or undefined. */
function officialTool(env) {
  const said = ask('cargo', ['build-sbf', '--version'], env);
  return said && !said.includes('stand-in') ? said.split('\n')[0] : undefined;
}

/** Debian's packages that a build here stands on; none where the official tool does it. */
export const packagesToBuild = () =>
  !standInPossible() || officialTool(environmentWithCargo()) ? [] : standInPackages();

/** Files named `binary` that the build has put anywhere below the folders; the newest first. */
function findBinary(binary, folders) {
  const found = [];
  for (const folder of folders) {
    const direct = path.join(folder, binary);
    if (fs.existsSync(direct)) found.push(direct);
  }
  return found.find((file) => fs.statSync(file).size > 0);
}

async function cargoBuildSbf(group, env, targetDir, out) {
  const packages = group.programs.flatMap((program) => ['-p', program.crate]);
  const args = [
    'build-sbf',
    '--manifest-path',
    group.manifest,
    '--sbf-out-dir',
    out,
    '--',
    '--locked',
    ...packages,
  ];
  return progress(`building ${group.programs.map((p) => p.name).join(', ')}`, async (doing) => {
    let compiled = 0;
    const onLine = (line) => {
      const crate = /^Compiling (\S+ \S+)/.exec(line)?.[1];
      if (crate) doing(`crate ${++compiled}: ${crate}`);
    };
    return run('cargo', args, { cwd: projectRoot, env: { ...env, CARGO_TARGET_DIR: targetDir }, onLine });
  });
}

/** One folder for all programs, so that std and shared crates are compiled once; unused ones go after a month. */
function standInTarget() {
  const all = inCache('target');
  const name = `sbf-${toolchainKey().slice(0, 16)}`;
  for (const other of fs.existsSync(all) ? fs.readdirSync(all) : []) {
    const age = Date.now() - fs.statSync(path.join(all, other)).mtimeMs;
    if (other.startsWith('sbf-') && other !== name && age > 30 * 24 * 3600 * 1000) {
      fs.rmSync(path.join(all, other), { recursive: true, force: true });
    }
  }
  return path.join(all, name);
}

const tail = (result) => `${result.out}\n${result.err}`.trim().split('\n').slice(-40).join('\n');

/**
 * Builds a group into `out` (an existing, empty folder).
 * @param {import('./catalogue.mjs').Group} group
 * @returns {Promise<string>} what built it, for people
 */
export async function buildGroup(group, out) {
  const env = await cargoEnvironment();
  const official = officialTool(env);
  if (official) {
    const target = inCache('target', 'official');
    const result = await cargoBuildSbf(group, env, target, out);
    collect(group, out, [
      out,
      ...['sbpf', 'sbf'].map((arch) => path.join(target, `${arch}-solana-solana`, 'release')),
    ]);
    if (result.code === 0 && complete(group, out)) return official;
    say(`the installed cargo build-sbf did not build ${group.name}; using the stand-in toolchain`);
  }
  if (!standInPossible()) {
    throw new Failure(
      `Building ${group.name} needs \`cargo build-sbf\`; the stand-in toolchain runs on Debian 12 (x64) only. ${OFFICIAL_HINT}`,
    );
  }
  const toolchain = await ensureToolchain();
  const standIn = { ...env, PATH: `${toolchain}${path.delimiter}${env.PATH}` };
  const result = await cargoBuildSbf(group, standIn, standInTarget(), out);
  if (result.code !== 0)
    throw new Failure(
      `Building ${group.name} failed (cargo build-sbf, exit ${result.code}):\n${tail(result)}`,
    );
  if (!complete(group, out))
    throw new Failure(`Building ${group.name} gave no binary for each of its programs.`);
  return 'the stand-in SBF toolchain';
}

const complete = (group, out) => group.programs.every((program) => findBinary(program.binary, [out]));

function collect(group, out, folders) {
  for (const program of group.programs) {
    const from = findBinary(program.binary, folders);
    if (from && path.dirname(from) !== out) fs.copyFileSync(from, path.join(out, program.binary));
  }
}
