import type { DueStep } from '#governance/lifecycle/derive.ts';
import type { TrackedSip } from '#governance/lifecycle/track.ts';
import type { SipTransaction } from '#governance/proposals/scan.ts';
import type { UnixSeconds } from '#governance/types.ts';
import type { ProposalState } from '#governance/venues/squads/status.ts';
import { stateText, stepText } from '#governance/words/steps.ts';
import { distanceText, durationText, momentText } from '#governance/words/times.ts';
import { count } from '../json.ts';
import type { Colors, Paper } from '../paper.ts';
import { cut, type NameOf, whoText } from './words.ts';

const GOOD = new Set(['Executed', 'Activated', 'Approved']);
const BAD = new Set(['Rejected', 'Cancelled', 'Void', 'Partial', 'Unknown']);

export function statusText(paint: Colors, status: string): string {
  if (GOOD.has(status)) return paint.green(status);
  return BAD.has(status) ? paint.red(status) : status;
}

/** When a step can be taken, counted from the chain's now. */
export function dueText({ notBefore, notAfter }: DueStep, now: UnixSeconds): string {
  if (notBefore !== null && notBefore > now) return distanceText(notBefore, now);
  if (notAfter !== null && notAfter <= now) return 'too late';
  return notAfter === null ? 'now' : `now (${durationText(notAfter - now)} left)`;
}

/** The command that takes a step, as it is typed. */
export function commandFor({ step, transactionIndex, epoch }: DueStep, file: string): string {
  if (step === 'activate' || step === 'close') return `sip epoch ${step} ${epoch}`;
  if (step === 'submit' || step === 'open-proposal') return `sip submit ${file}`;
  return `sip ${step} --transaction-index ${transactionIndex}`;
}

export function printStatusTable(
  paper: Paper,
  tracked: readonly TrackedSip[],
  now: UnixSeconds,
  nameOf: NameOf,
  columns: number,
): void {
  const { paint } = paper;
  const steps = tracked.map(({ due }) =>
    due.map((step) => [stepText(step), whoText(step.who, nameOf), dueText(step, now)] as const),
  );
  const widest = (texts: readonly string[], head: string) =>
    Math.max(head.length, ...texts.map((text) => text.length));
  const rest =
    widest(
      tracked.map(({ sip }) => `SIP-${sip.header.sip}`),
      'SIP',
    ) +
    widest(
      tracked.map(({ status }) => status),
      'STATUS',
    ) +
    [0, 1, 2].reduce(
      (sum, at) =>
        sum +
        widest(
          steps.flat().map((step) => step[at] ?? ''),
          'WHEN',
        ),
      0,
    );
  const room = Math.max(16, Math.min(60, columns - rest - 10));
  const rows = tracked.flatMap(({ sip, status }, at) => {
    const head = [`SIP-${sip.header.sip}`, cut(sip.header.title, room), statusText(paint, status)];
    const [first = ['', '', ''], ...more] = steps[at] ?? [];
    return [[...head, ...first], ...more.map((step) => ['', '', '', ...step])];
  });
  paper.table(['SIP', 'TITLE', 'STATUS', 'DUE', 'WHO', 'WHEN'], rows);
}

export function printTransactions(
  paper: Paper,
  transactions: readonly SipTransaction[],
  now: UnixSeconds,
  nameOf: NameOf,
): void {
  paper.table(
    ['TRANSACTION', 'PART', 'STATE', 'VERDICT', 'PROPOSED BY'],
    inOrder(transactions).map(({ transactionIndex, verification, state, creator }) => [
      transactionIndex,
      verification.part === null ? '?' : `${verification.part} of ${verification.parts ?? '?'}`,
      stateText(state, now),
      verification.verdict,
      nameOf(creator),
    ]),
  );
}

export const inOrder = <T extends { readonly transactionIndex: bigint }>(
  transactions: readonly T[],
): readonly T[] => [...transactions].sort((a, b) => (a.transactionIndex < b.transactionIndex ? -1 : 1));

export const chainTimeLine = (paint: Colors, now: UnixSeconds): string =>
  paint.dim(`Chain time ${momentText(now)}`);

/** One SIP for `--output json`. Times are unix seconds of the chain. */
export function trackedToJson(tracked: TrackedSip): Record<string, unknown> {
  const { sip, status, because, due } = tracked;
  return {
    sip: sip.header.sip,
    title: sip.header.title,
    file: sip.file,
    digest: sip.digest,
    status,
    because,
    due: due.map((step) => ({
      ...step,
      transactionIndex: step.transactionIndex === null ? null : count(step.transactionIndex),
    })),
  };
}

export function transactionToJson(transaction: SipTransaction): Record<string, unknown> {
  const { transactionIndex, verification, state, creator } = transaction;
  const { part, parts, verdict } = verification;
  return {
    transactionIndex: count(transactionIndex),
    part,
    parts,
    verdict,
    creator,
    state: stateToJson(state),
  };
}

export function stateToJson(state: ProposalState): Record<string, unknown> {
  const { nextSteps: _, transactionIndex: __, ...rest } = state;
  return rest;
}
