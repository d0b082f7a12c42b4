import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runSip } from '#governance/cli/testing/run-sip.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import { confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { screenshot } from './support/screenshot.ts';

/** An LST team hands in a SIP as a file; a sponsor submits it; who does not have the text is given it, and only the very text. */

let display: Display;
let launched: Launched;
let page: Page;
let own: string;
let info: SandboxInfo;
let sipz: string;
let text: string;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  page = launched.window;
  await untilReady(page);
  own = join(launched.dataDir, 'share', 'solayer-council');
  info = JSON.parse(readFileSync(join(own, 'sandbox', 'window', 'sandbox.json'), 'utf8')) as SandboxInfo;
  const eight = readFileSync(documentOf('sip-0008'), 'utf8');
  text = eight.replace('SIP: 8\n', 'SIP: 9\n');
  const file = join(launched.dataDir, 'sip-0009-whitelist-jupsol.md');
  writeFileSync(file, text);
  sipz = join(launched.dataDir, 'jupsol.sipz');
  const made = await runSip(['export', file, sipz, '--keypair', info.members[5]!.keypairPath]);
  expect(made.stderr + made.stdout).toContain('SIP-9');
  chmodSync(sipz, 0o644);
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

function documentOf(prefix: string): string {
  const sips = join(own, 'sips');
  const folder = join(sips, readdirSync(sips)[0] ?? '');
  return join(folder, readdirSync(folder).find((name) => name.startsWith(prefix)) ?? 'none');
}

const open = (route: string) =>
  page.evaluate((to) => {
    globalThis.location.hash = `/${to}`;
  }, route);
const give = (label: string, name: string, content: string | Buffer) =>
  page
    .getByLabel(label, { exact: true })
    .last()
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });

it('is imported with its author, and waits for a sponsor', async () => {
  await open('sips');
  await page.getByText('Drop a SIP here').waitFor();
  await give('Choose a file', 'jupsol.sipz', readFileSync(sipz));
  await page.getByText('It is among the documents now.').waitFor();
  await page.locator('.imported', { hasText: 'Seat 5' }).waitFor();
  await screenshot(page, 'sips-imported-light');
  await open('inbox');
  await page.getByText(/By JupSOL team .*, handed in by seat 5/i).waitFor();
});

it('refuses what is no SIP, and says so', async () => {
  await open('sips');
  await give('Choose a file', 'x.sipz', '{"schemaVersion":1}');
  await page.getByText('HANDOFF_INVALID').waitFor();
  await screenshot(page, 'sips-import-refused-light');
});

it('is submitted by a member', async () => {
  await open('sip/9');
  const shown = await confirmed(launched, () =>
    page.getByRole('button', { name: 'Submit SIP-9 to the council' }).click(),
  );
  expect(shown).toContain('Propose SIP-9');
  await page.getByText('SIP-9 is before the council as transaction 1.').waitFor();
});

it('whoever lacks the text is shown the digest, and takes only the very text', async () => {
  rmSync(documentOf('sip-0009'));
  rmSync(join(own, 'store'), { recursive: true });
  await open('tx/1/text');
  await page.getByText('No text at hand has this digest').waitFor();
  await screenshot(page, 'tx-text-missing-light');
  await give('Choose the document', 'sip-0008.md', readFileSync(documentOf('sip-0008')));
  await page.getByText('This is another text.').waitFor();
  await give('Choose the document', 'sip-0009.md', text.replace('250,000', '950,000'));
  await page.getByText('This is another text.').waitFor();
  await screenshot(page, 'tx-text-other-light');
  expect(await callIn(page, 'proposals.read', { transactionIndex: '1' })).toMatchObject({
    ok: true,
    value: { verdict: 'digest-unknown' },
  });
  await give('Choose the document', 'sip-0009.md', text);
  await page.getByText('Does exactly what SIP-9 says').waitFor();
});

it('an author signs a hand-in in the window, and the command line accepts it', async () => {
  const saved = join(launched.dataDir, 'out.sipz');
  await launched.app.evaluate(({ dialog }, to) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: to });
  }, saved);
  await open('sip/8');
  const shown = await confirmed(launched, () =>
    page.getByRole('button', { name: 'Sign and save as .sipz' }).click(),
  );
  expect(shown).toContain('Hand in SIP-8');
  await page.getByText('Saved.', { exact: true }).waitFor();
  const read = await runSip(['import', saved, '--check', '--author', info.members[0]!.publicKey]);
  expect(read.stdout).toContain('SIP-8');
});
