import { Keypair, PublicKey } from '@solana/web3.js';
import { instructions as squads, types } from '@sqds/multisig';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SandboxInfo } from '#governance/sandbox/info.ts';
import { axeFinds, bringAxe } from './support/axe.ts';
import { bySquads, networkOf } from './support/by-squads.ts';
import { confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';
import { show } from './support/screens.ts';
import { screenshot } from './support/screenshot.ts';

/** A member proposes, with Squads' own SDK, to take the council over. The others see it, cannot approve it, and stop it. */

const HOSTILE = 4;
const REASON = 'Nobody agreed on this';

let display: Display;
let launched: Launched;
let page: Page;
let info: SandboxInfo;
const newcomer = Keypair.generate().publicKey;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  page = launched.window;
  await untilReady(page);
  info = networkOf(launched);
  await signed(() => callIn(page, 'sips.submit', { sip: 4 }));
  await bringAxe(page);
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

async function signed(ask: () => Promise<unknown>): Promise<string> {
  let asking: Promise<unknown> = Promise.resolve();
  const shown = await confirmed(launched, async () => {
    asking = ask();
  });
  expect(await asking).toMatchObject({ ok: true });
  return shown;
}

const multisigPda = () => new PublicKey(info.council);

const takeOver = (transactionIndex: bigint) =>
  bySquads(info, HOSTILE, (creator) => [
    squads.configTransactionCreate({
      ...{ multisigPda: multisigPda(), transactionIndex, creator },
      actions: [
        { __kind: 'AddMember', newMember: { key: newcomer, permissions: types.Permissions.all() } },
        { __kind: 'RemoveMember', oldMember: new PublicKey(info.members[1]!.publicKey) },
        { __kind: 'ChangeThreshold', newThreshold: 1 },
        { __kind: 'SetTimeLock', newTimeLock: 0 },
      ],
    }),
    squads.proposalCreate({ multisigPda: multisigPda(), transactionIndex, creator }),
  ]);

const open = (route: string) =>
  page.evaluate((to) => {
    globalThis.location.hash = `/${to}`;
  }, route);

it('stands first in the inbox of whoever can reject it', async () => {
  await takeOver(2n);
  await open('inbox');
  await page.getByText('A change of the council is proposed').waitFor();
  await screenshot(page, 'inbox-council-change-light');
  const { sections } = await inbox();
  expect(sections[0]).toMatchObject({
    title: 'Changes of the council',
    rows: [{ id: 'change-2', chip: { text: 'unreadable' } }],
  });
});

it('shows what it would leave, what that means and what it voids', async () => {
  await page.getByRole('link', { name: /^See what changes/ }).click();
  await page.getByRole('heading', { name: /^Would change the council itself/ }).waitFor();
  const shown = page.locator('.changes').first();
  const row = (text: string) => shown.locator('tr', { hasText: text });
  expect(await row('Threshold').textContent()).toMatch(/3 of 5 voters.*1 of 5 voters/);
  expect(await row('Time lock').textContent()).toMatch(/10 min.*none/);
  expect(await row('no longer a member').locator(`[title="${info.members[1]!.publicKey}"]`).count()).toBe(1);
  expect(await row('not a member').locator(`[title="${newcomer.toBase58()}"]`).count()).toBe(1);
  await page.getByText('One voter decides alone.').first().waitFor();
  await page.getByText(/can propose, approve and execute anything alone/).waitFor();
  await page.getByRole('link', { name: 'Transaction 1', exact: true }).waitFor();
  const run = page.getByText('It runs. No text promises anything of it');
  await run.waitFor();
  await screenshot(page, 'tx-council-change-light');
  await run.scrollIntoViewIfNeeded();
  await page.mouse.move(500, 500);
  await page.mouse.wheel(0, 900);
  await screenshot(page, 'tx-council-change-below-light');
});

it('cannot be approved or executed, whoever asks', async () => {
  expect(await page.getByRole('button', { name: /^(Approve|Execute)/ }).count()).toBe(0);
  for (const act of ['approve', 'execute'])
    expect(await callIn(page, 'proposals.act', { transactionIndex: '2', act })).toMatchObject({
      ok: false,
      error: { code: 'VERDICT_NOT_MATCH', sent: 'no' },
    });
  expect(launched.app.windows()).toHaveLength(1);
});

it('is readable in both themes', async () => {
  const found: string[] = [];
  for (const theme of ['dark', 'light'] as const) {
    await callIn(page, 'theme.choose', { theme });
    for (const tab of ['effect', 'text', 'transaction']) {
      await show(page, `tx/2/${tab}`, theme);
      await screenshot(page, `tx-council-change-${tab}-${theme}`);
      found.push(...(await axeFinds(page, `${tab} ${theme}`)));
    }
    await show(page, 'council', theme);
    await screenshot(page, `council-pending-${theme}`);
    found.push(...(await axeFinds(page, `council ${theme}`)));
  }
  expect(found).toEqual([]);
});

it('is rejected with a reason, and is gone from the inbox of who did', async () => {
  await open('tx/2/effect');
  await page.getByRole('button', { name: 'Reject…' }).click();
  await page.getByLabel('Reason').fill(REASON);
  await screenshot(page, 'tx-council-change-reason-light');
  const shown = await confirmed(launched, () =>
    page.locator('form').getByRole('button', { name: 'Reject…' }).click(),
  );
  expect(shown).toContain('Reject transaction 2');
  await page.getByText('Rejected transaction 2.').waitFor();
  await open('tx/2/votes');
  await page.getByText(REASON).waitFor();
  await screenshot(page, 'tx-council-change-rejected-light');
  expect((await inbox()).sections.map(({ title }) => title)).not.toContain('Changes of the council');
});

it('ends when enough have rejected it', async () => {
  for (const seat of ['2', '3']) {
    await callIn(page, 'seat.choose', { seat });
    await signed(() =>
      callIn(page, 'proposals.act', { transactionIndex: '2', act: 'reject', seat, reason: REASON }),
    );
  }
  const read = await callIn(page, 'proposals.read', { transactionIndex: '2' });
  expect(read).toMatchObject({ ok: true, value: { row: { state: 'rejected' }, acts: [] } });
});

it('is cancelled where it was approved past the console, and never executed here', async () => {
  await takeOver(3n);
  for (const seat of [2, 3, HOSTILE])
    await bySquads(info, seat, (member) => [
      squads.proposalApprove({ multisigPda: multisigPda(), transactionIndex: 3n, member }),
    ]);
  await callIn(page, 'network.warp', { seconds: 600 });
  await callIn(page, 'seat.choose', { seat: '0' });
  // The endpoint's opinion, which it can give now, and this computer's.
  expect(await callIn(page, 'proposals.read', { transactionIndex: '3' })).toMatchObject({
    value: { simulation: { ok: true }, row: { state: 'approved' } },
  });
  expect(await callIn(page, 'proposals.simulate', { transactionIndex: '3' })).toMatchObject({
    value: { state: 'runs', assumed: '' },
  });
  await open('tx/3/effect');
  await page.getByRole('button', { name: 'Cancel…' }).click();
  await page.getByLabel(/^Reason/).waitFor();
  expect(await page.getByRole('button', { name: /^(Approve|Execute)/ }).count()).toBe(0);
  await screenshot(page, 'tx-council-change-cancel-light');
  const shown = await confirmed(launched, () =>
    page.locator('form').getByRole('button', { name: 'Cancel…' }).click(),
  );
  expect(shown).toContain('Cancel transaction 3');
  await page.getByText('Cancelled transaction 3.').waitFor();
});

async function inbox() {
  const read = await callIn(page, 'inbox.read', {});
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}
