#!/usr/bin/env node
// The restaking program's IDL and its TypeScript type: `node tools/idl.mjs` writes them into
// governance/restaking/generated, `--check` only compares (exit 1 where they differ).
import fs from 'node:fs';
import path from 'node:path';
import { entry, Failure } from './lib/failure.mjs';
import { folderWhole, writeWhole } from './lib/files.mjs';
import { contentHash, filesBelow } from './lib/hash.mjs';
import { withLock } from './lib/lock.mjs';
import { inCache, inProject, projectRoot } from './lib/paths.mjs';
import { say } from './lib/say.mjs';
import { GROUPS } from './programs/catalogue.mjs';

const GENERATED = 'governance/restaking/generated';
const NAMES = ['restaking.json', 'restaking.ts'];

const readAll = (folder) => NAMES.map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));

/** The files' contents in the order of NAMES, from the cache where the program has not changed. */
async function current() {
  const program = GROUPS.find((group) => group.name === 'restaking');
  const sources = [...program.sources(), ...filesBelow([inProject('tools/idl')])];
  const folder = inCache('idl', contentHash(projectRoot, sources).slice(0, 16));
  if (!fs.existsSync(folder)) {
    await withLock(inCache('locks', 'idl.lock'), 'generating the IDL', async () => {
      if (fs.existsSync(folder)) return;
      const { buildIdl } = await import('./idl/build.mjs');
      const files = await buildIdl();
      await folderWhole(folder, (fresh) => {
        for (const name of NAMES) fs.writeFileSync(path.join(fresh, name), files[name]);
      });
    });
  }
  return readAll(folder);
}

await entry(async (argv) => {
  const check = argv.includes('--check');
  if (argv.some((arg) => arg !== '--check'))
    throw new Failure('Usage: node tools/idl.mjs [--check]', { exit: 2 });
  const contents = await current();
  const differing = NAMES.filter((name, i) => {
    const file = inProject(GENERATED, name);
    return !fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== contents[i];
  });
  if (differing.length === 0) return 0;
  if (check) {
    say(
      `${differing.map((name) => `${GENERATED}/${name}`).join(' and ')} no longer fit programs/restaking; run \`node tools/idl.mjs\`.`,
    );
    return 1;
  }
  for (const name of differing) {
    writeWhole(inProject(GENERATED, name), contents[NAMES.indexOf(name)]);
    say(`wrote ${GENERATED}/${name}`);
  }
  return 0;
});
