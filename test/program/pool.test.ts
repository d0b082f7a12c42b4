import { beforeEach, describe, expect, it } from 'vitest';
import type { RestakingPool } from '#governance/restaking/accounts.ts';
import { whitelisted } from './support/epochs.ts';
import { setPoolCap, setPoolStatus, setReceiptsTransferable } from './support/instructions.ts';
import { createLst, type Lst } from './support/lst.ts';
import { freshAddress, pdas, succeeded, World } from './support/world.ts';

/** set_pool_cap, set_pool_status, set_receipts_transferable: each changes its one field. */

let w: World;
let lst: Lst;
beforeEach(() => {
  w = new World();
  lst = whitelisted(w);
});

function pool(): RestakingPool {
  const found = w.chain.read('RestakingPool', lst.pool);
  if (!found) throw new Error('no pool');
  return found;
}

describe('set_pool_cap', () => {
  it('sets the cap, up or down, and tells the old one', () => {
    const before = pool();
    const outcome = succeeded(w.bySip(setPoolCap(w, lst, 7n)));
    expect(pool()).toEqual({ ...before, cap: 7n, sip: 3 });
    const told = { sip: 3, pool: lst.pool, old: 1_000_000n, new: 7n };
    expect(outcome.events[1]).toEqual({ name: 'PoolCapSet', data: told });
    succeeded(w.bySip(setPoolCap(w, lst, 2n ** 64n - 1n)));
    expect(pool().cap).toBe(2n ** 64n - 1n);
  });

  it('says so where nothing would change', () => {
    w.done(setPoolCap(w, lst, 7n));
    expect(w.bySip(setPoolCap(w, lst, 7n)).error).toBe('NothingChanges');
  });

  it('wants the pool’s own symbol and decimals', () => {
    expect(w.bySip(setPoolCap(w, lst, 7n, { symbol: 'tsol' })).error).toBe('SymbolMismatch');
    expect(w.bySip(setPoolCap(w, lst, 7n, { decimals: 6 })).error).toBe('DecimalsMismatch');
  });

  it('wants a pool that is not retired', () => {
    w.done(setPoolStatus(w, lst, 'retired'));
    expect(w.bySip(setPoolCap(w, lst, 7n)).error).toBe('PoolRetired');
    w.done(setPoolStatus(w, lst, 'deposits-closed'));
    expect(w.bySip(setPoolCap(w, lst, 7n)).error).toBe('');
  });
});

describe('set_pool_status', () => {
  it('goes from any status to any other, and tells the old one', () => {
    const before = pool();
    let old: RestakingPool['status'] = 'open';
    for (const status of [
      'deposits-closed',
      'retired',
      'open',
      'retired',
      'deposits-closed',
      'open',
    ] as const) {
      const outcome = succeeded(w.bySip(setPoolStatus(w, lst, status)));
      const sip = w.chain.read('RestakingPool', lst.pool)?.sip;
      expect(pool()).toEqual({ ...before, status, sip });
      expect(outcome.events[1]).toEqual({
        name: 'PoolStatusSet',
        data: { sip, pool: lst.pool, old, new: status },
      });
      old = status;
    }
  });

  it('says so where nothing would change', () => {
    expect(w.bySip(setPoolStatus(w, lst, 'open')).error).toBe('NothingChanges');
  });

  it('wants the pool’s own symbol', () => {
    expect(w.bySip(setPoolStatus(w, lst, 'retired', 'mSOL')).error).toBe('SymbolMismatch');
  });
});

describe('set_receipts_transferable', () => {
  it('opens once and for all', () => {
    const before = pool();
    const outcome = succeeded(w.bySip(setReceiptsTransferable(w, lst)));
    expect(pool()).toEqual({ ...before, receiptsTransferable: true, sip: 3 });
    expect(outcome.events[1]).toEqual({
      name: 'ReceiptsTransferableSet',
      data: { sip: 3, pool: lst.pool, old: false, new: true },
    });
    expect(w.bySip(setReceiptsTransferable(w, lst)).error).toBe('ReceiptsAlreadyTransferable');
  });

  it('wants the pool’s own symbol', () => {
    expect(w.bySip(setReceiptsTransferable(w, lst, 'mSOL')).error).toBe('SymbolMismatch');
  });
});

describe('the pool’s account', () => {
  it('is one of this program, at its own address', () => {
    const forged = freshAddress();
    const data = w.chain.account(lst.pool)?.data ?? new Uint8Array();
    w.chain.setAccount(forged, w.pins.programId, data);
    expect(w.bySip(setPoolCap(w, lst, 7n, {}, { pool: forged })).error).toBe('anchor:ConstraintSeeds');
    const missing = createLst(w.chain).pool;
    expect(w.bySip(setPoolCap(w, lst, 7n, {}, { pool: missing })).error).toBe('anchor:AccountNotInitialized');
    const other = pdas.config;
    expect(w.bySip(setPoolCap(w, lst, 7n, {}, { pool: other })).error).toBe(
      'anchor:AccountDiscriminatorMismatch',
    );
    w.chain.setAccount(forged, lst.tokenProgram, data);
    expect(w.bySip(setPoolCap(w, lst, 7n, {}, { pool: forged })).error).toBe(
      'anchor:AccountOwnedByWrongProgram',
    );
  });
});
