import type { Keypair } from '@solana/web3.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { active, deposit, whitelisted } from './support/epochs.ts';
import { endEpoch, pause, setPoolStatus, unrestake } from './support/instructions.ts';
import { depositor, type Lst, tokenAccount, tokenAccountBytes } from './support/lst.ts';
import { bind, TOKEN_ERROR } from './support/token.ts';
import { addressOf, freshAddress, pdas, succeeded, World } from './support/world.ts';

let w: World;
let lst: Lst;
let owner: Keypair;
function holder(withdrawals: boolean): void {
  w = new World();
  lst = whitelisted(w);
  owner = depositor(w.chain, lst, 1_000n);
  active(w, [lst], { withdrawals });
  succeeded(deposit(w, owner, lst, 600n));
}
beforeEach(() => holder(true));

const address = () => addressOf(owner.publicKey);
const leave = (amount: bigint, over = {}) => w.chain.send([unrestake(address(), lst, amount, over)], [owner]);
const receipts = () => tokenAccount(w.chain, lst.receiptsOf(address()));

describe('unrestake', () => {
  it('burns receipts, returns the LST one for one, and leaves the rest frozen', () => {
    const outcome = succeeded(leave(250n));
    expect(receipts()).toMatchObject({ amount: 350n, frozen: true });
    expect(tokenAccount(w.chain, lst.vault)?.amount).toBe(350n);
    expect(w.chain.read('RestakingPool', lst.pool)?.deposited).toBe(350n);
    expect(w.chain.read('EpochCap', pdas.epochCap(0, lst.pool))?.filled).toBe(600n);
    const told = { owner: address(), pool: lst.pool, amount: 250n, deposited: 350n };
    expect(outcome.events).toEqual([{ name: 'Unrestaked', data: told }]);
    succeeded(leave(350n));
    expect(receipts()).toMatchObject({ amount: 0n, frozen: true });
    expect(tokenAccount(w.chain, lst.vault)?.amount).toBe(0n);
  });

  it('needs neither an active epoch nor a running protocol nor an open pool', () => {
    w.done(endEpoch(w, 0));
    w.done(pause(w));
    w.done(setPoolStatus(w, lst, 'deposits-closed'));
    expect(leave(600n).error).toBe('');
  });

  it('is closed until an epoch opens withdrawals, but a retired pool can always be left', () => {
    holder(false);
    expect(leave(1n).error).toBe('WithdrawalsClosed');
    w.done(setPoolStatus(w, lst, 'deposits-closed'));
    expect(leave(1n).error).toBe('WithdrawalsClosed');
    w.done(endEpoch(w, 0));
    expect(leave(1n).error).toBe('WithdrawalsClosed');
    w.done(setPoolStatus(w, lst, 'retired'));
    w.done(pause(w));
    expect(leave(600n).error).toBe('');
  });

  it('gives no more than the receipts say, and nothing for nothing', () => {
    const surplus = { mint: lst.mint, owner: lst.pool, amount: 5_000n };
    w.chain.setAccount(lst.vault, lst.tokenProgram, tokenAccountBytes(surplus));
    expect(leave(601n).error).toBe(TOKEN_ERROR.insufficientFunds);
    expect(leave(0n).error).toBe('AmountZero');
    expect(leave(600n).error).toBe('');
  });

  it('is the owner’s alone', () => {
    const thief = depositor(w.chain, lst, 0n);
    const over = { rstAccount: lst.receiptsOf(address()) };
    const steal = unrestake(addressOf(thief.publicKey), lst, 1n, over);
    expect(w.chain.send([steal], [thief]).error).toBe('anchor:ConstraintTokenOwner');
    const foreign = { position: pdas.position(lst.pool, address()) };
    expect(w.chain.send([unrestake(addressOf(thief.publicKey), lst, 1n, foreign)], [thief]).error).toMatch(
      /^anchor:(ConstraintSeeds|AccountNotInitialized)$/,
    );
  });

  it('takes no other pool, mint or vault', () => {
    const other = whitelisted(w, { symbol: 'other' });
    expect(leave(1n, { pool: other.pool }).error).toBe('anchor:ConstraintSeeds');
    expect(leave(1n, { rstMint: other.rstMint }).error).toBe('anchor:ConstraintHasOne');
    expect(leave(1n, { lstVault: other.vault }).error).toBe('anchor:ConstraintTokenOwner');
    const loose = freshAddress();
    const own = { mint: lst.rstMint, owner: address(), amount: 9n };
    w.chain.setAccount(loose, lst.tokenProgram, tokenAccountBytes(own));
    expect(leave(1n, { rstAccount: loose }).error).toBe('anchor:ConstraintAssociated');
  });
});

describe('unrestake and what is bound', () => {
  it('leaves at least what is delegated and unbonding, frozen', () => {
    bind(w.chain, lst, address(), 300n, 100n);
    expect(leave(201n).error).toBe('PositionLocked');
    expect(leave(200n).error).toBe('');
    expect(receipts()).toMatchObject({ amount: 400n, frozen: true });
    expect(leave(1n).error).toBe('PositionLocked');
    bind(w.chain, lst, address(), 0n, 0n);
    expect(leave(400n).error).toBe('');
  });

  it('adds the two without overflow', () => {
    bind(w.chain, lst, address(), 2n ** 64n - 1n, 1n);
    expect(leave(1n).error).toBe('Overflow');
  });

  it('wants the owner’s own position, at its address', () => {
    const other = pdas.position(lst.pool, addressOf(w.outsider.publicKey));
    expect(leave(1n, { position: other }).error).toBe('anchor:ConstraintSeeds');
    expect(leave(1n, { position: freshAddress() }).error).toBe('anchor:ConstraintSeeds');
  });

  it('takes lamports at that address for nothing bound, and any other account for locked', () => {
    const position = pdas.position(lst.pool, address());
    w.chain.prefund(position, 5_000_000n);
    expect(leave(1n).error).toBe('');
    w.chain.setAccount(position, lst.tokenProgram, new Uint8Array(121));
    expect(leave(1n).error).toBe('PositionLocked');
    w.chain.setAccount(position, w.pins.programId, new Uint8Array(121));
    expect(leave(1n).error).toBe('PositionLocked');
  });
});
