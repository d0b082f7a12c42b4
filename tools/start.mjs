#!/usr/bin/env node
// `npm start`: until the window exists, the main job from end to end on an embedded network: every SIP of sips/
// rehearsed. Arguments after `--` go to the rehearsal.
import { pathToFileURL } from 'node:url';
import { ensureBundle } from './lib/bundle/bundle.mjs';
import { entry } from './lib/failure.mjs';
import { ensureModules } from './lib/modules.mjs';
import { checkNode } from './lib/node-version.mjs';
import { projectRoot } from './lib/paths.mjs';
import { ensurePrograms } from './programs/ensure.mjs';

await entry(async (argv) => {
  checkNode();
  await ensureModules();
  await ensurePrograms();
  const bundle = await ensureBundle();
  process.env.SIP_PROJECT ??= projectRoot;
  const { main } = await import(pathToFileURL(bundle).href);
  return main(['rehearse', 'sips/', ...argv]);
});
