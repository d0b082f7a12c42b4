import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { untilReady } from './support/page.ts';
import { screenshot } from './support/screenshot.ts';

/** A first user, who presses what the guide offers and nothing that is not on the screen: from a draft to an active epoch. */

let display: Display;
let launched: Launched;
let page: Page;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  page = launched.window;
  await untilReady(page);
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

const button = (name: string | RegExp) => page.getByRole('button', { name });
const link = (name: string | RegExp) => page.getByRole('link', { name });
const inbox = () => link(/^Inbox/).click();
/** Only steps of the guide that are done. */
const ticks = () => page.locator('.gates [aria-label="done"]').count();

it('drafts a whole document, which the linter takes as it is', async () => {
  await button('Draft it').waitFor();
  await screenshot(page, 'guide-draft-light');
  await button('Draft it').click();
  await page
    .getByRole('heading', { level: 1, name: 'sip-0009-a-first-sip-schedule-restaking-epoch-0.md' })
    .waitFor();
  await page.getByText('✓ nothing to mend').waitFor();
  await inbox();
  await link('Open the draft and save it').click();
  await button('Save').click();
});

it('submits it', async () => {
  await inbox();
  await link('Read SIP-9 and submit it').click();
  await confirmed(launched, () => button('Submit SIP-9 to the council').click());
  await page.getByText('SIP-9 is before the council as transaction 1').waitFor();
});

it('approves it as three members', async () => {
  for (const seat of [0, 1, 2]) {
    await inbox();
    if (seat > 0) await button(`Be seat ${seat}`).click();
    await button(`Be seat ${seat}`).waitFor({ state: 'detached' });
    await screenshot(page, `guide-approve-${seat}-light`);
    await link('Open its proposal').click();
    await confirmed(launched, () => button(`Approve with Seat ${seat}`).click());
    await page.getByText('Approved transaction 1.').waitFor();
  }
});

it('executes it once the time lock has passed', async () => {
  await inbox();
  await button('Let the time lock pass').click();
  await link('Open its proposal').click();
  await confirmed(launched, () => button(/^Execute with/).click());
  await page.getByText('The state on chain is what the text says.').waitFor();
});

it('activates the epoch, and every step is done', async () => {
  await inbox();
  await button('Let its window open').click();
  await button('Be the epoch admin').click();
  await screenshot(page, 'guide-activate-light');
  await link('Open Epochs').click();
  await button(/^Activate/)
    .first()
    .click();
  await confirmed(launched, () => button('Activate epoch 0').click());
  await page.getByText('Restaking epoch 0 is active.').waitFor();
  await inbox();
  await button('Close').waitFor();
  await screenshot(page, 'guide-done-light');
  expect(await ticks()).toBe(5);
  await button('Close').click();
  await button('Close').waitFor({ state: 'detached' });
});
