import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallName, Request } from '#desktop/shared/contract.ts';
import { answerNext, confirmed } from './support/confirm.ts';
import { type Display, startDisplay } from './support/display.ts';
import { type Launched, launchApp } from './support/launch.ts';
import { callIn, untilReady } from './support/page.ts';

/** Nobody activated an epoch in its window: a SIP that amends or cancels it is begun with what the chain knows. */

let display: Display;
let launched: Launched;

beforeAll(async () => {
  display = await startDisplay();
  launched = await launchApp({ display });
  await untilReady(launched.window);
});
afterAll(async () => {
  await launched?.close();
  await display?.stop();
});

/** Asks, and answers so many confirm windows with yes. */
async function signed<N extends CallName>(name: N, request: Request<N>, windows = 1): Promise<void> {
  let asked: Promise<unknown> = Promise.resolve();
  await confirmed(launched, async () => {
    asked = callIn(launched.window, name, request);
  });
  for (let more = 1; more < windows; more += 1) await answerNext(launched);
  expect(await asked).toMatchObject({ ok: true });
}

async function decide(transactionIndex: string): Promise<void> {
  for (const seat of ['0', '1', '2']) {
    await callIn(launched.window, 'seat.choose', { seat });
    await signed('proposals.act', { transactionIndex, act: 'approve' });
  }
}

async function execute(...indexes: readonly string[]): Promise<void> {
  await callIn(launched.window, 'network.warp', { seconds: 600 });
  for (const transactionIndex of indexes) await signed('proposals.act', { transactionIndex, act: 'execute' });
}

it('comes with index, terms and caps of the epoch, and no value of it is wrong', async () => {
  const { window } = launched;
  await signed('sips.submit', { sip: 2 }, 2);
  await decide('1');
  await decide('2');
  await execute('1', '2');
  await signed('sips.submit', { sip: 4 });
  await decide('3');
  await execute('3');
  const epochs = await callIn(window, 'epochs.read', {});
  if (!epochs.ok) throw new Error(epochs.error.message);
  const [epoch] = epochs.value.rows;
  await callIn(window, 'network.warp', { seconds: (epoch?.closesAt ?? 0) - epochs.value.now + 60 });

  await window.evaluate(() => {
    globalThis.location.hash = '/epochs';
  });
  await window.getByRole('button', { name: 'Amend by SIP' }).click();
  await window
    .getByRole('heading', { level: 1, name: 'sip-0009-amend-restaking-epoch-0-a-new-window.md' })
    .waitFor();
  const edited = await callIn(window, 'sips.edit', { sip: 9 });
  if (!edited.ok) throw new Error(edited.error.message);
  const read = await callIn(window, 'sips.block', { text: edited.value.text });
  if (!read.ok) throw new Error(read.error.message);
  const { block, problems } = read.value;
  expect(problems).toEqual([[]]);
  expect(block?.actions).toMatchObject([{ kind: 'amend-epoch', values: { index: 0, withdrawals: 'off' } }]);
  expect(block?.actions[0]?.values.caps).toHaveLength(4);

  const cancel = await callIn(window, 'sips.draft-for-epoch', { index: 0, what: 'cancel' });
  expect(cancel).toMatchObject({
    ok: true,
    value: { text: expect.stringContaining('action: cancel-epoch') },
  });
});
