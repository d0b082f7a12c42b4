import type { EpochView } from '#governance/lifecycle/epochs.ts';
import { UNLIMITED_BASE_UNITS } from '#governance/restaking/accounts.ts';
import { renderTime } from '#governance/times.ts';
import type { UnixSeconds } from '#governance/types.ts';
import { distanceText, momentText } from '#governance/words/times.ts';
import type { Colors, Paper } from '../paper.ts';
import { amountText, type NameOf, shortDigest } from './words.ts';

/** Restaking epochs: plan beside chain, caps, what is due. */

const DUE = {
  activation: (index: number) => `activation by the epoch admin: sip epoch activate ${index}`,
  closing: (index: number) => `closing, by anyone: sip epoch close ${index}`,
  amendment: () => 'its window has passed unused: a SIP amends or cancels it',
} as const;

export function printEpoch(paper: Paper, view: EpochView, now: UnixSeconds, nameOf: NameOf): void {
  const { paint } = paper;
  const { epoch, index, caps } = view;
  const { terms } = epoch;
  const withdrawals = terms.withdrawals ? 'withdrawals on' : 'withdrawals off';
  paper.line(`${paint.bold(`Epoch ${index}`)}  ${epochStatus(paint, epoch.status)}`);
  const rows: [string, string | undefined][] = [
    ['window', windowText(view, now)],
    ['access', `${terms.access}, ${withdrawals}`],
    ['scheduled by', sipText(view)],
    ['activated', activationText(view, nameOf)],
    ['plan', planText(paint, view)],
    [
      'no cap for',
      view.poolsWithoutCap.length > 0 ? paint.yellow(view.poolsWithoutCap.join(', ')) : undefined,
    ],
    ['due', view.due === null ? undefined : paint.yellow(DUE[view.due](index))],
  ];
  paper.pairs(rows.map(([label, value]) => [`  ${label}`, value] as const));
  if (caps.length === 0) return;
  paper.table(
    ['  LST', 'CAP', 'FILLED', 'FULL', 'SIP'],
    caps.map(({ symbol, decimals, cap, filled, sip }) => [
      `  ${symbol}`,
      amountText(cap, decimals),
      amountText(filled, decimals),
      shareText(filled, cap),
      sip,
    ]),
  );
}

export function epochStatus(paint: Colors, status: EpochView['epoch']['status']): string {
  return status === 'active' ? paint.green(status) : status;
}

function windowText({ epoch }: EpochView, now: UnixSeconds): string {
  const { opensAt, closesAt } = epoch.terms;
  const end = closesAt === null ? 'no end' : momentText(closesAt);
  const next = now < opensAt ? `opens ${distanceText(opensAt, now)}` : undefined;
  const last =
    closesAt === null ? undefined : now < closesAt ? `closes ${distanceText(closesAt, now)}` : 'over';
  const note = epoch.status === 'closed' ? undefined : (next ?? last);
  return `${momentText(opensAt)} to ${end}${note === undefined ? '' : ` (${note})`}`;
}

function sipText({ scheduledBy, epoch, digest }: EpochView): string {
  const amended = epoch.sip === scheduledBy ? '' : `, last changed by SIP-${epoch.sip}`;
  return `SIP-${scheduledBy}${digest === null ? '' : `, digest ${shortDigest(digest)}`}${amended}`;
}

function activationText({ activatedAt, activatedBy }: EpochView, nameOf: NameOf): string | undefined {
  if (activatedAt === null) return undefined;
  return `${momentText(activatedAt)}${activatedBy === null ? '' : ` by ${nameOf(activatedBy)}`}`;
}

function planText(paint: Colors, { plan }: EpochView): string {
  if (plan === null) return 'no text at hand states it';
  if (plan.length === 0) return paint.green('as the text says');
  const said = plan.map(
    ({ field, planned, actual }) =>
      `${field.replace('terms.', '')}: planned ${plain(planned)}, is ${plain(actual)}`,
  );
  return paint.red(said.join('; '));
}

const plain = (value: unknown): string => (typeof value === 'bigint' ? renderTime(value) : String(value));

export function shareText(filled: bigint, cap: bigint): string {
  if (cap === UNLIMITED_BASE_UNITS) return '-';
  if (cap === 0n) return 'closed';
  const permille = Number((filled * 1000n) / cap);
  return `${(permille / 10).toFixed(1)} %`;
}

/** One epoch for `--output json`: times as unix seconds, amounts in base units. */
export function epochToJson(view: EpochView): Record<string, unknown> {
  const { index, epoch, scheduledBy, digest, caps, activatedAt, activatedBy, plan, due, poolsWithoutCap } =
    view;
  return {
    index,
    status: epoch.status,
    ...epoch.terms,
    scheduledBy,
    sip: epoch.sip,
    digest,
    activatedBy,
    activatedAt,
    closedAt: epoch.closedAt === 0n ? null : epoch.closedAt,
    caps,
    poolsWithoutCap,
    plan,
    due,
  };
}
