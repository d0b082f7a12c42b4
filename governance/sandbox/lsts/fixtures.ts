import { PublicKey } from '@solana/web3.js';
import data from './fixtures.json' with { type: 'json' };

interface Asset {
  readonly symbol: string;
  readonly name: string;
  readonly mint: PublicKey;
  readonly decimals: number;
  readonly poolProgram: PublicKey;
  /** The supply the sandbox gives it. */
  readonly supplyBaseUnits: bigint;
  /** What that supply is worth. */
  readonly totalLamports: bigint;
}

/** An asset of the SPL stake pool program or of one of Sanctum's forks of it. */
export interface StakePoolAsset extends Asset {
  readonly kind: 'Spl' | 'SanctumSpl' | 'SanctumSplMulti';
  readonly stakePool: PublicKey;
  readonly validatorList: PublicKey;
  readonly withdrawAuthority: PublicKey;
  readonly withdrawBump: number;
  readonly depositAuthority: PublicKey;
  readonly reserve: PublicKey | null;
  /** The seeded pool's one validator, and the pool's stake account with it. */
  readonly vote: PublicKey;
  readonly validatorStake: PublicKey;
}

/** An asset with a program of its own; Lido's was shut down, only its mint is seeded. */
export interface OtherAsset extends Asset {
  readonly kind: 'Marinade' | 'SPool' | 'Lido';
}

export type LstAsset = StakePoolAsset | OtherAsset;

export const LSTS: readonly LstAsset[] = data.lsts.map(parse);
export const STAKE_POOL_LSTS: readonly StakePoolAsset[] = LSTS.filter((lst) => 'stakePool' in lst);

export interface OperatorFixture {
  readonly name: string;
  readonly vote: PublicKey;
}

/** Validators whose vote accounts stand in the network. */
export const OPERATORS: readonly OperatorFixture[] = data.operators.map(({ name, vote }) => ({
  name,
  vote: new PublicKey(vote),
}));

/** @throws RangeError for a symbol that is not among the fixtures */
export function lstNamed(symbol: string): LstAsset {
  const found = LSTS.find((lst) => lst.symbol === symbol);
  if (found === undefined) throw new RangeError(`no LST ${symbol}`);
  return found;
}

function parse(raw: (typeof data.lsts)[number]): LstAsset {
  const unit = 10n ** BigInt(raw.decimals);
  const supplyTokens = BigInt(raw.supplyTokens);
  const asset = {
    symbol: raw.symbol,
    name: raw.name,
    decimals: raw.decimals,
    mint: new PublicKey(raw.mint),
    poolProgram: new PublicKey(raw.poolProgram),
    supplyBaseUnits: supplyTokens * unit,
    totalLamports: supplyTokens * BigInt(raw.lamportsPerToken),
  };
  const { kind } = raw;
  if (kind === 'Marinade' || kind === 'SPool' || kind === 'Lido') return { ...asset, kind };
  if (kind !== 'Spl' && kind !== 'SanctumSpl' && kind !== 'SanctumSplMulti') throw new RangeError(kind);
  const key = (value: string | null | undefined) => new PublicKey(value!);
  return {
    ...asset,
    kind,
    stakePool: key(raw.stakePool),
    validatorList: key(raw.validatorList),
    withdrawAuthority: key(raw.withdrawAuthority),
    withdrawBump: raw.withdrawBump!,
    depositAuthority: key(raw.depositAuthority),
    reserve: raw.reserve ? key(raw.reserve) : null,
    vote: key(raw.vote),
    validatorStake: key(raw.validatorStake),
  };
}
