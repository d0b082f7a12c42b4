import { expect, it } from 'vitest';
import { runSip } from '../testing/run-sip.ts';
import { folderWithSips } from '../testing/sip-folder.ts';

it.each([
  ['without a text', ['request-changes', '8'], 'USAGE'],
  ['with an empty one', ['request-changes', '8', '--text', ' '], 'USAGE'],
])('is refused %s, before anything is looked at', async (_, argv, code) => {
  const ran = await runSip([...argv, '--output', 'json'], { cwd: folderWithSips() });
  expect(ran.code).toBe(2);
  expect(ran.json()).toMatchObject({ error: { code } });
});
