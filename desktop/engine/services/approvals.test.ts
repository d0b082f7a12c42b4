import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectRefused } from '../testing/calls.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
const one = { transactionIndex: '1' };
beforeAll(async () => {
  test = await startTestEngine();
  await test.as('0');
  await test.get('sips.submit', { sip: 4 });
});
afterAll(() => test?.stop());

it('none yet', async () => {
  expect(await test.get('proposals.approvals', one)).toEqual([]);
});

it('each approval is told with the transaction that carried it', async () => {
  const told = await test.get('proposals.act', { ...one, act: 'approve' });
  expect(await test.get('proposals.approvals', one)).toEqual([
    {
      ...{ seat: 'Seat 0', publicKey: test.info.members[0]!.publicKey, warnings: [] },
      ...{ signature: told.signatures[0], when: expect.any(String) },
    },
  ]);
});

it('are not told by an endpoint that refuses', async () => {
  test.gate.closed = true;
  await expectRefused(test.ask('proposals.approvals', one), 'ENDPOINT_DOWN');
  test.gate.closed = false;
});
