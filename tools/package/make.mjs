// From the built app to files that are handed out, and proof that they work.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { libraryPackages } from '../electron-runtime/libraries.mjs';
import { ensureElectron } from '../electron-runtime/path.mjs';
import { ensurePackages } from '../lib/debian.mjs';
import { Failure } from '../lib/failure.mjs';
import { readJson } from '../lib/files.mjs';
import { sha256 } from '../lib/hash.mjs';
import { inProject } from '../lib/paths.mjs';
import { ask } from '../lib/run.mjs';
import { progress } from '../lib/say.mjs';
import { makeDeb, makeTarball } from './archives.mjs';
import { fillContents, NAME } from './contents.mjs';
import { checkFuses } from './fuses.mjs';
import { tryPackage } from './try.mjs';

const OUT = inProject('build/package');

export async function makePackages() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Failure(
      'Packages are made on Linux (x86-64). For macOS and Windows see tools/package/README.md.',
    );
  const missing = [
    ['zstd', 'zstd'],
    ['Xvfb', 'xvfb'],
    ['dpkg-deb', 'dpkg'],
  ].filter(([program]) => ask('sh', ['-c', `command -v ${program}`]) === undefined);
  const packages = [...missing.map(([, name]) => ({ name })), ...libraryPackages(await ensureElectron())];
  if (packages.length > 0) await ensurePackages(packages, 'packaging');

  const { version } = readJson(inProject('package.json'));
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'package-'));
  fs.mkdirSync(OUT, { recursive: true });
  try {
    const contents = path.join(work, NAME);
    fs.mkdirSync(contents);
    const executable = await progress('putting the package together', () => fillContents(contents));
    const fuses = await checkFuses(executable);
    const deb = path.join(OUT, `${NAME}_${version}_amd64.deb`);
    const tarball = path.join(OUT, `${NAME}-${version}-linux-x64.tar.zst`);
    await progress('making the .deb', () => makeDeb(contents, { version, file: deb, work }));
    await progress('making the .tar.zst', () => makeTarball(contents, tarball));
    const seen = await progress('starting the package', () => tryPackage(deb));
    tell(fuses, [deb, tarball], seen);
    return 0;
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

function tell(fuses, files, seen) {
  const out = (line) => process.stdout.write(`${line}\n`);
  out('fuses, read back from the executable:');
  for (const { name, state } of fuses) out(`  ${name.padEnd(40)} ${state}`);
  for (const file of files) {
    const bytes = fs.readFileSync(file);
    out(
      `${sha256(bytes)}  ${path.relative(process.cwd(), file)}  ${(bytes.length / 2 ** 20).toFixed(1)} MiB`,
    );
  }
  out(`installed and started: ${seen}`);
}
