import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerNext, confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';

/** The whole main job by what a person sees: SIP-2 whitelists, SIP-4 schedules an epoch, the epoch becomes active. */

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

const be = (seat: string) => page.getByLabel('Signing as').selectOption(seat);
const open = (route: string) =>
  page.evaluate((to) => {
    globalThis.location.hash = `/${to}`;
  }, route);
const button = (name: string | RegExp) => page.getByRole('button', { name });

async function submit(sip: number): Promise<void> {
  await be('0');
  await open(`sip/${sip}`);
  await confirmed(launched, () => button(`Submit SIP-${sip} to the council`).click());
  await page.getByText(new RegExp(`SIP-${sip} is before the council as transaction`)).waitFor();
}

async function approve(transaction: number, seat: number): Promise<string> {
  await be(String(seat));
  await open(`tx/${transaction}/effect`);
  const shown = await confirmed(launched, () => button(`Approve with Seat ${seat}`).click());
  await page.getByText(`Approved transaction ${transaction}.`).waitFor();
  return shown;
}

async function execute(transaction: number): Promise<void> {
  await be('0');
  await open(`tx/${transaction}/effect`);
  await confirmed(launched, () => button('Execute with Seat 0').click());
  await page.getByText(`Executed transaction ${transaction}.`).waitFor();
}

/** Seconds, or until an epoch's window has opened. */
async function letPass(seconds: number): Promise<void> {
  expect(await callIn(page, 'network.warp', { seconds })).toMatchObject({ ok: true });
}

async function untilOpen(index: number): Promise<void> {
  const epochs = await callIn(page, 'epochs.read', {});
  if (!epochs.ok) throw new Error(epochs.error.message);
  const row = epochs.value.rows.find((one) => one.index === index);
  await letPass((row?.opensAt ?? 0) - epochs.value.now + 60);
}

describe('the main job', () => {
  it('submits a SIP in two parts, and the confirm window shows what the signer read', async () => {
    await be('0');
    await open('sip/2');
    const shown = await confirmed(launched, () => button('Submit SIP-2 to the council').click());
    expect(shown).toContain('Propose SIP-2');
    expect(shown).toContain('whitelist_lst');
    await answerNext(launched);
    await page.getByText('SIP-2 is before the council as transaction 1, 2.').waitFor();
  });

  it('signs nothing when the confirm window says no', async () => {
    await be('1');
    await open('tx/1/effect');
    await confirmed(launched, () => button('Approve with Seat 1').click(), /^Do not sign/);
    await page.getByText('It was not confirmed.').waitFor();
    const proposal = await callIn(page, 'proposals.read', { transactionIndex: '1' });
    expect(proposal).toMatchObject({ ok: true, value: { verdict: 'match', approvals: 0 } });
  });

  it('signs with no other key than the one that the button named', async () => {
    const stale = { transactionIndex: '1', act: 'approve', seat: '3' } as const;
    expect(await callIn(page, 'proposals.act', stale)).toMatchObject({
      ok: false,
      error: { code: 'SEAT_CHANGED', sent: 'no' },
    });
  });

  it('approves as three members, each after the verdict match', async () => {
    await open('tx/1/effect');
    await page.getByText('Does exactly what SIP-2 says').waitFor();
    for (const transaction of [1, 2])
      for (const seat of [0, 1, 2])
        expect(await approve(transaction, seat)).toContain(`Approve transaction ${transaction}`);
  });

  it('does not offer to execute while the time lock runs', async () => {
    await be('0');
    await open('tx/1/effect');
    await button('Execute with Seat 0').waitFor();
    expect(await button('Execute with Seat 0').isDisabled()).toBe(true);
  });

  it('executes both, and the state on chain is what the text says', async () => {
    await letPass(600);
    await execute(1);
    await execute(2);
    await page.getByText('The state on chain is what the text says.').waitFor();
    await open('registry');
    for (const symbol of ['mSOL', 'bSOL', 'JitoSOL', 'INF'])
      await page.getByText(symbol, { exact: true }).first().waitFor();
  });

  it('takes the next SIP to an active epoch', async () => {
    await submit(4);
    for (const seat of [0, 1, 2]) await approve(3, seat);
    await letPass(600);
    await execute(3);
    await untilOpen(0);
    await be('epoch-admin');
    await open('epochs');
    await button(/^Activate/)
      .first()
      .click();
    await confirmed(launched, () => button('Activate epoch 0').click());
    await page.getByText('Restaking epoch 0 is active.').waitFor();
  });

  it('shows what became of it', async () => {
    await open('sips');
    await page.locator('.chip', { hasText: 'Activated' }).first().waitFor();
    await open('activity');
    await page.getByText('activate restaking epoch 0').first().waitFor();
  });
});
