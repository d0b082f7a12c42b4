import { PublicKey } from '@solana/web3.js';
import { Layout } from '../layout.ts';
import { dataAccount, rentLamports, type SeedAccount, wallet } from '../seed-account.ts';
import type { OtherAsset } from './fixtures.ts';

// Addresses: Marinade's documentation of its contracts. Field order: the State struct of its public IDL.
export const MARINADE_STATE = new PublicKey('8szGkuLTAux9XMgZ2vtY39jVSowEcpBfFfD8hXSEqdGC');
const STAKE_LIST = new PublicKey('Anv3XE7e5saNdm16MU6bniYS59Mpv7DzQXHAhxJUmAKW');
const VALIDATOR_LIST = new PublicKey('DwFYJNnhLmw19FBTrVaLWZ8SZJpxdPoSYVSJaio9tjbY');
const TREASURY_MSOL = new PublicKey('B1aLzaNMeFVAyQ6f3XbbUyKcH2YPHu2fqiEagmiF23VR');
const LP_MINT = new PublicKey('LPmSozJJ8Jh69ut2WP3XmVohTjL4ipR18yiCzxrUmVj');
const MSOL_LEG = new PublicKey('7GgPYjS5Dza89wV6FpZ23kUJRG5vbQ1GM25ezspYFSoE');
const MANAGER = new PublicKey('VaLV7StdK6A3KfqyePbHyaBefjeibq9gakECFtXNM4m');

/** sha256("account:State")[..8] */
const DISCRIMINATOR = Uint8Array.of(0xd8, 0x92, 0x6b, 0x5e, 0x68, 0x4b, 0xb6, 0xb1);
/** msol_price is lamports per lamport of mSOL, times this. */
export const MSOL_PRICE_UNIT = 0x1_0000_0000n;
const RESERVE_SHARE = 20n;
const U64_MAX = (1n << 64n) - 1n;

/** Addresses of the state, seeds and bumps: PDA(state, seed). */
export const MARINADE_PDAS = {
  reserve: {
    seed: 'reserve',
    address: new PublicKey('Du3Ysj1wKbxPKkuPPnvzQLQh8oMSVifs3jGZjJWXFmHN'),
    bump: 255,
  },
  msolMintAuthority: {
    seed: 'st_mint',
    address: new PublicKey('3JLPCS1qM2zRw3Dp6V4hZnYHd4toMNPkNesXdX9tg6KM'),
    bump: 253,
  },
  lpMintAuthority: {
    seed: 'liq_mint',
    address: new PublicKey('HZsepB79dnpvH6qfVgvMpS738EndHw3qSHo4Gv5WX1KA'),
    bump: 255,
  },
  solLeg: {
    seed: 'liq_sol',
    address: new PublicKey('UefNb6z6yvArqe4cJHTXCqStRsKmWhGxnZzuHbikP5Q'),
    bump: 254,
  },
  msolLegAuthority: {
    seed: 'liq_st_sol_authority',
    address: new PublicKey('EyaSjUtSgo9aRD1f8LWXwdvkpDTmXAW54yoSHZRF14WL'),
    bump: 255,
  },
  stakeDeposit: {
    seed: 'deposit',
    address: new PublicKey('4bZ6o3eUUNXhKuqjdCnCoPAoLgWiuLYixKaxoa8PpiKk'),
    bump: 255,
  },
  stakeWithdraw: {
    seed: 'withdraw',
    address: new PublicKey('9eG63CdHjsfhHmobHgLtESGC8GabbmRcaSpHAZrtmhco'),
    bump: 255,
  },
} as const;

/** Marinade's state and SOL reserve, so that a reader can compute mSOL's rate; its program is not there. */
export function marinadeAccounts(msol: OtherAsset, admin: PublicKey): readonly SeedAccount[] {
  const reserveLamports = msol.totalLamports / RESERVE_SHARE;
  return [
    dataAccount(MARINADE_STATE, msol.poolProgram, stateData(msol, admin, reserveLamports)),
    wallet(MARINADE_PDAS.reserve.address, reserveLamports + rentLamports(165)),
  ];
}

function stateData(msol: OtherAsset, admin: PublicKey, reserveLamports: bigint): Uint8Array {
  const list = (layout: Layout, account: PublicKey, itemBytes: number) =>
    layout.key(account).u32(itemBytes).u32(0).zeros(36);

  const state = new Layout()
    .bytes(DISCRIMINATOR)
    .key(msol.mint)
    .key(admin)
    .key(admin) // operational SOL account
    .key(TREASURY_MSOL)
    .u8(MARINADE_PDAS.reserve.bump)
    .u8(MARINADE_PDAS.msolMintAuthority.bump)
    .u64(rentLamports(165))
    .u32(600); // reward fee, basis points
  list(state, STAKE_LIST, 56)
    .u64(0) // delayed unstake cooling down
    .u8(MARINADE_PDAS.stakeDeposit.bump)
    .u8(MARINADE_PDAS.stakeWithdraw.bump)
    .u64(3_000) // slots for stake delta
    .u64(0) // last stake delta epoch
    .u64(1_000_000_000) // min stake
    .u32(0); // extra stake delta runs
  list(state, VALIDATOR_LIST, 61)
    .key(MANAGER)
    .u32(0) // total validator score
    .u64(msol.totalLamports - reserveLamports) // total active balance
    .u8(0); // auto add validator
  return state
    .key(LP_MINT)
    .u8(MARINADE_PDAS.lpMintAuthority.bump)
    .u8(MARINADE_PDAS.solLeg.bump)
    .u8(MARINADE_PDAS.msolLegAuthority.bump)
    .key(MSOL_LEG)
    .u64(100_000_000_000_000) // liquidity target
    .u32(300) // max fee
    .u32(30) // min fee
    .u32(2_500) // treasury cut
    .u64(0) // LP supply
    .u64(0) // lent from SOL leg
    .u64(U64_MAX) // liquidity SOL cap
    .u64(reserveLamports) // available reserve balance
    .u64(msol.supplyBaseUnits)
    .u64((msol.totalLamports * MSOL_PRICE_UNIT) / msol.supplyBaseUnits)
    .u64(0) // circulating ticket count
    .u64(0) // circulating ticket balance
    .u64(0) // lent from reserve
    .u64(1) // min deposit
    .u64(1) // min withdraw
    .u64(U64_MAX) // staking SOL cap
    .u64(0) // emergency cooling down
    .key(admin) // pause authority
    .u8(0) // not paused
    .u32(1_000) // delayed unstake fee, hundredths of a basis point
    .u32(1_000) // withdraw stake account fee
    .u8(1) // withdraw stake account enabled
    .u64(0) // last stake move epoch
    .u64(0) // stake moved
    .u32(10_000) // max stake moved per epoch, basis points
    .end();
}
