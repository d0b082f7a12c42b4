import type { Rehearsal } from '#governance/rehearse/rehearse.ts';
import type { Stage } from '#governance/rehearse/stages.ts';
import { renderTime } from '#governance/times.ts';
import { count } from '../json.ts';
import type { Colors, Paper } from '../paper.ts';
import { epochStatus, epochToJson } from './epochs.ts';
import { statusText } from './status.ts';
import { amountText, cut, short, shortDigest, wrapped } from './words.ts';

/** The time line of a rehearsal as it goes, and the tables at its end. */

export interface Copy {
  readonly sip: number;
  readonly title: string;
  /** Of the document, and of the copy that is rehearsed. */
  readonly before: string;
  readonly after: string;
}

const NAME = 36;

/** `  ✓ execute in the time lock        120 ms  refused by …`, with signature and compute units where something landed. */
export function stageLine(paint: Colors, stage: Stage, columns: number): string {
  const { name, ok, ms, detail = '', signature, computeUnits, error } = stage;
  const mark = ok ? paint.green('✓') : paint.red('✗');
  const units = computeUnits === undefined ? '' : `${computeUnits.toLocaleString('en')} CU`;
  const landed = signature === undefined ? '' : `${short(signature)}  ${units.padStart(10)}  `;
  const head = `${cut(name, NAME).padEnd(NAME)} ${msText(ms).padStart(7)}  `;
  const room = columns - head.length - landed.length - 4;
  const said = error ? paint.red(error.code) : cut(detail, Math.max(20, room));
  return `  ${mark} ${head}${paint.dim(landed)}${said}`.trimEnd();
}

export function printFailedStage(paper: Paper, { error }: Stage, columns: number): void {
  if (!error) return;
  for (const line of wrapped(error.message, columns - 6)) paper.line(`      ${paper.paint.red(line)}`);
}

const msText = (ms: number): string => (ms < 10_000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`);

/** Heads the stages of one SIP: which document, and which copy of it is played. */
export function printCopy(paper: Paper, { sip, title, before, after }: Copy): void {
  paper.line(`${paper.paint.bold(`SIP-${sip}`)}  ${title}`);
  if (before === after) paper.pairs([['  digest', after]]);
  else
    paper.pairs([
      ['  document', before],
      ['  copy', after],
    ]);
}

export function printFinal(paper: Paper, { final }: Rehearsal): void {
  const { paint } = paper;
  const title = (text: string) => {
    paper.line();
    paper.line(paint.bold(text));
  };
  const pools = new Map(final.pools.map((pool) => [pool.lstMint, pool]));
  title('Pools');
  paper.table(
    ['  LST', 'MINT', 'STATUS', 'CAP', 'DEPOSITED', 'RECEIPTS', 'SIP'],
    bySip(final.pools, ({ symbol }) => symbol).map((pool) => [
      `  ${pool.symbol}`,
      short(pool.lstMint),
      pool.status,
      amountText(pool.cap, pool.decimals),
      amountText(pool.deposited, pool.decimals),
      pool.receiptsTransferable ? 'transferable' : 'frozen',
      pool.whitelistedBy,
    ]),
  );
  title('Operators');
  paper.table(
    ['  NAME', 'VOTE ACCOUNT', 'STATUS', 'SIP'],
    bySip(final.operators, ({ name }) => name).map(({ name, voteAccount, status, whitelistedBy }) => [
      `  ${name}`,
      short(voteAccount),
      status,
      whitelistedBy,
    ]),
  );
  title('Epochs');
  paper.table(
    ['  EPOCH', 'STATUS', 'OPENS', 'CLOSES', 'ACCESS', 'WITHDRAWALS', 'FILLED', 'SIP'],
    final.epochs.map(({ index, epoch, caps, scheduledBy }) => [
      `  ${index}`,
      epochStatus(paint, epoch.status),
      renderTime(epoch.terms.opensAt).slice(0, 10),
      epoch.terms.closesAt === null ? 'no end' : renderTime(epoch.terms.closesAt).slice(0, 10),
      epoch.terms.access,
      epoch.terms.withdrawals ? 'on' : 'off',
      caps
        .filter(({ filled }) => filled > 0n)
        .map(({ symbol, mint, filled }) => `${amountText(filled, pools.get(mint)?.decimals ?? 0)} ${symbol}`)
        .join(', ') || 'nothing',
      scheduledBy,
    ]),
  );
  title('SIPs');
  paper.table(
    ['  SIP', 'TITLE', 'STATUS', 'DIGEST'],
    final.sips.map(({ sip, title: name, status, digest }) => [
      `  SIP-${sip}`,
      cut(name, 50),
      statusText(paint, status),
      shortDigest(digest),
    ]),
  );
}

/** Accounts come in the order of their addresses, which tells nobody anything. */
function bySip<T extends { readonly whitelistedBy: number }>(
  accounts: readonly T[],
  name: (one: T) => string,
) {
  return [...accounts].sort((a, b) => a.whitelistedBy - b.whitelistedBy || name(a).localeCompare(name(b)));
}

/** The document of `sip rehearse --output json`; `detail` is for people only. */
export function rehearsalToJson(
  { ok, stages, final }: Rehearsal,
  copies: readonly Copy[],
): Record<string, unknown> {
  const original = new Map(copies.map(({ sip, before }) => [sip, before]));
  return {
    ok,
    stages: stages.map(({ sip, name, ok: passed, ms, signature, computeUnits, error }) => ({
      sip,
      name,
      ok: passed,
      ms,
      signature,
      computeUnits: computeUnits === undefined ? undefined : count(computeUnits),
      error,
    })),
    final: {
      pools: final.pools,
      operators: final.operators,
      epochs: final.epochs.map(epochToJson),
      sips: final.sips.map((sip) => ({ ...sip, originalDigest: original.get(sip.sip) })),
    },
  };
}
