#!/usr/bin/env node
// Program binaries for the embedded network and the tests: `node tools/programs.mjs [NAME…] [--output json]`.
// Builds what is missing (progress on standard error) and tells where each is, its SHA-256 and its origin.
import { entry, Failure } from './lib/failure.mjs';
import { ensurePrograms } from './programs/ensure.mjs';

await entry(async (argv) => {
  const names = [];
  let json = false;
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--output' && argv[i + 1] === 'json') {
      json = true;
      i++;
    } else if (argv[i].startsWith('-')) {
      throw new Failure(`Unknown option ${argv[i]}. Usage: node tools/programs.mjs [NAME…] [--output json]`, {
        exit: 2,
      });
    } else names.push(argv[i]);
  }
  const programs = await ensurePrograms(names.length > 0 ? names : undefined);
  const unknown = names.filter((name) => !programs.some((program) => program.name === name));
  if (unknown.length > 0) throw new Failure(`There is no program named ${unknown.join(', ')}.`, { exit: 2 });
  if (json) process.stdout.write(`${JSON.stringify(programs)}\n`);
  else
    for (const p of programs)
      process.stdout.write(`${p.name}  ${p.id}\n  ${p.path}\n  sha256 ${p.sha256}, ${p.origin}\n`);
});
