import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import { type Browser, type SimulatedWallet, startBrowser } from './support/browser.ts';
import { confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { screenshot } from './support/screenshot.ts';

/** A member whose key is in a wallet of the browser: a real Chromium of its own, a SIMULATED wallet in it. */

let display: Display;
let launched: Launched;
let browser: Browser;
let page: Page;
let info: SandboxInfo;
let wallet: SimulatedWallet;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  page = launched.window;
  await untilReady(page);
  const own = join(launched.dataDir, 'share', 'solayer-council');
  info = JSON.parse(readFileSync(join(own, 'sandbox', 'window', 'sandbox.json'), 'utf8')) as SandboxInfo;
  const { publicKey, keypairPath } = info.members[1]!;
  const secret = JSON.parse(readFileSync(keypairPath, 'utf8')) as number[];
  wallet = { publicKey, seed: Uint8Array.from(secret.slice(0, 32)) };
  browser = await startBrowser(display, wallet);
  // What would start the system's browser only notes the address.
  await launched.app.evaluate(({ shell }) => {
    shell.openExternal = async (url) => void Reflect.set(globalThis, 'openedPage', url);
  });
  let submitting: Promise<unknown> = Promise.resolve();
  await confirmed(launched, async () => {
    submitting = callIn(page, 'sips.submit', { sip: 4 });
  });
  expect(await submitting).toMatchObject({ ok: true });
});
afterAll(async () => {
  await browser?.close();
  await launched?.close();
  await display?.stop();
});

const open = (route: string) =>
  page.evaluate((to) => {
    globalThis.location.hash = `/${to}`;
  }, route);

/** Up to the page's address, as the system's browser would get it. */
async function release(): Promise<{ readonly confirm: Page; readonly url: string }> {
  await open('tx/1/effect');
  const opening = launched.app.waitForEvent('window');
  await page.getByRole('button', { name: 'Approve with My wallet' }).click();
  const confirm = await opening;
  await confirm.getByRole('button', { name: 'Sign in the browser: Approve transaction 1' }).click();
  await confirm.getByRole('button', { name: 'Open the page' }).click();
  await confirm.getByText('Opened in your browser.').waitFor();
  const url = await launched.app.evaluate(() => String(Reflect.get(globalThis, 'openedPage')));
  return { confirm, url };
}
const visit = async (url: string) => {
  await browser.page.goto('about:blank');
  await browser.page.goto(url);
};
const hashIn = (one: Page) => one.locator('[aria-label="Hash of the message"]').textContent();

it('is added by its public key', async () => {
  await open('settings');
  await page.getByRole('button', { name: 'Add a browser wallet' }).click();
  await page.getByLabel('Name', { exact: true }).fill('My wallet');
  await page.getByLabel(/^Its public key/).fill(wallet.publicKey);
  await page.getByRole('button', { name: 'Add the key' }).click();
  await page.getByText('In this council it may initiate, vote, execute.').waitFor();
  await page.getByLabel('Signing as').selectOption({ label: 'My wallet' });
});

it('that is refused on the page, or whose page was opened before, signs nothing', async () => {
  const { confirm, url } = await release();
  await visit(url);
  await browser.page.getByRole('button', { name: 'Sign with Simulated Wallet' }).waitFor();
  await visit(url);
  await browser.page.getByRole('heading', { name: 'Nothing is asked for here any more' }).waitFor();
  await screenshot(browser.page, 'wallet-page-spent');
  await Promise.all([
    confirm.waitForEvent('close'),
    confirm.getByRole('button', { name: 'Stop, and do not sign' }).click(),
  ]);
  await expect(fetch(new URL(url).origin)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });

  const again = await release();
  await visit(again.url);
  await Promise.all([
    again.confirm.waitForEvent('close'),
    browser.page.getByRole('button', { name: 'Do not sign' }).click(),
  ]);
  await browser.page.getByRole('heading', { name: 'Not signed' }).waitFor();
  expect(await callIn(page, 'proposals.read', { transactionIndex: '1' })).toMatchObject({
    ok: true,
    value: { approvals: 0 },
  });
});

it('signs on a page that shows the same hash and opens once; changed bytes are not taken', async () => {
  const { confirm, url } = await release();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[0-9a-f]{64}$/);
  await screenshot(confirm, 'confirm-wallet');
  await visit(url);
  const sign = browser.page.getByRole('button', { name: 'Sign with Simulated Wallet' });
  await sign.waitFor();
  expect(await hashIn(browser.page)).toBe(await hashIn(confirm));
  expect(browser.page.url()).not.toContain('#');
  await screenshot(browser.page, 'wallet-page');
  wallet.change = (transaction) => Uint8Array.from([...transaction, 0]);
  await sign.click();
  await browser.page.getByText(/The wallet changed the transaction/).waitFor();
  await screenshot(browser.page, 'wallet-page-changed');
  delete wallet.change;
  await Promise.all([confirm.waitForEvent('close'), sign.click()]);
  await browser.page.getByRole('heading', { name: 'Signed' }).waitFor();
  await page.getByText('Approved transaction 1.').waitFor();
  expect(await callIn(page, 'proposals.read', { transactionIndex: '1' })).toMatchObject({
    ok: true,
    value: { approvals: 1 },
  });
});
