#!/usr/bin/env node
// The `sip` command line in this clone: gets the packages, bundles governance/cli/main.ts where it has changed,
// and runs it in this very process, so that signals and the exit code are its own.
import { pathToFileURL } from 'node:url';
import { ensureBundle } from './lib/bundle/bundle.mjs';
import { entry } from './lib/failure.mjs';
import { ensureModules } from './lib/modules.mjs';
import { checkNode } from './lib/node-version.mjs';
import { projectRoot } from './lib/paths.mjs';

await entry(async (argv) => {
  checkNode();
  await ensureModules();
  const bundle = await ensureBundle();
  process.env.SIP_PROJECT ??= projectRoot;
  const { main } = await import(pathToFileURL(bundle).href);
  return main(argv);
});
