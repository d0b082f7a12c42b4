import type { LooseTransaction } from '../proposals/loose-transactions.ts';
import type { UnixSeconds } from '../types.ts';
import { distanceText } from './times.ts';

/** An approved transaction that nobody executed: what it is, and what to do about it. */
export function looseText(
  one: LooseTransaction,
  now: UnixSeconds,
): { readonly what: string; readonly remedy: string } {
  const { transactionIndex, sip, stale, executableAt, formerVoters, underChange } = one;
  const carries = sip === null ? 'announces no SIP' : `announces SIP-${sip}`;
  const when = (at: UnixSeconds) => (at <= now ? 'now' : distanceText(at, now));
  const before = stale ? ' It was approved before the council last changed.' : '';
  const gone =
    formerVoters.length === 0
      ? ''
      : ` ${formerVoters.length === 1 ? 'One approval is' : `${formerVoters.length} approvals are`} of keys that no longer vote: ${formerVoters.join(', ')}.`;
  const changes = underChange.map(
    (change) =>
      ` Transaction ${change.transactionIndex} would set the time lock to ${change.timeLockSeconds} s: then ${when(change.executableAt)}.`,
  );
  const left = one.cancellationsNeeded - one.cancellations;
  return {
    what: `Transaction ${transactionIndex} ${carries}; Squads runs it for any executor ${when(executableAt)}.${before}${gone}${changes.join('')}`,
    remedy: stale
      ? `Cancel it: “sip cancel ${transactionIndex}”, ${left} more ${left === 1 ? 'vote' : 'votes'} needed.`
      : `Execute it where it is wanted (“sip execute ${transactionIndex}”), or cancel it: ${left} more ${left === 1 ? 'vote' : 'votes'} needed.`,
  };
}
