import { beforeEach, describe, expect, it } from 'vitest';
import { TOKEN_PROGRAMS } from '#governance/restaking/pdas.ts';
import { SYSTEM_ID } from './support/ids.ts';
import { type WhitelistArgs, whitelistLst } from './support/instructions.ts';
import { createLst, type Lst, mintOf, tokenAccount, tokenAccountBytes } from './support/lst.ts';
import { freshAddress, pdas, succeeded, World } from './support/world.ts';

/** The instruction and its accounts; what it asks of the mint: mint-rules.test.ts. */

let w: World;
beforeEach(() => {
  w = new World();
});

const whitelist = (lst: Lst, args: WhitelistArgs = {}, over = {}) =>
  w.bySip(whitelistLst(w, lst, args, over)).error;

const vaultBytes = (lst: Lst, changed: Partial<Parameters<typeof tokenAccountBytes>[0]> = {}) =>
  tokenAccountBytes({ mint: lst.mint, owner: lst.pool, amount: 0n, ...changed });

describe('whitelist_lst', () => {
  it('makes pool, receipt mint and vault as the SIP says', () => {
    const lst = createLst(w.chain, { symbol: 'JupSOL', decimals: 6 });
    const before = w.config;
    const outcome = succeeded(w.bySip(whitelistLst(w, lst, { cap: 250n })));
    expect(w.chain.read('RestakingPool', lst.pool)).toMatchObject({
      lstMint: lst.mint,
      rstMint: lst.rstMint,
      decimals: 6,
      symbol: 'JupSOL',
      status: 'open',
      receiptsTransferable: false,
      cap: 250n,
      deposited: 0n,
      whitelistedBy: 2,
      sip: 2,
    });
    expect(mintOf(w.chain, lst.rstMint)).toEqual({
      mintAuthority: lst.pool,
      supply: 0n,
      decimals: 6,
      freezeAuthority: lst.pool,
    });
    expect(w.chain.account(lst.rstMint)?.owner.toBase58()).toBe(TOKEN_PROGRAMS.token);
    const vault = { mint: lst.mint, owner: lst.pool, amount: 0n, frozen: false };
    expect(tokenAccount(w.chain, lst.vault)).toEqual(vault);
    expect(w.config).toEqual(before);
    const { pool, mint: lstMint, rstMint } = lst;
    const told = { sip: 2, pool, lstMint, rstMint, symbol: 'JupSOL', decimals: 6, cap: 250n };
    expect(outcome.events[1]).toEqual({ name: 'LstWhitelisted', data: told });
  });

  it('whitelists a mint once, under whatever symbol', () => {
    const lst = createLst(w.chain);
    expect(whitelist(lst)).toBe('');
    expect(whitelist(lst)).toBe(`${SYSTEM_ID}:0`);
    expect(whitelist(lst, { symbol: 'other' })).toBe(`${SYSTEM_ID}:0`);
  });

  it('takes symbols of 1 to 12 letters and digits', () => {
    for (const symbol of ['', 'thirteenchars', 'm SOL', 'mSOL ', 'm-SOL', 'мSOL', 'm\u0000SOL', 'm$'])
      expect([symbol, whitelist(createLst(w.chain, { symbol }))]).toEqual([symbol, 'SymbolMismatch']);
    for (const symbol of ['m', 'twelvechars1'])
      expect([symbol, whitelist(createLst(w.chain, { symbol }))]).toEqual([symbol, '']);
  });

  it('has the vault pay, and fails as a whole where it cannot', () => {
    w = new World({ vaultLamports: 3_000_000n });
    const lst = createLst(w.chain);
    expect(whitelist(lst)).toBe(`${SYSTEM_ID}:1`);
    for (const address of [lst.pool, lst.rstMint, lst.vault, pdas.sipRecord(2)])
      expect(w.chain.account(address)).toBeNull();
  });
});

describe('whitelist_lst and accounts that a stranger made before', () => {
  it('is not blocked by lamports at any of its addresses', () => {
    for (const lamports of [1n, 10_000_000n]) {
      const lst = createLst(w.chain);
      for (const address of [lst.pool, lst.rstMint, lst.vault]) w.chain.prefund(address, lamports);
      expect(whitelist(lst)).toBe('');
      expect(w.chain.read('RestakingPool', lst.pool)).toMatchObject({ deposited: 0n });
      expect(tokenAccount(w.chain, lst.vault)?.owner).toBe(lst.pool);
    }
  });

  it('takes a vault that is there already, with tokens that count for nobody', () => {
    const lst = createLst(w.chain);
    w.chain.setAccount(lst.vault, lst.tokenProgram, vaultBytes(lst, { amount: 77n }));
    expect(whitelist(lst)).toBe('');
    expect(w.chain.read('RestakingPool', lst.pool)).toMatchObject({ deposited: 0n });
    expect(tokenAccount(w.chain, lst.vault)?.amount).toBe(77n);
  });

  it('takes none that somebody could empty, close or has frozen', () => {
    for (const changed of [
      { delegate: freshAddress(), amount: 5n },
      { closeAuthority: freshAddress() },
      { frozen: true },
    ]) {
      const lst = createLst(w.chain);
      w.chain.setAccount(lst.vault, lst.tokenProgram, vaultBytes(lst, changed));
      expect(whitelist(lst)).toBe('VaultUnclean');
    }
  });

  it('takes none of another owner, mint or program, nor another address', () => {
    // The ATA program looks first.
    const refused = /^ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL:/;
    for (const changed of [{ owner: freshAddress() }, { mint: freshAddress() }]) {
      const lst = createLst(w.chain);
      w.chain.setAccount(lst.vault, lst.tokenProgram, vaultBytes(lst, changed));
      expect(whitelist(lst)).toMatch(refused);
    }
    const lst = createLst(w.chain);
    w.chain.setAccount(lst.vault, TOKEN_PROGRAMS['token-2022'], vaultBytes(lst));
    expect(whitelist(lst)).toMatch(refused);
    const other = createLst(w.chain);
    expect(whitelist(other, {}, { lstVault: lst.vault })).toBe('VaultUnclean');
  });
});

describe('whitelist_lst takes no other account for', () => {
  it('the mint', () => {
    const lst = createLst(w.chain);
    const [wallet, account] = [freshAddress(), freshAddress()];
    w.chain.prefund(wallet, 1_000_000_000n);
    w.chain.setAccount(account, lst.tokenProgram, vaultBytes(lst));
    const unset = createLst(w.chain);
    w.chain.setAccount(unset.mint, lst.tokenProgram, new Uint8Array(82));
    const foreign = createLst(w.chain);
    w.chain.setAccount(foreign.mint, SYSTEM_ID, w.chain.account(lst.mint)?.data ?? new Uint8Array());
    for (const [lstMint, error] of [
      [freshAddress(), 'anchor:AccountNotInitialized'],
      [wallet, 'anchor:AccountOwnedByWrongProgram'],
      [foreign.mint, 'anchor:AccountOwnedByWrongProgram'],
      [w.council.address, 'anchor:AccountOwnedByWrongProgram'],
    ] as const)
      expect(whitelist(lst, {}, { lstMint })).toBe(error);
    for (const lstMint of [account, unset.mint]) expect(whitelist(lst, {}, { lstMint })).not.toBe('');
  });

  it('pool and receipt mint', () => {
    const [lst, other] = [createLst(w.chain), createLst(w.chain)];
    expect(whitelist(lst, {}, { pool: other.pool })).toBe('anchor:ConstraintSeeds');
    expect(whitelist(lst, {}, { rstMint: other.rstMint })).toBe('anchor:ConstraintSeeds');
  });

  it('the token program', () => {
    const lst = createLst(w.chain);
    const lstTokenProgram = TOKEN_PROGRAMS['token-2022'];
    expect(whitelist(lst, {}, { lstTokenProgram })).toBe('anchor:ConstraintMintTokenProgram');
    expect(whitelist(lst, {}, { lstTokenProgram: SYSTEM_ID })).toBe('anchor:InvalidProgramId');
    expect(whitelist(lst, {}, { tokenProgram: TOKEN_PROGRAMS['token-2022'] })).toBe(
      'anchor:InvalidProgramId',
    );
  });
});
