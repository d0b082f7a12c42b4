#!/usr/bin/env node
// `npm run screenshots`: every screen of the window in both themes, into docs/screenshots.
import { entry } from './lib/failure.mjs';
import { ensureModules } from './lib/modules.mjs';
import { checkNode } from './lib/node-version.mjs';
import { inProject } from './lib/paths.mjs';
import { runVitest } from './test/vitest.mjs';

await entry(async () => {
  checkNode();
  await ensureModules();
  process.env.SIP_SCREENSHOTS = inProject('docs/screenshots');
  const { failed } = await runVitest(['test/app/screenshots']);
  return failed === 0 ? 0 : 1;
});
