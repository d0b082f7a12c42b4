import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefused } from '../testing/calls.ts';
import { startQuietEngine } from '../testing/quiet-engine.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
beforeAll(async () => {
  test = await startTestEngine();
});
afterAll(() => test?.stop());

const read = () => test.get('guide.read', {});

describe('the guide', () => {
  it('goes with a first SIP from its draft to an active epoch', async () => {
    expect(await read()).toMatchObject({ stage: 'draft', sip: null, transactionIndex: null });
    const { fileName, text } = await test.get('guide.draft', {});
    expect(await read()).toMatchObject({ stage: 'save', sip: 9 });
    expect(await test.get('sips.lint', { fileName, text })).toMatchObject({ ok: true });
    await test.get('sips.save', { fileName, text });
    expect(await read()).toMatchObject({ stage: 'submit', sip: 9 });
    await test.as('0');
    await test.get('sips.submit', { sip: 9 });
    expect(await read()).toMatchObject({ stage: 'approve', transactionIndex: '1' });
    expect((await read())?.seats).toEqual(['0', '1', '2', '3', '4']);
    for (const seat of ['0', '1', '2']) {
      await test.as(seat);
      await test.get('proposals.act', { transactionIndex: '1', act: 'approve' });
      expect((await read())?.seats).not.toContain(seat === '2' ? 'epoch-admin' : seat);
    }
    const locked = await read();
    expect(locked).toMatchObject({ stage: 'execute', transactionIndex: '1' });
    await test.get('network.warp', { seconds: locked?.waitSeconds ?? 0 });
    await test.get('proposals.act', { transactionIndex: '1', act: 'execute' });
    const scheduled = await read();
    expect(scheduled).toMatchObject({ stage: 'activate', epoch: 0 });
    await test.get('network.warp', { seconds: (scheduled?.waitSeconds ?? 0) + 1 });
    await test.as('epoch-admin');
    await test.get('epochs.activate', { index: 0 });
    expect(await read()).toMatchObject({ stage: 'done', sip: 9, waitSeconds: 0 });
  });

  it('has no text to begin with while the network does not answer', async () => {
    test.gate.closed = true;
    await expectRefused(test.ask('guide.draft', {}), 'ENDPOINT_DOWN');
    test.gate.closed = false;
  });

  it('is for the network inside this computer alone', async () => {
    const quiet = await startQuietEngine();
    expect(await quiet.get('guide.read', {})).toBeNull();
    await expectRefused(quiet.ask('guide.draft', {}), 'USAGE', /network inside/);
    await quiet.stop();
  });
});
