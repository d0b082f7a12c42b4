import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sipLibrary } from '#governance/proposals/library.ts';
import { expectRefused } from '../testing/calls.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
const one = { transactionIndex: '1' };
const simulate = (transactionIndex: number) =>
  test.get('proposals.simulate', { transactionIndex: `${transactionIndex}` });
beforeAll(async () => {
  test = await startTestEngine();
  await test.as('0');
  await test.get('sips.submit', { sip: 4 });
  await test.get('sips.submit', { sip: 3 });
});
afterAll(() => test?.stop());

it('runs what is not approved yet, and says what it takes to be so', async () => {
  const view = await simulate(1);
  expect(view).toMatchObject({
    ...{ state: 'fails', computeUnits: null, assumed: expect.stringContaining('approved') },
    // SIP-4 caps LSTs that SIP-2 whitelists.
    sentence: expect.stringMatching(
      /^Executed now, transaction 1 would fail: .*Often another SIP has to come first\.$/,
    ),
  });
});

it('compares what the last part leaves with what the text promises, those before it first', async () => {
  expect(await simulate(2)).toMatchObject({
    ...{ state: 'runs', sentence: expect.stringContaining('compared at the last one') },
  });
  const view = await simulate(3);
  expect(view).toMatchObject({
    ...{ state: 'holds', sentence: 'It runs, and leaves exactly what the text promises.' },
  });
  expect(BigInt(view.computeUnits ?? 0)).toBeGreaterThan(0n);
  expect(view.changes).toContainEqual(
    expect.objectContaining({ account: 'Operator', field: 'name', after: 'Jupiter' }),
  );
});

it('of what was executed says that there is nothing to run', async () => {
  await test.enact(2);
  expect(await simulate(2)).toMatchObject({
    ...{ state: 'unable', sentence: expect.stringMatching(/^It has been executed/) },
  });
});

it('without a text has nothing to compare with', async () => {
  const { documents } = test.engine.world;
  vi.spyOn(documents, 'library', 'get').mockReturnValue(sipLibrary([]));
  expect(await simulate(3)).toMatchObject({
    ...{ state: 'runs', sentence: expect.stringContaining('no text at hand') },
  });
  vi.restoreAllMocks();
});

it('is not done for an endpoint that refuses', async () => {
  test.gate.closed = true;
  await expectRefused(test.ask('proposals.simulate', one), 'ENDPOINT_DOWN');
  test.gate.closed = false;
});
