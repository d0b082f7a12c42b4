import type { Address, UnixSeconds } from '../../types.ts';
import type { Council, Permission, Proposal } from './state.ts';

/** Which members can take a step now, so that both Squads and the restaking program accept it. */
export interface NextSteps {
  readonly propose: readonly Address[];
  readonly activate: readonly Address[];
  readonly approve: readonly Address[];
  readonly reject: readonly Address[];
  readonly cancel: readonly Address[];
  readonly execute: readonly Address[];
}

export type ProposalState = {
  readonly transactionIndex: bigint;
  /** The council changed since: index ≤ staleTransactionIndex. No vote any more but cancel. */
  readonly stale: boolean;
  readonly nextSteps: NextSteps;
} & (
  | {
      readonly kind: 'none' /** The index is used up: a transaction without a proposal, or closed accounts. */;
      readonly taken: boolean;
    }
  | { readonly kind: 'draft' }
  | {
      readonly kind: 'active';
      readonly approvals: number;
      readonly needed: number;
      readonly rejections: number;
      /** So many rejections and it can no longer be approved: voters − threshold + 1. */
      readonly rejectCutoff: number;
    }
  | {
      readonly kind: 'approved';
      readonly at: UnixSeconds;
      readonly approvals: number;
      readonly needed: number;
      readonly cancellations: number;
      /** By the council's time lock of today, as Squads counts it; 0 when it has passed. */
      readonly timeLockLeftSeconds: bigint;
      readonly executableAt: UnixSeconds;
      /** Members who may execute, now or when the time lock has passed. */
      readonly executors: readonly Address[];
      /** Squads would run the vault transaction now, stale or not. */
      readonly squadsAccepts: boolean;
      /** The restaking program's guard would let it act: never when stale. */
      readonly programAccepts: boolean;
    }
  | { readonly kind: 'rejected'; readonly at: UnixSeconds | null }
  | { readonly kind: 'executing' }
  | { readonly kind: 'executed'; readonly at: UnixSeconds | null }
  | { readonly kind: 'cancelled'; readonly at: UnixSeconds | null }
);

const NOBODY: NextSteps = { propose: [], activate: [], approve: [], reject: [], cancel: [], execute: [] };

/**
 * Squads' own rules, on what was read. Pure.
 * @param clock the chain's, not the computer's
 */
export function classify(
  council: Council,
  proposal: Proposal | null,
  index: bigint,
  clock: UnixSeconds,
): ProposalState {
  const stale = index <= council.staleTransactionIndex;
  const base = { transactionIndex: index, stale, nextSteps: NOBODY };
  const may = (permission: Permission, except: readonly Address[] = []): readonly Address[] =>
    council.members
      .filter((m) => m.permissions.includes(permission) && !except.includes(m.key))
      .map((m) => m.key);

  if (proposal === null) {
    const taken = index <= council.transactionIndex;
    // proposal_create asks for Initiate or Vote; whoever proposes SIPs here has Initiate.
    const propose = taken && !stale ? may('initiate') : [];
    return { ...base, kind: 'none', taken, nextSteps: { ...NOBODY, propose } };
  }
  const { status, approved, rejected, cancelled } = proposal;
  const votes = { approvals: approved.length, needed: council.threshold };
  switch (status.kind) {
    case 'draft':
      return { ...base, kind: 'draft', nextSteps: { ...NOBODY, activate: stale ? [] : may('initiate') } };
    case 'active': {
      const nextSteps = stale
        ? NOBODY
        : { ...NOBODY, approve: may('vote', approved), reject: may('vote', rejected) };
      const rejectCutoff = may('vote').length - council.threshold + 1;
      return { ...base, kind: 'active', ...votes, rejections: rejected.length, rejectCutoff, nextSteps };
    }
    case 'approved': {
      const at = status.at ?? (0n as UnixSeconds);
      const executableAt = (at + BigInt(council.timeLockSeconds)) as UnixSeconds;
      const left = executableAt - clock;
      const squadsAccepts = left <= 0n;
      return {
        ...base,
        kind: 'approved',
        at,
        ...votes,
        cancellations: cancelled.length,
        timeLockLeftSeconds: left > 0n ? left : 0n,
        executableAt,
        executors: may('execute'),
        squadsAccepts,
        programAccepts: !stale,
        nextSteps: {
          ...NOBODY,
          cancel: may('vote', cancelled),
          execute: squadsAccepts && !stale ? may('execute') : [],
        },
      };
    }
    case 'executing':
      return { ...base, kind: 'executing' };
    case 'rejected':
    case 'executed':
    case 'cancelled':
      return { ...base, kind: status.kind, at: status.at };
  }
}
