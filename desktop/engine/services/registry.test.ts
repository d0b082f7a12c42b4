import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectRefused } from '../testing/calls.ts';
import { startTestEngine, type TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
beforeAll(async () => {
  test = await startTestEngine();
});
afterAll(() => test?.stop());

it('tells the roles and who holds them, before anything is whitelisted', async () => {
  const { pools, operators, roles } = await test.get('registry.read', {});
  expect([pools, operators]).toEqual([[], []]);
  expect(roles.map(({ role, key }) => [role, key])).toEqual([
    ['Authority', test.info.vault],
    ['Epoch admin', test.info.epochAdmin.publicKey],
    ['Guardian', test.info.guardian.publicKey],
    ['Gatekeeper', test.info.gatekeeper.publicKey],
  ]);
  for (const { can, cannot } of roles) expect(can && cannot).not.toBe('');
});

it('lists by name what SIPs whitelisted, with the SIP that did', async () => {
  await test.as('0');
  await test.get('sips.submit', { sip: 2 });
  await test.get('sips.submit', { sip: 3 });
  await test.enact(1, 2, 3, 4);
  const { pools, operators } = await test.get('registry.read', {});
  expect(pools.map(({ symbol }) => symbol)).toEqual(['bSOL', 'INF', 'JitoSOL', 'mSOL']);
  for (const pool of pools)
    expect(pool).toMatchObject({ status: 'open', decimals: 9, cap: null, deposited: '0', sip: 2 });
  expect(operators.map(({ name }) => name)).toEqual(['Cogent Crypto', 'Drift', 'Helius', 'Jupiter', 'Laine']);
  expect(operators[0]).toMatchObject({ status: 'active', sip: 3 });
});

it('is not told by an endpoint that refuses', async () => {
  test.gate.closed = true;
  await expectRefused(test.ask('registry.read', {}), 'ENDPOINT_DOWN');
  test.gate.closed = false;
});
