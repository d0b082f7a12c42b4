import type { DueStep } from '../lifecycle/derive.ts';
import type { UnixSeconds } from '../types.ts';
import type { ProposalState } from '../venues/squads/status.ts';
import { distanceText } from './times.ts';

/** `approve transaction 7`, `activate epoch 2`. */
export function stepText({ step, transactionIndex, epoch }: DueStep): string {
  const what =
    epoch !== null ? ` epoch ${epoch}` : transactionIndex !== null ? ` transaction ${transactionIndex}` : '';
  return step === 'open-proposal' ? `open the proposal of${what}` : `${step}${what}`;
}

/** `active, 1 of 3 approvals`, in words for a table. */
export function stateText(state: ProposalState, now: UnixSeconds): string {
  const stale = state.stale && state.kind !== 'executed' ? ', stale' : '';
  switch (state.kind) {
    case 'none':
      return `without a proposal${stale}`;
    case 'active': {
      const rejections =
        state.rejections > 0 ? `, ${state.rejections} of ${state.rejectCutoff} rejections` : '';
      return `active, ${state.approvals} of ${state.needed} approvals${rejections}${stale}`;
    }
    case 'approved': {
      const cancel =
        state.cancellations > 0 ? `, ${state.cancellations} of ${state.needed} cancellations` : '';
      const lock =
        state.timeLockLeftSeconds > 0n ? `, time lock ends ${distanceText(state.executableAt, now)}` : '';
      return `approved${lock}${cancel}${stale}`;
    }
    default:
      return `${state.kind}${stale}`;
  }
}
