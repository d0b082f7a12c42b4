import type { Keypair } from '@solana/web3.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { active, deposit, whitelisted } from './support/epochs.ts';
import { setReceiptsTransferable, thawReceipts, unrestake } from './support/instructions.ts';
import { depositor, type Lst, tokenAccount, tokenAccountBytes } from './support/lst.ts';
import { approve, bind, burn, closeAccount, setOwner, TOKEN_ERROR, transfer } from './support/token.ts';
import { addressOf, freshAddress, succeeded, World } from './support/world.ts';

/** Receipts are frozen but inside an instruction, until the council makes them transferable. */

let w: World;
let lst: Lst;
let owner: Keypair;
beforeEach(() => {
  w = new World();
  lst = whitelisted(w);
  owner = depositor(w.chain, lst, 1_000n);
  active(w, [lst], { withdrawals: true });
  succeeded(deposit(w, owner, lst, 600n));
});

const address = () => addressOf(owner.publicKey);
const account = () => lst.receiptsOf(address());
const state = () => tokenAccount(w.chain, account());
const thaw = (over = {}) => w.chain.send([thawReceipts(address(), lst, over)], [w.outsider]);
const leave = (who: Keypair, amount: bigint) =>
  w.chain.send([unrestake(addressOf(who.publicKey), lst, amount)], [who]);
const byOwner = (...instructions: ReturnType<typeof transfer>[]) => w.chain.send(instructions, [owner]).error;

/** A receipt account of somebody else. */
function receiver(): { readonly who: Keypair; readonly at: ReturnType<typeof account> } {
  const who = depositor(w.chain, lst, 0n);
  const at = lst.receiptsOf(addressOf(who.publicKey));
  const empty = { mint: lst.rstMint, owner: addressOf(who.publicKey), amount: 0n };
  w.chain.setAccount(at, lst.tokenProgram, tokenAccountBytes(empty));
  return { who, at };
}

describe('receipts of a pool that is not transferable', () => {
  it('cannot be moved, approved, burnt or handed over past the program', () => {
    const to = receiver().at;
    expect(byOwner(transfer(address(), account(), to, 1n))).toBe(TOKEN_ERROR.accountFrozen);
    expect(byOwner(approve(address(), account(), to, 1n))).toBe(TOKEN_ERROR.accountFrozen);
    expect(byOwner(burn(address(), account(), lst.rstMint, 1n))).toBe(TOKEN_ERROR.accountFrozen);
    expect(byOwner(setOwner(address(), account(), freshAddress()))).toBe(TOKEN_ERROR.accountFrozen);
    expect(byOwner(closeAccount(address(), account(), address()))).toBe(TOKEN_ERROR.nonNativeHasBalance);
  });

  it('stay so beside a deposit and a withdrawal in one transaction', () => {
    const to = receiver().at;
    const withdraw = unrestake(address(), lst, 1n);
    expect(byOwner(withdraw, transfer(address(), account(), to, 1n))).toBe(TOKEN_ERROR.accountFrozen);
  });

  it('are thawed by nobody', () => {
    expect(thaw().error).toBe('ReceiptsNotTransferable');
    expect(state()?.frozen).toBe(true);
  });

  it('cannot be escaped by closing the empty account: the next deposit freezes again', () => {
    succeeded(leave(owner, 600n));
    expect(byOwner(closeAccount(address(), account(), address()))).toBe('');
    succeeded(deposit(w, owner, lst, 10n));
    expect(state()).toMatchObject({ amount: 10n, frozen: true });
  });

  it('pay nobody whose approval came before the first deposit', () => {
    const other = depositor(w.chain, lst, 100n);
    const delegate = depositor(w.chain, lst, 0n);
    const at = lst.receiptsOf(addressOf(other.publicKey));
    const open = {
      mint: lst.rstMint,
      owner: addressOf(other.publicKey),
      amount: 0n,
      delegate: addressOf(delegate.publicKey),
    };
    w.chain.setAccount(at, lst.tokenProgram, tokenAccountBytes(open));
    succeeded(deposit(w, other, lst, 100n));
    const take = transfer(addressOf(delegate.publicKey), at, receiver().at, 1n);
    expect(w.chain.send([take], [delegate]).error).toBe(TOKEN_ERROR.accountFrozen);
  });
});

describe('receipts of a transferable pool', () => {
  beforeEach(() => void w.done(setReceiptsTransferable(w, lst)));

  it('are thawed by anyone, moved by their owner, and redeemed by whom they reach', () => {
    expect(byOwner(transfer(address(), account(), receiver().at, 1n))).toBe(TOKEN_ERROR.accountFrozen);
    expect(thaw().error).toBe('');
    expect(thaw().error).toBe('');
    expect(state()).toMatchObject({ amount: 600n, frozen: false });
    const { who, at } = receiver();
    expect(byOwner(transfer(address(), account(), at, 200n))).toBe('');
    succeeded(leave(who, 200n));
    expect(tokenAccount(w.chain, at)).toMatchObject({ amount: 0n, frozen: false });
    expect(w.chain.read('RestakingPool', lst.pool)?.deposited).toBe(400n);
  });

  it('come unfrozen to a new owner, and a deposit leaves an account as it was', () => {
    const other = depositor(w.chain, lst, 100n);
    succeeded(deposit(w, other, lst, 100n));
    expect(tokenAccount(w.chain, lst.receiptsOf(addressOf(other.publicKey)))?.frozen).toBe(false);
    succeeded(deposit(w, owner, lst, 1n));
    expect(state()).toMatchObject({ amount: 601n, frozen: true });
    succeeded(thaw());
    succeeded(deposit(w, owner, lst, 1n));
    expect(state()?.frozen).toBe(false);
  });

  it('are thawed by a withdrawal too', () => {
    succeeded(leave(owner, 100n));
    expect(state()).toMatchObject({ amount: 500n, frozen: false });
  });

  it('stay frozen while anything of the position is bound', () => {
    bind(w.chain, lst, address(), 0n, 1n);
    expect(thaw().error).toBe('PositionLocked');
    succeeded(leave(owner, 599n));
    expect(state()).toMatchObject({ amount: 1n, frozen: true });
    bind(w.chain, lst, address(), 0n, 0n);
    expect(thaw().error).toBe('');
  });

  it('are thawed with their own position, mint and pool only', () => {
    bind(w.chain, lst, address(), 1n, 0n);
    const other = whitelisted(w, { symbol: 'other' });
    const free = { position: freshAddress() };
    expect(thaw(free).error).toBe('anchor:ConstraintSeeds');
    expect(thaw({ pool: other.pool }).error).toBe('anchor:ConstraintHasOne');
    expect(thaw({ rstMint: other.rstMint }).error).toBe('anchor:ConstraintHasOne');
    expect(thaw({ pool: other.pool, rstMint: other.rstMint }).error).toBe('anchor:ConstraintTokenMint');
  });
});
