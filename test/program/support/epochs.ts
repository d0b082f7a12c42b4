import type { Keypair } from '@solana/web3.js';
import type { EpochTerms } from '#governance/restaking/accounts.ts';
import { activateEpoch, restake, scheduleEpoch, setEpochCap, whitelistLst } from './instructions.ts';
import { createLst, type Lst, type MintOptions } from './lst.ts';
import type { Outcome } from './outcome.ts';
import { addressOf, DAY, succeeded, type World } from './world.ts';

/** Opens a day from now, closes nine days later, open to everyone, no withdrawals. */
export function termsFrom(w: World, changed: Partial<EpochTerms> = {}): EpochTerms {
  const opensAt = w.chain.now + DAY;
  return { opensAt, closesAt: opensAt + 9n * DAY, access: 'open', withdrawals: false, ...changed };
}

export function whitelisted(w: World, options: MintOptions & { readonly poolCap?: bigint } = {}): Lst {
  const lst = createLst(w.chain, options);
  w.done(whitelistLst(w, lst, { cap: options.poolCap ?? 1_000_000n }));
  return lst;
}

/** One SIP: the epoch and a cap per LST. */
export function scheduled(
  w: World,
  lsts: readonly Lst[] = [],
  changed: Partial<EpochTerms> = {},
  cap = 500_000n,
): number {
  const index = w.config.nextEpoch;
  const caps = lsts.map((lst) => setEpochCap(w, index, lst, cap));
  w.done(scheduleEpoch(w, index, termsFrom(w, changed)), ...caps);
  return index;
}

/** The next epoch to activate, by its admin, at the opening of its window if that lies ahead. */
export function activate(w: World): Outcome {
  const index = w.config.nextActivation;
  return w.chain.send([activateEpoch(addressOf(w.epochAdmin.publicKey), index)], [w.epochAdmin]);
}

export function toOpening(w: World): void {
  w.chain.advance(DAY);
}

/** Scheduled and activated. */
export function active(
  w: World,
  lsts: readonly Lst[] = [],
  changed: Partial<EpochTerms> = {},
  cap = 500_000n,
): number {
  const index = scheduled(w, lsts, changed, cap);
  toOpening(w);
  succeeded(activate(w));
  return index;
}

export function deposit(
  w: World,
  owner: Keypair,
  lst: Lst,
  amount: bigint,
  index = w.config.activeEpoch ?? 0,
): Outcome {
  return w.chain.send([restake(addressOf(owner.publicKey), lst, index, amount)], [owner]);
}
