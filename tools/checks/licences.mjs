#!/usr/bin/env node
// THIRD_PARTY.md from package-lock.json: `node tools/checks/licences.mjs` writes it; the tests compare.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { entry } from '../lib/failure.mjs';
import { readJson, writeWhole } from '../lib/files.mjs';
import { inProject } from '../lib/paths.mjs';

const FILE = inProject('THIRD_PARTY.md');

/** Every package of the lockfile once per version: what ships, or what only tests use. */
function packages(development) {
  const { packages: all } = readJson(inProject('package-lock.json'));
  const rules = readJson(inProject('tools/checks/licences.json'));
  const found = new Map();
  for (const [where, { version, license, dev }] of Object.entries(all)) {
    if (where === '' || Boolean(dev) !== development) continue;
    const name = where.slice(where.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const known = rules.packages[name];
    const allowed = [...rules.production, ...(development ? rules.development : [])];
    const ok = known ? license === undefined || license === known.licence : allowed.includes(license);
    found.set(`${name} ${version}`, {
      name,
      version,
      licence: license ?? known?.licence,
      note: known?.note,
      ok,
    });
  }
  return [...found.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1,
  );
}

function render() {
  const shipped = packages(false);
  const notes = shipped
    .filter((p) => p.note)
    .map((p) => `- **${p.name} ${p.version}** (${p.licence}): ${p.note}`);
  const rows = shipped.map((p) => `| ${p.name} | ${p.version} | ${p.licence} |`);
  return `# Third-party software

Written by \`node tools/checks/licences.mjs\` from package-lock.json; \`npm test\` fails when it is out of date.
Each package's own licence text is in its folder of node_modules.

## Worth knowing

${notes.join('\n')}

## Built on your machine, part of no release

Programs that the embedded network and the tests run are compiled from crates.io: squads-multisig-program 2.0.0
(Business Source License 1.1: testing is allowed, production use of a build of your own is not), spl-governance 4.0.0
and spl-stake-pool 2.2.0 (Apache-2.0). Neither their source nor their binaries are in this repository.
\`tools/second-opinion\` is compiled with base64, bs58, serde, serde_json, sha2, unicode-normalization (MIT or Apache-2.0)
and curve25519-dalek (BSD-3-Clause), at the versions of its Cargo.lock. \`test/attacks/model/host\` is the program of this
repository with spl-token 8.0.0, spl-token-2022 8.0.1 and spl-associated-token-account 7.0.0 (Apache-2.0).

## Packages

| Package | Version | Licence |
| --- | --- | --- |
${rows.join('\n')}
`;
}

/** Licences that nobody has looked at, and a notice file that no longer fits. */
export function licenceProblems() {
  const unknown = [...packages(false), ...packages(true)].filter((p) => !p.ok);
  const problems = unknown.map(
    (p) =>
      `${p.name} ${p.version} has the licence ${p.licence ?? '(none)'}, not allowed by tools/checks/licences.json`,
  );
  const have = fs.existsSync(FILE) ? fs.readFileSync(FILE, 'utf8') : '';
  if (have !== render()) problems.push('THIRD_PARTY.md is out of date: run `node tools/checks/licences.mjs`');
  return problems;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await entry(() => writeWhole(FILE, render()));
}
