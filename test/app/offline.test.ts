import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import bs58 from 'bs58';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runSip } from '#governance/cli/testing/run-sip.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import { confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { screenshot } from './support/screenshot.ts';

/** A member whose key is on another machine: the message goes out as a file, the command line there signs it, it comes back. */

let display: Display;
let launched: Launched;
let page: Page;
let info: SandboxInfo;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  page = launched.window;
  await untilReady(page);
  const own = join(launched.dataDir, 'share', 'solayer-council');
  info = JSON.parse(readFileSync(join(own, 'sandbox', 'window', 'sandbox.json'), 'utf8')) as SandboxInfo;
  let submitting: Promise<unknown> = Promise.resolve();
  await confirmed(launched, async () => {
    submitting = callIn(page, 'sips.submit', { sip: 4 });
  });
  expect(await submitting).toMatchObject({ ok: true });
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

const member = () => info.members[1]!;
const open = (route: string) =>
  page.evaluate((to) => {
    globalThis.location.hash = `/${to}`;
  }, route);

/** Whatever main's dialogs ask for from now on is this path. */
const dialogsAnswer = (path: string) =>
  launched.app.evaluate(({ dialog }, to) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: to });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [to] });
  }, path);

it('adds the key by its public half, and says what the council lets it do', async () => {
  await open('settings');
  await page.getByRole('button', { name: 'Add a key on another machine' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Key in the safe');
  await page.getByLabel(/^Its public key/).fill(member().publicKey);
  await screenshot(page, 'settings-signer-form');
  await page.getByRole('button', { name: 'Add the key' }).click();
  await page.getByText('In this council it may initiate, vote, execute.').waitFor();
  await screenshot(page, 'settings-signers');
  const again = await callIn(page, 'signers.add', {
    kind: 'offline',
    name: 'x',
    publicKey: member().publicKey,
  });
  expect(again).toMatchObject({ ok: false, error: { code: 'USAGE', sent: 'no' } });
});

it('a keypair file is chosen in the system’s dialog, and its path is not told', async () => {
  await dialogsAnswer(info.members[2]!.keypairPath);
  await page.getByRole('button', { name: 'Add a keypair file' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Test key');
  await page.getByRole('button', { name: 'Choose the file' }).click();
  await page.locator('.settings-rows strong', { hasText: 'Test key' }).waitFor();
  const rows = await callIn(page, 'signers.list', {});
  expect(rows).toMatchObject({
    ok: true,
    value: [{}, { publicKey: info.members[2]!.publicKey, mainnet: false }],
  });
  expect(JSON.stringify(rows)).not.toContain('keys');
});

it('approves with a signature that was made elsewhere, and takes no other', async () => {
  await page.getByLabel('Signing as').selectOption({ label: 'Key in the safe' });
  await open('tx/1/effect');
  const opening = launched.app.waitForEvent('window');
  await page.getByRole('button', { name: 'Approve with Key in the safe' }).click();
  const confirm = await opening;
  await confirm.getByRole('heading', { name: 'Approve transaction 1' }).waitFor();
  await screenshot(confirm, 'confirm-offline-light');
  const file = join(launched.dataDir, 'request.json');
  await dialogsAnswer(file);
  await confirm.getByRole('button', { name: 'Save as file' }).click();
  await confirm.getByText('Saved.').waitFor();
  await confirm.getByRole('button', { name: 'Show QR code' }).click();
  await confirm.getByRole('img', { name: 'The signing request as a QR code' }).waitFor();
  await screenshot(confirm, 'confirm-offline-qr');

  const use = async (signature: string) => {
    await confirm.getByLabel('Signature, base58').fill(signature);
    await confirm.getByRole('button', { name: /^Use this signature/ }).click();
  };
  await use(bs58.encode(new Uint8Array(64).fill(7)));
  await confirm.getByText('This signature is not of this message by this key.').waitFor();
  await screenshot(confirm, 'confirm-offline-foreign');

  const refused = await runSip(['sign', file, '--keypair', info.members[0]!.keypairPath, '--yes']);
  expect(refused).toMatchObject({ code: 2 });
  expect(refused.stderr).toContain('wants the signature of');
  const signed = await runSip(['sign', file, '--keypair', member().keypairPath, '--yes']);
  expect(signed.stderr).toContain('Approve transaction 1');
  await Promise.all([confirm.waitForEvent('close'), use(signed.stdout.trim())]);
  await page.getByText('Approved transaction 1.').waitFor();
  expect(await callIn(page, 'proposals.read', { transactionIndex: '1' })).toMatchObject({
    ok: true,
    value: { approvals: 1 },
  });
});
