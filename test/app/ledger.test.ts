import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type Behaviour,
  type SimulatedLedger,
  startSimulatedLedger,
} from '#desktop/ledger/testing/simulated-ledger.ts';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import { confirmed, pressLast } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { screenshot } from './support/screenshot.ts';

/** A member whose key is in a Ledger. The device is SIMULATED; the vendor's kit that speaks to it is the real one. */

let display: Display;
let device: SimulatedLedger;
let launched: Launched;
let page: Page;
let info: SandboxInfo;
let behaviour: Behaviour = { seedAt: () => new Uint8Array(32) };

const member = () => info.members[1]!;
/** The member's key at account 0 as the command line derives it, others elsewhere. */
const seedAt = (path: string) =>
  path === "44'/501'/0'"
    ? Uint8Array.from(JSON.parse(readFileSync(member().keypairPath, 'utf8')) as number[]).slice(0, 32)
    : sha256(new TextEncoder().encode(path));

beforeAll(async () => {
  device = await startSimulatedLedger(() => behaviour);
  display = await startDisplay();
  launched = await launchApp({ display, env: { SOLAYER_LEDGER_SIMULATOR: String(device.port) } });
  page = launched.window;
  await untilReady(page);
  const own = join(launched.dataDir, 'share', 'solayer-council');
  info = JSON.parse(readFileSync(join(own, 'sandbox', 'window', 'sandbox.json'), 'utf8')) as SandboxInfo;
  behaviour = { seedAt };
  let submitting: Promise<unknown> = Promise.resolve();
  await confirmed(launched, async () => {
    submitting = callIn(page, 'sips.submit', { sip: 4 });
  });
  expect(await submitting).toMatchObject({ ok: true });
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
  await device?.stop();
});

const open = (route: string) =>
  page.evaluate((to) => {
    globalThis.location.hash = `/${to}`;
  }, route);

/** It may have closed before anybody waits for that. */
const gone = async (window: Page) => void (window.isClosed() || (await window.waitForEvent('close')));

/** Presses Approve and releases it in the confirm window, which stays open while the device is at work. */
async function release(): Promise<Page> {
  await open('tx/1/effect');
  const opening = launched.app.waitForEvent('window');
  await page.getByRole('button', { name: 'Approve with Council Ledger' }).click();
  const confirm = await opening;
  await pressLast(
    confirm,
    confirm.getByRole('button', { name: 'Sign on the Ledger: Approve transaction 1' }),
  );
  return confirm;
}

it('is added after its address was compared on the device', async () => {
  await open('settings');
  await page.getByRole('button', { name: 'Add a Ledger' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Council Ledger');
  await page.getByRole('button', { name: 'Read its addresses' }).click();
  await page.getByText("44'/501'/0'/0'").waitFor();
  await page.getByLabel(/Solana’s command line/).check();
  await screenshot(page, 'settings-ledger-form');
  expect(device.shown).toEqual([]);
  await page.getByRole('button', { name: 'Check on the Ledger and add' }).click();
  await page.locator('.settings-rows strong', { hasText: 'Council Ledger' }).waitFor();
  expect(device.shown).toEqual([member().publicKey]);
  await page.getByText('In this council it may initiate, vote, execute.').waitFor();
});

it('that is locked, or whose app may not sign blindly, says what to do', async () => {
  await page.getByLabel('Signing as').selectOption({ label: 'Council Ledger' });
  behaviour = { seedAt, status: '5515' };
  const locked = await release();
  await gone(locked);
  await page.getByText('The Ledger is locked.').waitFor();
  behaviour = { seedAt, signStatus: '6808' };
  const blind = await release();
  await gone(blind);
  await page.getByText(/Allow blind sign/).waitFor();
  await screenshot(page, 'ledger-blind-signing-off');
});

it('that signs other bytes is not believed', async () => {
  behaviour = { seedAt, swaps: new Uint8Array(300) };
  const confirm = await release();
  await gone(confirm);
  await page.getByText(/is no signature of this message by this key/).waitFor();
});

it('is stopped in the confirm window while it waits for a thumb', async () => {
  let press: () => void = () => undefined;
  const pressed = new Promise<void>((resolve) => {
    press = resolve;
  });
  behaviour = { seedAt, untilPressed: () => pressed };
  const confirm = await release();
  await confirm.getByText(/Compare the hash on the Ledger/).waitFor();
  await screenshot(confirm, 'confirm-ledger');
  await Promise.all([
    confirm.waitForEvent('close'),
    confirm.getByRole('button', { name: 'Stop, and do not sign' }).click(),
  ]);
  press();
  expect(await callIn(page, 'proposals.read', { transactionIndex: '1' })).toMatchObject({
    ok: true,
    value: { approvals: 0 },
  });
});

it('approves with a signature of the device', async () => {
  behaviour = { seedAt };
  const confirm = await release();
  await gone(confirm);
  await page.getByText('Approved transaction 1.').waitFor();
  expect(await callIn(page, 'proposals.read', { transactionIndex: '1' })).toMatchObject({
    ok: true,
    value: { approvals: 1 },
  });
});
