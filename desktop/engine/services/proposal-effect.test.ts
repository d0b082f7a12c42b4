import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Rpc } from '#governance/chain/ports.ts';
import { pinsOf } from '#governance/restaking/pdas.ts';
import type { Sip } from '#governance/sip/document.ts';
import { parseUnnamed } from '#governance/sip/parse-unnamed.ts';
import type { Address } from '#governance/types.ts';
import { sipFile } from '#test/support/sip-text.ts';
import type { World } from '../world.ts';
import { changesOf, instructionsOf, valueText } from './proposal-effect.ts';
import type { Facts } from './proposal-facts.ts';

const program = 'jupSoLaHXQiZZTSfEWMTRRgpnyFm8f6sZdosWBjx93v' as Address;
const council = 'CatzoSMUkTRidT5DwBxAC2pEtnwMBTpkCepHkFgZDiqb' as Address;
/** A chain with nothing on it. */
const rpc = {
  getAccounts: async (keys: readonly unknown[]) => ({ slot: 1n, accounts: keys.map(() => null) }),
} as unknown as Rpc;
const world = { pins: pinsOf(program, council), rpc } as unknown as World;
const EIGHT: Sip = parseUnnamed(readFileSync('sips/sip-0008-whitelist-jupsol.md'), 'test');

describe('a value in words', () => {
  it('has a moment as one, all there is as no limit, and nothing as none', () => {
    expect(valueText('terms.opensAt', 1_735_689_600n)).toBe('2025-01-01T00:00:00Z');
    expect(valueText('cap', 1_735_689_600n)).toBe('1735689600');
    expect(valueText('cap', 2n ** 64n - 1n)).toBe('no limit');
    expect([null, undefined].map((value) => valueText('x', value))).toEqual(['none', 'none']);
    expect(valueText('withdrawals', false)).toBe('false');
  });
});

describe('what a text promises', () => {
  it('stands beside what the chain has, and says where each comes from', async () => {
    const changes = await changesOf(EIGHT, world, false);
    expect(changes).toContainEqual({
      ...{ account: 'RestakingPool', address: expect.any(String), field: 'symbol' },
      ...{ before: 'does not exist', after: 'JupSOL', source: 'on chain now → from the text' },
    });
    expect(changes.find(({ field, account }) => field === 'cap' && account === 'RestakingPool')?.after).toBe(
      '250000000000000',
    );
    const [done] = await changesOf(EIGHT, world, true);
    expect(done?.source).toBe('on chain now → as the text says');
  });

  it('may be that an account is gone', async () => {
    const cancel = { sip: 9, title: 'Cancel', actions: [{ kind: 'cancel-epoch', params: { index: 0 } }] };
    const { bytes } = sipFile(cancel, 1_735_689_600n);
    expect(await changesOf(parseUnnamed(bytes, 'test'), world, false)).toContainEqual(
      expect.objectContaining({
        account: 'Epoch',
        field: 'account',
        before: 'does not exist',
        after: 'closed',
      }),
    );
  });
});

it('instructions are drawn from a vault transaction alone', () => {
  for (const transaction of [null, { kind: 'config' }, { kind: 'unreadable' }])
    expect(instructionsOf({ pair: { transaction } } as unknown as Facts, world)).toEqual([]);
});
