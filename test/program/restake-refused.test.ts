import type { Keypair } from '@solana/web3.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { TOKEN_PROGRAMS } from '#governance/restaking/pdas.ts';
import { activate, active, deposit, scheduled, termsFrom, toOpening, whitelisted } from './support/epochs.ts';
import {
  cancelEpoch,
  closeEpoch,
  endEpoch,
  guardianPause,
  pause,
  restake,
  scheduleEpoch,
  setPoolStatus,
} from './support/instructions.ts';
import { createLst, depositor, fund, type Lst, mintBytes, tokenAccountBytes } from './support/lst.ts';
import { TOKEN_ERROR } from './support/token.ts';
import { addressOf, DAY, freshAddress, pdas, succeeded, World } from './support/world.ts';

let w: World;
let lst: Lst;
let owner: Keypair;
beforeEach(() => {
  w = new World();
  lst = whitelisted(w);
  owner = depositor(w.chain, lst, 1_000n);
});

const refused = (index = 0, amount = 10n) => deposit(w, owner, lst, amount, index).error;
const wrong = (over: NonNullable<Parameters<typeof restake>[4]>['over']) =>
  w.chain.send([restake(addressOf(owner.publicKey), lst, 0, 10n, { over })], [owner]).error;

describe('restake is refused', () => {
  it('outside an active epoch’s window, to the second', () => {
    const closesAt = w.chain.now + 3n * DAY;
    const index = scheduled(w, [lst], { closesAt });
    toOpening(w);
    expect(refused()).toBe('NoActiveEpoch');
    succeeded(activate(w));
    w.chain.advance(closesAt - 1n - w.chain.now);
    expect(refused()).toBe('');
    w.chain.advance(1);
    expect(refused()).toBe('EpochWindowPassed');
    succeeded(w.chain.send([closeEpoch(index)], [w.outsider]));
    expect(refused()).toBe('NoActiveEpoch');
  });

  it('after a SIP ended the epoch', () => {
    w.done(endEpoch(w, active(w, [lst])));
    expect(refused()).toBe('NoActiveEpoch');
  });

  it('by the account of an epoch that is not the active one', () => {
    w.done(endEpoch(w, active(w, [lst])));
    const next = active(w, [lst]);
    expect(refused(0)).toBe('NoActiveEpoch');
    expect(refused(next)).toBe('');
  });

  it('while paused, by guardian or SIP', () => {
    active(w, [lst]);
    w.done(pause(w));
    expect(refused()).toBe('Paused');
    w = new World();
    lst = whitelisted(w);
    owner = depositor(w.chain, lst, 1_000n);
    active(w, [lst]);
    succeeded(w.chain.send([guardianPause(addressOf(w.guardian.publicKey))], [w.guardian]));
    expect(refused()).toBe('Paused');
    w.chain.advance(7n * DAY);
    expect(refused()).toBe('');
  });

  it('where the pool takes no deposits', () => {
    active(w, [lst]);
    for (const status of ['deposits-closed', 'retired'] as const) {
      w.done(setPoolStatus(w, lst, status));
      expect(refused()).toBe('PoolClosed');
    }
    w.done(setPoolStatus(w, lst, 'open'));
    expect(refused()).toBe('');
  });

  it('where the epoch has no cap for the LST, or one of a cancelled schedule', () => {
    active(w);
    expect(refused()).toBe('anchor:AccountNotInitialized');
    w = new World();
    lst = whitelisted(w);
    owner = depositor(w.chain, lst, 1_000n);
    w.done(cancelEpoch(w, scheduled(w, [lst])));
    w.done(scheduleEpoch(w, 0, termsFrom(w)));
    toOpening(w);
    succeeded(activate(w));
    expect(refused()).toBe('PoolNotInEpoch');
  });

  it('for nothing, and for more than there is', () => {
    active(w, [lst]);
    expect(refused(0, 0n)).toBe('AmountZero');
    expect(refused(0, 1_001n)).toBe(TOKEN_ERROR.insufficientFunds);
  });
});

describe('restake takes no other account for', () => {
  beforeEach(() => void active(w, [lst]));

  it('the LST’s mint, pool, vault and receipt mint', () => {
    const other = whitelisted(w, { symbol: 'other' });
    expect(wrong({ lstMint: other.mint })).toBe('anchor:ConstraintSeeds');
    expect(wrong({ pool: other.pool })).toBe('anchor:ConstraintSeeds');
    expect(wrong({ rstMint: other.rstMint })).toBe('anchor:ConstraintHasOne');
    expect(wrong({ lstVault: other.vault })).toBe('anchor:ConstraintTokenOwner');
    expect(wrong({ epochCap: pdas.epochCap(0, other.pool) })).toBe('anchor:AccountNotInitialized');
    const loose = freshAddress();
    const bytes = tokenAccountBytes({ mint: lst.mint, owner: lst.pool, amount: 0n });
    w.chain.setAccount(loose, lst.tokenProgram, bytes);
    expect(wrong({ lstVault: loose })).toBe('anchor:ConstraintAssociated');
    expect(wrong({ lstTokenProgram: TOKEN_PROGRAMS['token-2022'] })).toBe(
      'anchor:ConstraintMintTokenProgram',
    );
  });

  it('the owner’s LST', () => {
    const victim = depositor(w.chain, lst, 50n);
    const [lstAccount] = [restake(addressOf(victim.publicKey), lst, 0, 10n).keys[7]?.pubkey];
    expect(wrong({ lstAccount: addressOf(lstAccount ?? victim.publicKey) })).toBe(
      'anchor:ConstraintTokenOwner',
    );
    const foreign = createLst(w.chain);
    fund(w.chain, foreign, addressOf(owner.publicKey), 10n);
    const account = restake(addressOf(owner.publicKey), foreign, 0, 1n).keys[7]?.pubkey;
    expect(wrong({ lstAccount: addressOf(account ?? owner.publicKey) })).toBe('anchor:ConstraintTokenMint');
  });

  it('the owner’s receipts: only the owner’s associated account, owned by the owner', () => {
    const stranger = freshAddress();
    expect(wrong({ rstAccount: lst.receiptsOf(stranger) })).toBe('WrongTokenAccount');
    const loose = freshAddress();
    const own = { mint: lst.rstMint, owner: addressOf(owner.publicKey), amount: 0n };
    w.chain.setAccount(loose, TOKEN_PROGRAMS.token, tokenAccountBytes(own));
    expect(wrong({ rstAccount: loose })).toBe('WrongTokenAccount');
    const at = lst.receiptsOf(addressOf(owner.publicKey));
    w.chain.setAccount(at, TOKEN_PROGRAMS.token, tokenAccountBytes({ ...own, owner: stranger }));
    expect(wrong({})).toMatch(/^ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL:/);
  });
});

it('an LST that would keep a fee gives no receipts, even if its mint changed after whitelisting', () => {
  const fee = (authority: Uint8Array) => {
    const value = new Uint8Array(108);
    value.set(authority, 0);
    // Both schedules: epoch u64, maximum fee u64, basis points u16, from byte 72 and 90 on.
    for (const at of [72, 90]) {
      const view = new DataView(value.buffer);
      view.setBigUint64(at + 8, 1_000_000n, true);
      view.setUint16(at + 16, 1_000, true);
    }
    return { type: 1, value };
  };
  lst = whitelisted(w, { tokenProgram: 'token-2022' });
  active(w, [lst]);
  const extensions = [{ type: 2, value: new Uint8Array(8) }];
  const mint = mintBytes({ tokenProgram: 'token-2022', extensions: [fee(w.outsider.publicKey.toBytes())] });
  w.chain.setAccount(lst.mint, lst.tokenProgram, mint);
  const held = { mint: lst.mint, extensions };
  w.chain.setAccount(
    lst.vault,
    lst.tokenProgram,
    tokenAccountBytes({ ...held, owner: lst.pool, amount: 0n }),
  );
  const account = freshAddress();
  const mine = tokenAccountBytes({ ...held, owner: addressOf(owner.publicKey), amount: 100n });
  w.chain.setAccount(account, lst.tokenProgram, mine);
  expect(wrong({ lstAccount: account })).toBe('AmountMismatch');
});
