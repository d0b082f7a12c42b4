import type { EpochTerms } from '#governance/restaking/accounts.ts';
import type { Key, PoolStatus } from './state.ts';

/** What a SIP can say of epochs, pools, roles and pause. */
export type Action =
  | { readonly kind: 'schedule' | 'amend'; readonly index: number; readonly terms: EpochTerms }
  | { readonly kind: 'cancel' | 'end'; readonly index: number }
  | { readonly kind: 'epoch-cap'; readonly index: number; readonly pool: number; readonly cap: bigint }
  | { readonly kind: 'pool-cap'; readonly pool: number; readonly cap: bigint }
  | { readonly kind: 'pool-status'; readonly pool: number; readonly status: PoolStatus }
  | { readonly kind: 'transferable'; readonly pool: number }
  | { readonly kind: 'pause' | 'unpause' }
  | { readonly kind: 'roles'; readonly epochAdmin: Key; readonly guardian: Key; readonly gatekeeper: Key };

export type Step =
  /** Proposed, approved, the time lock passed, executed. */
  | { readonly kind: 'sip'; readonly actions: readonly Action[] }
  /** The same before the time lock has passed. */
  | { readonly kind: 'sip too early'; readonly actions: readonly Action[] }
  /** The last executed council transaction once more. */
  | { readonly kind: 'executed again' }
  /** A new council transaction with the number of a SIP that has taken effect. */
  | { readonly kind: 'number again'; readonly actions: readonly Action[] }
  | { readonly kind: 'council'; readonly threshold: number; readonly timeLock: number }
  | { readonly kind: 'wait'; readonly seconds: bigint }
  | { readonly kind: 'activate'; readonly index: number; readonly by: Key }
  | { readonly kind: 'close'; readonly index: number }
  | { readonly kind: 'guardian pause'; readonly by: Key }
  | {
      readonly kind: 'restake';
      readonly who: number;
      readonly pool: number;
      readonly index: number;
      readonly amount: bigint;
      /** Whose signature as gatekeeper comes with it. */
      readonly gatekeeper: Key | null;
    }
  | { readonly kind: 'unrestake'; readonly who: number; readonly pool: number; readonly amount: bigint }
  | { readonly kind: 'thaw'; readonly who: number; readonly pool: number };

export const ACTION_KINDS = [
  ...(['schedule', 'amend', 'cancel', 'end', 'epoch-cap', 'pool-cap', 'pool-status'] as const),
  ...(['transferable', 'pause', 'unpause', 'roles'] as const),
] satisfies readonly Action['kind'][];
export const STEP_KINDS = [
  ...(['sip too early', 'executed again', 'number again', 'council', 'wait', 'activate'] as const),
  ...(['close', 'guardian pause', 'restake', 'unrestake', 'thaw'] as const),
] satisfies readonly Step['kind'][];
