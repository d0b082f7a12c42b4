#!/usr/bin/env node
// `npm start`: the council console's window; where there is no display, the main job from end to end on an embedded
// network: every SIP of sips/ rehearsed. `npm start -- --rehearse` does that anyway; arguments go to what is started.
import { pathToFileURL } from 'node:url';
import { screenSwitches } from './desktop/screen.mjs';
import { openWindow } from './desktop/window.mjs';
import { ensureBundle } from './lib/bundle/bundle.mjs';
import { isRoot } from './lib/debian.mjs';
import { entry } from './lib/failure.mjs';
import { ensureModules } from './lib/modules.mjs';
import { checkNode } from './lib/node-version.mjs';
import { projectRoot } from './lib/paths.mjs';
import { say } from './lib/say.mjs';
import { ensurePrograms } from './programs/ensure.mjs';

async function rehearse(args) {
  await ensurePrograms();
  const bundle = await ensureBundle();
  process.env.SIP_PROJECT ??= projectRoot;
  const { main } = await import(pathToFileURL(bundle).href);
  return main(['rehearse', 'sips/', ...args]);
}

await entry(async (argv) => {
  checkNode();
  await ensureModules();
  if (argv[0] === '--rehearse') return rehearse(argv.slice(1));
  const switches = screenSwitches({ forOther: isRoot() });
  if (switches !== undefined) return openWindow(argv, switches);
  say('No display for a window ($DISPLAY is not set): the documents of sips/ are rehearsed instead.');
  return rehearse(argv);
});
