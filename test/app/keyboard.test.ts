import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';

/** A member approves without ever touching the mouse; and no key by itself brings a signature nearer. */

let display: Display;
let launched: Launched;
let page: Page;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  page = launched.window;
  await untilReady(page);
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

/** More than any screen has places for the focus. */
const MOST_TABS = 80;
const FOCUSED = `(() => {
  const one = document.activeElement;
  return one === null || one === document.body ? '' : (one.getAttribute('aria-label') ?? one.textContent ?? '').trim();
})()`;

async function tabTo(on: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let times = 0; times <= MOST_TABS; times += 1) {
    const focused = (await on.evaluate(FOCUSED)) as string;
    if (name.test(focused)) return;
    passed.push(focused);
    await on.keyboard.press('Tab');
  }
  throw new Error(`${name} is not reached by Tab, only ${[...new Set(passed)].join(' | ')}`);
}

/** Enter, after which the window is gone before the key has come up again. */
async function pressLast(confirm: Page): Promise<void> {
  await Promise.all([
    confirm.waitForEvent('close'),
    confirm.keyboard.press('Enter').catch((error: unknown) => {
      if (!confirm.isClosed()) throw error;
    }),
  ]);
}

async function askToApprove(): Promise<Page> {
  await tabTo(page, /^Approve with Seat 0$/);
  const opening = launched.app.waitForEvent('window');
  await page.keyboard.press('Enter');
  const confirm = await opening;
  await confirm.getByRole('button', { name: /^Sign/ }).waitFor();
  return confirm;
}

it('goes from the inbox to the proposal', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
  await page.getByRole('link', { name: /^Review: SIP-4/ }).waitFor();
  await tabTo(page, /^Review: SIP-4/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /^SIP-4/ }).waitFor();
  await page.getByText('Does exactly what SIP-4 says').waitFor();
});

it('reads its parts one after the other', async () => {
  for (const part of ['Transaction', 'Simulation', 'Votes', 'History', 'Text', 'Effect']) {
    await tabTo(page, new RegExp(`^${part}$`));
    await page.keyboard.press('Enter');
    await page.locator('.tabs a[aria-current="page"]', { hasText: part }).waitFor();
  }
});

it('no letter and no digit asks for a signature', async () => {
  for (const key of 'abcdefghijklmnopqrstuvwxyz0123456789') {
    await page.keyboard.press('Escape');
    await page.keyboard.press(key);
  }
  expect(launched.app.windows()).toHaveLength(1);
  const proposal = await callIn(page, 'proposals.read', { transactionIndex: '1' });
  expect(proposal).toMatchObject({ ok: true, value: { approvals: 0 } });
});

it('Enter by habit in the confirm window refuses', async () => {
  const confirm = await askToApprove();
  await pressLast(confirm);
  await page.getByText('It was not confirmed.').waitFor();
});

it('approves', async () => {
  const confirm = await askToApprove();
  await tabTo(confirm, /^Sign: Approve transaction 1$/);
  await pressLast(confirm);
  await page.getByText('Approved transaction 1.').waitFor();
  const proposal = await callIn(page, 'proposals.read', { transactionIndex: '1' });
  expect(proposal).toMatchObject({ ok: true, value: { approvals: 1 } });
});
