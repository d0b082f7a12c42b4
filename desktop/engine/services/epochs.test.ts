import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sipLibrary } from '#governance/proposals/library.ts';
import { expectRefused } from '../testing/calls.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

/** From no epoch to one that was closed, and the guardian's pause. */

let test: TestEngine;
beforeAll(async () => {
  test = await startTestEngine();
});
afterAll(() => test?.stop());

const activate = () => test.ask('epochs.activate', { index: 0 });
const close = () => test.ask('epochs.close', { index: 0 });
const first = async () => (await test.get('epochs.read', {})).rows[0]!;
const gatesOf = async () =>
  Object.fromEntries(
    (await test.get('epochs.read', {})).activation.gates.map(({ name, state }) => [name, state]),
  );

/** To the moment and a little further. */
async function until(moment: number): Promise<void> {
  await test.get('network.warp', { seconds: moment - (await test.get('epochs.read', {})).now + 5 });
}

describe('before there is one', () => {
  it('nothing is listed, nothing is ready, and nothing can be done', async () => {
    const { rows, activation } = await test.get('epochs.read', {});
    expect(rows).toEqual([]);
    expect(activation).toMatchObject({ index: 0, ready: false });
    expect(await gatesOf()).toMatchObject({ Scheduled: 'bad' });
    for (const act of [activate, close]) {
      await test.as(null);
      await expectRefused(act(), 'USAGE', /Nobody signs here/);
      await test.as('epoch-admin');
      await expectRefused(act(), 'EPOCH_NOT_READY');
    }
    expect(test.asked).toEqual([]);
  });
});

describe('an epoch', () => {
  it('is listed as it was planned, with its caps', async () => {
    await test.as('0');
    await test.get('sips.submit', { sip: 2 });
    await test.get('sips.submit', { sip: 4 });
    await test.enact(1, 2, 3);
    const row = await first();
    expect(row).toMatchObject({
      ...{ index: 0, status: 'scheduled', access: 'invite-only', withdrawals: false, sip: 4, due: null },
      ...{ plan: [], activatedBy: null, poolsWithoutCap: [] },
    });
    expect(row.caps.map(({ symbol }) => symbol)).toEqual(['bSOL', 'INF', 'JitoSOL', 'mSOL']);
    expect(row.caps[3]).toMatchObject({ cap: '28000000000000', filled: '0' });
  });

  it('waits for its window, and for the key of the epoch admin', async () => {
    await test.as('epoch-admin');
    expect(await gatesOf()).toMatchObject({
      ...{ Role: 'ok', 'Window open': 'wait', 'Fee balance': 'ok' },
      'Plan is what the chain has': 'ok',
    });
    await expectRefused(activate(), 'EPOCH_NOT_READY', /window open/);
    await until((await first()).opensAt);
    expect(await first()).toMatchObject({ due: 'activation' });
    await test.as('0');
    expect(await gatesOf()).toMatchObject({ Role: 'bad', 'Window open': 'ok' });
    await expectRefused(activate(), 'EPOCH_NOT_READY', /role/);
    await expectRefused(test.ask('epochs.activate', { index: 1 }), 'EPOCH_NOT_READY');
  });

  it('is not activated while the text that scheduled it is not here', async () => {
    await test.as('epoch-admin');
    const { documents } = test.engine.world;
    const without = vi.spyOn(documents, 'library', 'get').mockReturnValue(sipLibrary([]));
    const before = test.asked.length;
    await expectRefused(activate(), 'EPOCH_NOT_READY', /the text of SIP-4 is not here/);
    expect(test.asked).toHaveLength(before);
    without.mockRestore();
  });

  it('is activated once', async () => {
    await test.as('epoch-admin');
    expect(await test.get('epochs.read', {})).toMatchObject({ activation: { ready: true } });
    expect(await test.get('epochs.activate', { index: 0 })).toMatchObject({
      sentence: 'Restaking epoch 0 is active.',
      signatures: [expect.any(String)],
    });
    expect(test.asked.at(-1)?.claim.title).toBe('Activate restaking epoch 0');
    expect(await first()).toMatchObject({
      ...{ status: 'active', activatedBy: test.info.epochAdmin.publicKey, due: null },
    });
    await expectRefused(activate(), 'EPOCH_NOT_READY');
  });

  it('is closed by anyone, after its window', async () => {
    await test.as('3');
    await expectRefused(close(), 'EPOCH_NOT_READY', /window passed/);
    await until((await first()).closesAt ?? 0);
    expect(await first()).toMatchObject({ due: 'closing' });
    expect(await test.get('epochs.close', { index: 0 })).toMatchObject({
      sentence: 'Restaking epoch 0 is closed.',
    });
    expect(await first()).toMatchObject({ status: 'closed', due: null });
  });
});

describe('a pause', () => {
  it('is the guardian’s alone, and not repeated', async () => {
    await test.as(null);
    await expectRefused(test.ask('guardian.pause', {}), 'USAGE', /Nobody signs here/);
    await test.as('0');
    const before = test.asked.length;
    await expectRefused(test.ask('guardian.pause', {}), 'PROGRAM_ERROR', /NotGuardian/);
    expect(test.asked).toHaveLength(before);
    await test.as('guardian');
    expect(await test.get('guardian.pause', {})).toMatchObject({
      sentence: expect.stringMatching(/^The protocol is paused/),
    });
    expect((await test.get('state.read', {})).network?.paused).toBe(true);
    expect(await gatesOf()).toMatchObject({ 'Not paused': 'bad' });
    expect(await test.ask('guardian.pause', {})).toMatchObject({ ok: false, error: { sent: 'no' } });
  });
});

it('an endpoint that refuses is told', async () => {
  test.gate.closed = true;
  await expectRefused(test.ask('epochs.read', {}), 'ENDPOINT_DOWN');
  await expectRefused(activate(), 'ENDPOINT_DOWN');
  await expectRefused(test.ask('guardian.pause', {}), 'ENDPOINT_DOWN');
  test.gate.closed = false;
});
