import type { Address, UnixSeconds } from '../types.ts';
import type { Council, TransactionPair } from '../venues/squads/state.ts';
import { classify } from '../venues/squads/status.ts';
import type { PendingChange } from './pending-changes.ts';
import { announcementOf } from './scan.ts';

/**
 * An approved vault transaction that nobody has executed. A change of the council doesn't take the approval away:
 * Squads goes on to run it on the votes of members who may have left since. It is gone when it is executed or cancelled.
 */
export interface LooseTransaction {
  readonly transactionIndex: bigint;
  /** What its bytes say it carries; null where they announce no SIP. */
  readonly sip: number | null;
  /** Approved before the last change of the council: the restaking program refuses what it asks of it, nobody else does. */
  readonly stale: boolean;
  readonly approvedAt: UnixSeconds;
  /** By the council's time lock of today. */
  readonly executableAt: UnixSeconds;
  /** Votes for it of keys that are no voting members any more. */
  readonly formerVoters: readonly Address[];
  readonly cancellations: number;
  readonly cancellationsNeeded: number;
  /** Changes of the time lock before the council, and when this could be executed under each. */
  readonly underChange: readonly {
    readonly transactionIndex: bigint;
    readonly timeLockSeconds: number;
    readonly executableAt: UnixSeconds;
  }[];
}

/** @param pairs all transactions of the council, oldest first; so are those given back */
export function looseTransactions(
  pairs: readonly TransactionPair[],
  council: Council,
  now: UnixSeconds,
  pending: readonly PendingChange[],
): readonly LooseTransaction[] {
  const voters = new Set(
    council.members.filter(({ permissions }) => permissions.includes('vote')).map(({ key }) => key),
  );
  return pairs.flatMap((pair): readonly LooseTransaction[] => {
    const { index, transaction, proposal } = pair;
    const state = classify(council, proposal, index, now);
    // A stale config transaction can't be executed; one that isn't stale is among the pending changes.
    if (state.kind !== 'approved' || transaction === null || transaction.kind === 'config') return [];
    return [
      {
        transactionIndex: index,
        sip: announcementOf(pair)?.number ?? null,
        stale: state.stale,
        approvedAt: state.at,
        executableAt: state.executableAt,
        formerVoters: (proposal?.approved ?? []).filter((key) => !voters.has(key)),
        cancellations: state.cancellations,
        cancellationsNeeded: council.threshold,
        underChange: pending.flatMap(({ transactionIndex, timeLockSeconds }) =>
          timeLockSeconds === null
            ? []
            : [
                {
                  transactionIndex,
                  timeLockSeconds,
                  executableAt: (state.at + BigInt(timeLockSeconds)) as UnixSeconds,
                },
              ],
        ),
      },
    ];
  });
}
