import type { Sip } from '../sip/document.ts';
import type { Address } from '../types.ts';
import type { Verification } from '../verify/index.ts';
import type { Act, ActOutcome } from './act.ts';

/** What is told of a step that was taken, to be passed on to the other signers. */

export interface Told {
  readonly what: Act;
  readonly who: Address;
  readonly sip: Sip | undefined;
  readonly verification: Verification;
  readonly outcome: ActOutcome;
}

/** One line for the council's chat: what was checked, who signed, what is still needed. */
export function toldLine({ what, who, sip, verification, outcome }: Told): string {
  const { verdict, part, parts, transactionIndex } = verification;
  const name = sip ? `SIP-${sip.header.sip}` : verification.sip === null ? 'No SIP' : 'Unknown SIP';
  const ofParts = parts !== null && parts > 1 ? ` (part ${part} of ${parts})` : '';
  const digest = sip ? `, digest ${sip.digest}` : '';
  const needed = neededText(what, outcome);
  return `${name}${ofParts}, transaction ${transactionIndex}: checked (${verdict}${digest}), signed (${what}) by ${who}, ${needed}.`;
}

/** What a step still lacks to have its effect. */
export function neededText(what: Act, outcome: ActOutcome): string {
  if (outcome.kind === 'executed' || outcome.kind === 'already-executed') return 'executed';
  if (outcome.kind === 'not-done') return 'not done';
  const { state } = outcome;
  if (state.kind === 'active') {
    const left = what === 'reject' ? state.rejectCutoff - state.rejections : state.needed - state.approvals;
    return `${left} more needed`;
  }
  if (state.kind === 'approved')
    return what === 'cancel'
      ? `${state.needed - state.cancellations} more needed`
      : 'approved, none more needed';
  return state.kind;
}
