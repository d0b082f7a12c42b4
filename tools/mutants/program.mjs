// Builds the restaking program of another folder than this one's: `node tools/mutants/program.mjs FOLDER OUT`.
import fs from 'node:fs';
import path from 'node:path';
import { entry } from '../lib/failure.mjs';
import { withLock } from '../lib/lock.mjs';
import { inCache } from '../lib/paths.mjs';
import { buildGroup } from '../programs/build.mjs';
import { GROUPS } from '../programs/catalogue.mjs';

await entry(async ([folder, out]) => {
  const group = GROUPS.find(({ name }) => name === 'restaking');
  fs.mkdirSync(out, { recursive: true });
  // It shares its target folder with the build of the programs.
  await withLock(inCache('locks', 'programs.lock'), 'building a program with mutants in it', () =>
    buildGroup({ ...group, manifest: path.join(folder, 'programs/restaking/Cargo.toml') }, out),
  );
  process.stdout.write(`${path.join(out, group.programs[0].binary)}\n`);
});
