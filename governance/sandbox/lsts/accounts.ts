import { sha256 } from '@noble/hashes/sha2';
import { PublicKey } from '@solana/web3.js';
import type { SeedAccount } from '../seed-account.ts';
import { LSTS, type LstAsset, OPERATORS } from './fixtures.ts';
import { INFINITY_STATE, infinityAccounts } from './infinity.ts';
import { MARINADE_PDAS, marinadeAccounts } from './marinade.ts';
import { voteAccount } from './stake.ts';
import { stakePoolAccounts } from './stake-pool.ts';
import { associatedTokenAddress, mintAccount, tokenAccount } from './token.ts';

/** Whole tokens of every asset that the depositor starts with; below every seeded supply. */
export const DEPOSITOR_TOKENS = 1_000_000n;
const COMMISSION_PERCENT = 5;

/**
 * Everything that stands for the LSTs: mints, pools, the depositor's balances, the operators' vote accounts.
 * `manager` becomes manager, staker or admin wherever the real one's key is not ours.
 */
export function lstAccounts(manager: PublicKey, depositor: PublicKey): readonly SeedAccount[] {
  return [
    ...LSTS.flatMap((lst) => [
      mintAccount(lst.mint, { ...lst, authority: mintAuthority(lst, manager) }),
      tokenAccount(associatedTokenAddress(depositor, lst.mint), {
        mint: lst.mint,
        owner: depositor,
        amountBaseUnits: DEPOSITOR_TOKENS * 10n ** BigInt(lst.decimals),
      }),
      ...poolAccounts(lst, manager),
    ]),
    ...OPERATORS.map(({ vote }) => voteAccount(vote, nodeOf(vote), COMMISSION_PERCENT)),
  ];
}

function poolAccounts(lst: LstAsset, manager: PublicKey): readonly SeedAccount[] {
  switch (lst.kind) {
    case 'Marinade':
      return marinadeAccounts(lst, manager);
    case 'SPool':
      return infinityAccounts(lst, manager);
    case 'Lido':
      return [];
    default:
      return stakePoolAccounts(lst, manager);
  }
}

function mintAuthority(lst: LstAsset, manager: PublicKey): PublicKey {
  switch (lst.kind) {
    case 'Marinade':
      return MARINADE_PDAS.msolMintAuthority.address;
    case 'SPool':
      return INFINITY_STATE;
    case 'Lido':
      return manager;
    default:
      return lst.withdrawAuthority;
  }
}

/** A validator's identity, which nothing here reads: an address without a key. */
const nodeOf = (vote: PublicKey): PublicKey =>
  new PublicKey(sha256(new Uint8Array([...new TextEncoder().encode('sandbox node'), ...vote.toBytes()])));
