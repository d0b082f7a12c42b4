import type { PostureFinding } from '#governance/posture/finding.ts';
import type { LooseTransaction } from '#governance/proposals/loose-transactions.ts';
import type { PendingChange } from '#governance/proposals/pending-changes.ts';
import type { UnixSeconds } from '#governance/types.ts';
import { looseText } from '#governance/words/loose.ts';
import { stateText } from '#governance/words/steps.ts';
import type { Paper } from '../paper.ts';

/** The council in words: how hard it is to capture, what would change it, what is approved and still loose. */

export function explainPosture(paper: Paper, findings: readonly PostureFinding[]): void {
  const { paint } = paper;
  const marks = {
    ok: paint.green('ok     '),
    warning: paint.yellow('warning'),
    unknown: paint.yellow('unknown'),
    error: paint.red('error  '),
  };
  for (const { level, message, remedy } of findings) {
    paper.line(`${marks[level]}  ${message}`);
    if (level !== 'ok' && remedy !== undefined) paper.line(paint.dim(`         ${remedy}`));
  }
}

export function explainPending(paper: Paper, pending: readonly PendingChange[], now: UnixSeconds): void {
  for (const { transactionIndex, state, changes } of pending) {
    paper.line();
    paper.line(`Transaction ${transactionIndex} would change the council (${stateText(state, now)}):`);
    if (changes === null) paper.line(paper.paint.red('  its bytes cannot be read; nobody should approve it'));
    else paper.pairs(changes.map(({ label, value }) => [label, value]));
  }
}

export function explainLoose(paper: Paper, loose: readonly LooseTransaction[], now: UnixSeconds): void {
  if (loose.length === 0) return;
  paper.line();
  paper.line('Approved and not executed');
  for (const one of loose) {
    const { what, remedy } = looseText(one, now);
    paper.line(`${one.stale ? paper.paint.red('stale  ') : paper.paint.yellow('open   ')}  ${what}`);
    paper.line(paper.paint.dim(`         ${remedy}`));
  }
}
