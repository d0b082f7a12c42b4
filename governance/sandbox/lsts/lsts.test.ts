import { Keypair, PublicKey } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import type { SeedAccount } from '../seed-account.ts';
import { DEPOSITOR_TOKENS, lstAccounts } from './accounts.ts';
import { LSTS, lstNamed, OPERATORS, STAKE_POOL_LSTS } from './fixtures.ts';
import { INFINITY_LST_LIST, INFINITY_STATE } from './infinity.ts';
import { MARINADE_PDAS, MARINADE_STATE, MSOL_PRICE_UNIT } from './marinade.ts';
import { reserveAddress } from './stake-pool.ts';
import { associatedTokenAddress } from './token.ts';

const [manager, depositor] = [Keypair.generate().publicKey, Keypair.generate().publicKey];
const accounts = lstAccounts(manager, depositor);
const ascii = (text: string) => new TextEncoder().encode(text);
const pda = (program: PublicKey, ...seeds: Uint8Array[]) => PublicKey.findProgramAddressSync(seeds, program);

function at(address: PublicKey): SeedAccount {
  const found = accounts.filter((account) => account.address.equals(address));
  expect(found).toHaveLength(1);
  return found[0]!;
}
const view = (account: SeedAccount) => Buffer.from(account.data);

it('holds every asset once, each with a supply above what the depositor has and a rate above 1', () => {
  expect(LSTS).toHaveLength(25);
  for (const lst of LSTS) {
    const mint = view(at(lst.mint));
    expect(mint.readBigUInt64LE(36)).toBe(lst.supplyBaseUnits);
    expect(mint.readUInt32LE(46)).toBe(0); // no freeze authority
    expect(lst.totalLamports).toBeGreaterThan(lst.supplyBaseUnits);
    const held = view(at(associatedTokenAddress(depositor, lst.mint))).readBigUInt64LE(64);
    expect(held).toBe(DEPOSITOR_TOKENS * 10n ** 9n);
    expect(lst.supplyBaseUnits).toBeGreaterThanOrEqual(held);
  }
});

it('writes no address twice', () => {
  expect(new Set(accounts.map(({ address }) => address.toBase58())).size).toBe(accounts.length);
});

it('has a vote account of real size for every operator', () => {
  for (const { vote } of OPERATORS) expect(at(vote).data).toHaveLength(3_762);
});

describe.each(STAKE_POOL_LSTS)('the stake pool of $symbol', (lst) => {
  const pool = lst.stakePool.toBytes();

  it('keeps derived addresses that derive again', () => {
    const [withdraw, bump] = pda(lst.poolProgram, pool, ascii('withdraw'));
    expect([lst.withdrawAuthority.toBase58(), lst.withdrawBump]).toEqual([withdraw.toBase58(), bump]);
    expect(lst.depositAuthority).toEqual(pda(lst.poolProgram, pool, ascii('deposit'))[0]);
    expect(lst.validatorStake).toEqual(pda(lst.poolProgram, lst.vote.toBytes(), pool)[0]);
  });

  it('counts exactly the lamports that reserve and validator hold', () => {
    const reserve = at(reserveAddress(lst));
    const rent = 2_282_880n;
    const total = view(at(lst.stakePool)).readBigUInt64LE(258);
    expect(total).toBe(lst.totalLamports);
    expect(reserve.lamports - rent + at(lst.validatorStake).lamports).toBe(total);
    expect(view(at(lst.validatorList)).readBigUInt64LE(9)).toBe(at(lst.validatorStake).lamports);
  });
});

it('writes a Marinade state whose price is its value by its supply', () => {
  const msol = lstNamed('mSOL');
  const state = at(MARINADE_STATE);
  expect(state.owner).toEqual(msol.poolProgram);
  for (const { seed, address, bump } of Object.values(MARINADE_PDAS)) {
    const [derived, derivedBump] = pda(msol.poolProgram, MARINADE_STATE.toBytes(), ascii(seed));
    expect([address.toBase58(), bump]).toEqual([derived.toBase58(), derivedBump]);
  }
  // Offsets readers use: total active balance, then from available reserve balance on.
  const data = view(state);
  const [active, reserve, supply, price] = [376, 496, 504, 512].map((offset) => data.readBigUInt64LE(offset));
  expect(active! + reserve!).toBe(msol.totalLamports);
  expect(supply).toBe(msol.supplyBaseUnits);
  expect(price).toBe((msol.totalLamports * MSOL_PRICE_UNIT) / msol.supplyBaseUnits);
});

it('writes an Infinity state whose list adds up to its value', () => {
  const inf = lstNamed('INF');
  expect(INFINITY_STATE).toEqual(pda(inf.poolProgram, ascii('state'))[0]);
  expect(INFINITY_LST_LIST).toEqual(pda(inf.poolProgram, ascii('lst-state-list'))[0]);
  const protocolFee = pda(inf.poolProgram, ascii('protocol-fee'))[0];
  const state = view(at(INFINITY_STATE));
  expect(state).toHaveLength(176);
  expect(state.readBigUInt64LE(0)).toBe(inf.totalLamports);
  expect(new PublicKey(state.subarray(144))).toEqual(inf.mint);
  const list = view(at(INFINITY_LST_LIST));
  let sum = 0n;
  const tokenProgram = new PublicKey('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA');
  const associated = new PublicKey('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL');
  for (let i = 0; i < list.length; i += 80) {
    sum += list.readBigUInt64LE(i + 8);
    const mint = list.subarray(i + 16, i + 48);
    const bump = (owner: PublicKey) => pda(associated, owner.toBytes(), tokenProgram.toBytes(), mint)[1];
    expect([list[i + 1], list[i + 2]]).toEqual([bump(INFINITY_STATE), bump(protocolFee)]);
  }
  expect(sum).toBe(inf.totalLamports);
});
