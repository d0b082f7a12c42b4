import type { Keypair } from '@solana/web3.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { active, deposit, whitelisted } from './support/epochs.ts';
import { restake, setEpochCap, setPoolCap, setRoles, unrestake } from './support/instructions.ts';
import { depositor, type Lst, tokenAccount, tokenAccountBytes } from './support/lst.ts';
import { addressOf, freshAddress, NO_KEY, pdas, succeeded, World } from './support/world.ts';

/** What a deposit does, both caps, and the gatekeeper. What refuses one: restake-refused.test.ts. */

let w: World;
let lst: Lst;
let owner: Keypair;
beforeEach(() => {
  w = new World();
  lst = whitelisted(w, { poolCap: 1_000n });
  owner = depositor(w.chain, lst, 5_000n);
});

const address = () => addressOf(owner.publicKey);
const receipts = () => tokenAccount(w.chain, lst.receiptsOf(address()));
const deposited = () => w.chain.read('RestakingPool', lst.pool)?.deposited;
const filled = (index: number) => w.chain.read('EpochCap', pdas.epochCap(index, lst.pool))?.filled;
const leave = (amount: bigint) => w.chain.send([unrestake(address(), lst, amount)], [owner]);
const MAX = 2n ** 64n - 1n;

describe('restake', () => {
  it('moves the LST, gives one base unit for one, freezes the receipts and counts both ways', () => {
    const index = active(w, [lst]);
    const outcome = succeeded(deposit(w, owner, lst, 600n));
    expect(tokenAccount(w.chain, lst.vault)?.amount).toBe(600n);
    expect(receipts()).toEqual({ mint: lst.rstMint, owner: address(), amount: 600n, frozen: true });
    expect([deposited(), filled(index)]).toEqual([600n, 600n]);
    const told = { owner: address(), pool: lst.pool, index, amount: 600n, deposited: 600n, filled: 600n };
    expect(outcome.events).toEqual([{ name: 'Restaked', data: told }]);

    succeeded(deposit(w, owner, lst, 1n));
    expect(receipts()).toMatchObject({ amount: 601n, frozen: true });
    expect([deposited(), filled(index)]).toEqual([601n, 601n]);
  });

  it('is one for one whatever the decimals and whatever lies in the vault already', () => {
    for (const decimals of [0, 6, 18]) {
      w = new World();
      lst = whitelisted(w, { decimals });
      owner = depositor(w.chain, lst, 10n);
      w.chain.setAccount(
        lst.vault,
        lst.tokenProgram,
        tokenAccountBytes({ mint: lst.mint, owner: lst.pool, amount: 999n }),
      );
      active(w, [lst]);
      succeeded(deposit(w, owner, lst, 3n));
      expect([receipts()?.amount, deposited()]).toEqual([3n, 3n]);
      expect(tokenAccount(w.chain, lst.vault)?.amount).toBe(1_002n);
    }
  });

  it('takes a receipt account that a stranger made before', () => {
    active(w, [lst]);
    const at = lst.receiptsOf(address());
    const bytes = tokenAccountBytes({ mint: lst.rstMint, owner: address(), amount: 0n });
    w.chain.setAccount(at, lst.tokenProgram, bytes);
    succeeded(deposit(w, owner, lst, 5n));
    expect(receipts()).toMatchObject({ amount: 5n, frozen: true });
  });

  it('takes the LST from any account of the owner', () => {
    active(w, [lst]);
    const lstAccount = freshAddress();
    const bytes = tokenAccountBytes({ mint: lst.mint, owner: address(), amount: 8n });
    w.chain.setAccount(lstAccount, lst.tokenProgram, bytes);
    const instruction = restake(address(), lst, 0, 8n, { over: { lstAccount } });
    succeeded(w.chain.send([instruction], [owner]));
    expect(tokenAccount(w.chain, lstAccount)?.amount).toBe(0n);
  });
});

describe('the pool’s cap', () => {
  it('limits what is deposited now, and falls with withdrawals', () => {
    active(w, [lst], { withdrawals: true }, MAX);
    expect(deposit(w, owner, lst, 1_001n).error).toBe('PoolCapExceeded');
    expect(deposit(w, owner, lst, 1_000n).error).toBe('');
    expect(deposit(w, owner, lst, 1n).error).toBe('PoolCapExceeded');
    succeeded(leave(400n));
    expect(deposit(w, owner, lst, 401n).error).toBe('PoolCapExceeded');
    expect(deposit(w, owner, lst, 400n).error).toBe('');
  });

  it('may be set below what is deposited: no more comes in until it falls under', () => {
    active(w, [lst], { withdrawals: true }, MAX);
    succeeded(deposit(w, owner, lst, 800n));
    w.done(setPoolCap(w, lst, 500n));
    expect(deposit(w, owner, lst, 1n).error).toBe('PoolCapExceeded');
    succeeded(leave(301n));
    expect(deposit(w, owner, lst, 1n).error).toBe('');
  });
});

describe('the epoch’s cap', () => {
  it('limits what came in during the epoch, and never falls', () => {
    const index = active(w, [lst], { withdrawals: true }, 100n);
    expect(deposit(w, owner, lst, 101n).error).toBe('EpochCapExceeded');
    expect(deposit(w, owner, lst, 100n).error).toBe('');
    succeeded(leave(100n));
    expect([deposited(), filled(index)]).toEqual([0n, 100n]);
    expect(deposit(w, owner, lst, 1n).error).toBe('EpochCapExceeded');
    w.done(setEpochCap(w, index, lst, 101n));
    expect(deposit(w, owner, lst, 1n).error).toBe('');
    w.done(setEpochCap(w, index, lst, 50n));
    expect(deposit(w, owner, lst, 1n).error).toBe('EpochCapExceeded');
  });

  it('of u64::MAX is no limit, nor is the pool’s', () => {
    active(w, [lst], {}, MAX);
    w.done(setPoolCap(w, lst, MAX));
    expect(deposit(w, owner, lst, 5_000n).error).toBe('');
  });
});

describe('an epoch by invitation', () => {
  const invited = (gatekeeper?: Keypair) => {
    const options = gatekeeper ? { gatekeeper: addressOf(gatekeeper.publicKey) } : {};
    const instruction = restake(address(), lst, w.config.activeEpoch ?? 0, 5n, options);
    return w.chain.send([instruction], gatekeeper ? [owner, gatekeeper] : [owner]).error;
  };

  it('takes deposits with the gatekeeper’s signature only', () => {
    active(w, [lst], { access: 'invite-only' });
    expect(invited()).toBe('GatekeeperMissing');
    expect(invited(w.outsider)).toBe('GatekeeperMissing');
    expect(invited(owner)).toBe('GatekeeperMissing');
    expect(invited(w.gatekeeper)).toBe('');
  });

  it('is not satisfied by the gatekeeper’s name without the signature', () => {
    active(w, [lst], { access: 'invite-only' });
    const gatekeeper = addressOf(w.gatekeeper.publicKey);
    const instruction = restake(address(), lst, 0, 5n, { gatekeeper });
    for (const meta of instruction.keys)
      if (meta.pubkey.equals(w.gatekeeper.publicKey)) meta.isSigner = false;
    expect(w.chain.send([instruction], [owner]).error).toBe('anchor:AccountNotSigner');
  });

  it('is closed to all while nobody is gatekeeper', () => {
    active(w, [lst], { access: 'invite-only' });
    w.done(setRoles(w, { epochAdmin: NO_KEY, guardian: NO_KEY, gatekeeper: NO_KEY }));
    expect(invited(w.gatekeeper)).toBe('GatekeeperMissing');
    expect(invited()).toBe('GatekeeperMissing');
  });

  it('is not by invitation when it is open: anybody’s signature beside is neither needed nor harmful', () => {
    active(w, [lst]);
    expect(invited(w.outsider)).toBe('');
    expect(invited()).toBe('');
  });
});
