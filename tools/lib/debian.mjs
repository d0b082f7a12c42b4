// System packages: installed by ourselves on Debian as root, else asked for with the exact line to run.
import fs from 'node:fs';
import { Failure } from './failure.mjs';
import { ask, run } from './run.mjs';
import { progress } from './say.mjs';

/** @typedef {{ name: string, version?: string }} Package `version` is Debian's, exact; left out: whatever there is. */

function osRelease() {
  try {
    const text = fs.readFileSync('/etc/os-release', 'utf8');
    return Object.fromEntries(
      text
        .split('\n')
        .filter((line) => line.includes('='))
        .map((line) => [
          line.slice(0, line.indexOf('=')),
          line.slice(line.indexOf('=') + 1).replaceAll('"', ''),
        ]),
    );
  } catch {
    return {};
  }
}

export const isDebian = () => osRelease().ID === 'debian';
/** Debian or one of its descendants, whose packages mostly have the same names. */
export const aptGets = () => isDebian() || (osRelease().ID_LIKE ?? '').split(' ').includes('debian');
export const isRoot = () => process.getuid?.() === 0;

/** @returns {{ id?: string, version?: number }} `version` as in 12 or 24.04 */
export function systemVersion() {
  const { ID, VERSION_ID } = osRelease();
  return { id: ID, version: VERSION_ID === undefined ? undefined : Number(VERSION_ID) };
}

/** Version of each installed package by name; packages that are not installed are missing. */
export function installedVersions(names) {
  const out = ask('sh', [
    '-c',
    `dpkg-query -W -f='\${Package} \${Version} \${Status}\\n' "$@" 2>/dev/null; true`,
    'sh',
    ...names,
  ]);
  const versions = new Map();
  for (const line of (out ?? '').split('\n')) {
    const [name, version, , , status] = line.split(' ');
    if (status === 'installed') versions.set(name, version);
  }
  return versions;
}

const spelled = ({ name, version }) => (version ? `${name}=${version}` : name);

const installing = (packages) =>
  `apt-get update && apt-get install -y --no-install-recommends ${packages.map(spelled).join(' ')}`;

/** Those that are not there, or not in the version asked for. */
function missingOf(packages, anyVersion) {
  const have = installedVersions(packages.map((p) => p.name));
  return packages.filter(
    (p) => !have.has(p.name) || (p.version && !anyVersion && have.get(p.name) !== p.version),
  );
}

/** For ask-root.mjs: the packages that are missing now, installed. */
export function packagesNeed(packages) {
  const missing = missingOf(packages, false);
  return {
    line: installing(missing),
    met: () => missing.length === 0 || missingOf(missing, false).length === 0,
  };
}

let updated = false;
async function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  return run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-q', ...args], { env });
}

/**
 * Makes sure that the packages are there, each in the version asked for.
 * @param {readonly Package[]} packages @param {string} why what they are needed for, in words
 * @param {{ anyVersion?: boolean }} [options] `anyVersion`: where the exact version is not to be had, take another
 */
export async function ensurePackages(packages, why, { anyVersion = false } = {}) {
  if (!isDebian())
    throw new Failure(
      `${why} needs Debian's packages ${packages.map(spelled).join(' ')}; this is not Debian.`,
    );
  const missing = missingOf(packages, anyVersion);
  if (missing.length === 0) return;
  if (!isRoot())
    throw new Failure(
      `${why} needs system packages. Run this once, then try again:\n  sudo sh -c '${installing(missing)}'`,
    );
  await progress(`installing ${missing.map((p) => p.name).join(', ')} (${why})`, async () => {
    if (!updated) {
      const update = await apt(['update']);
      if (update.code !== 0)
        throw new Failure(`apt-get update failed:\n${update.err.trim().split('\n').slice(-5).join('\n')}`);
      updated = true;
    }
    const install = ['install', '-y', '--no-install-recommends', '--allow-downgrades'];
    let result = await apt([...install, ...missing.map(spelled)]);
    if (result.code !== 0 && anyVersion) result = await apt([...install, ...missing.map((p) => p.name)]);
    if (result.code === 0) return;
    const gone = [...result.err.matchAll(/Version '([^']+)' for '([^']+)' was not found/g)];
    if (gone.length > 0) {
      throw new Failure(
        `Debian's archive no longer has ${gone.map(([, version, name]) => `${name} ${version}`).join(', ')}, ` +
          `which ${why} was proven with. SBF_ALLOW_OTHER_VERSIONS=1 tries the version it has now; ` +
          'then run `npm test -- tools/sbf`, which compares the results with this machine.',
      );
    }
    throw new Failure(`apt-get install failed:\n${result.err.trim().split('\n').slice(-8).join('\n')}`);
  });
}
