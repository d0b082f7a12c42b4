import type { Tone } from '#desktop/shared/views/index.ts';
import { whoText } from '#governance/cli/render/words.ts';
import type { DueStep } from '#governance/lifecycle/derive.ts';
import type { SipTransaction } from '#governance/proposals/scan.ts';
import { stepText } from '#governance/words/steps.ts';
import type { World } from '../world.ts';

/** Words that several views share. */

export const seconds = (unix: bigint): number => Number(unix);
export const secondsOrNull = (unix: bigint | null): number | null => (unix === null ? null : Number(unix));

/** u64::MAX stands for no limit. */
const UNLIMITED = 2n ** 64n - 1n;
export const capText = (cap: bigint): string | null => (cap === UNLIMITED ? null : cap.toString());

export const dueView = (step: DueStep, { nameOf }: Pick<World, 'nameOf'>) => ({
  step: stepText(step),
  who: whoText(step.who, nameOf),
  notBefore: secondsOrNull(step.notBefore),
  notAfter: secondsOrNull(step.notAfter),
});

export const verdictTone = (verdict: string): Tone => (verdict === 'match' ? 'ok' : 'bad');

/** `2 of 3`, as far as votes still count. */
export function votesText({ state }: Pick<SipTransaction, 'state'>): string {
  return state.kind === 'active' || state.kind === 'approved'
    ? `${state.approvals} of ${state.needed}`
    : state.kind;
}

export const partText = (part: number | null, parts: number | null): string =>
  parts === null || parts <= 1 ? '' : `, part ${part} of ${parts}`;
