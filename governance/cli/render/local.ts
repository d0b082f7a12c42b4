import type { SipSimulation } from '#governance/simulate/sip.ts';
import { brokenText } from '#governance/words/promise.ts';
import { count } from '../json.ts';
import type { Paper } from '../paper.ts';

/** What execution does, as run on this computer, in words and as a document. */

export function explainLocal(paper: Paper, { runs, broken }: SipSimulation): void {
  const { paint } = paper;
  for (const { transactionIndex, failure, computeUnits, assumed, changes } of runs) {
    const said = failure ? paint.red(`fails: ${failure.reason}`) : paint.green('succeeds');
    paper.line(`executing transaction ${transactionIndex}, on this computer: ${said}`);
    paper.pairs([
      ['  as if', assumed.length === 0 ? undefined : assumed.join(', ')],
      ['  compute units', failure ? undefined : computeUnits.toLocaleString('en')],
    ]);
    for (const [at, { address, kind, field, before, after }] of changes.entries()) {
      if (changes[at - 1]?.address !== address) paper.line(`  ${kind} ${address}`);
      paper.line(`    ${field}: ${shown(before)} → ${shown(after)}`);
    }
  }
  if (broken === null) return;
  if (broken.length === 0) paper.line(paint.green('It leaves what the text promises.'));
  for (const one of broken)
    paper.line(paint.red(`It does not leave what the text promises: ${brokenText(one)}.`));
}

/** Bytes of accounts that nobody here knows are long. */
const MOST = 80;
function shown(value: unknown): string {
  if (value === null) return 'none';
  const text = String(value);
  return text.length <= MOST ? text : `${text.slice(0, MOST)}…`;
}

export const localJson = ({ runs, broken, slot, holds }: SipSimulation) => ({
  holds,
  slot: count(slot),
  runs: runs.map(({ transactionIndex, computeUnits, failure, assumed, changes }) => ({
    transactionIndex: count(transactionIndex),
    ok: failure === null,
    assumed,
    computeUnits: count(computeUnits),
    error: failure && { code: failure.code, name: failure.name, reason: failure.reason },
    changes,
  })),
  broken,
});
