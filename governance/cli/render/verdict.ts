import {
  describeDifference,
  describeVerdict,
  type Verdict,
  type Verification,
} from '#governance/verify/index.ts';
import type { Colors, Paper } from '../paper.ts';
import { wrapped } from './words.ts';

/** What was compared with what: the last block of `sip verify`. */
export type Compared = readonly (readonly [label: string, value: string | undefined])[];

export const verdictText = (paint: Colors, verdict: Verdict): string =>
  verdict === 'match' ? paint.green(verdict) : paint.red(verdict);

/** The verdict in one sentence, every difference in words, and where both sides come from. */
export function printVerification(
  paper: Paper,
  verification: Verification,
  compared: Compared,
  columns: number,
): void {
  const { paint } = paper;
  const { verdict, executed, differences } = verification;
  const state = executed ? ' It has been executed.' : '';
  paper.line(`${paint.bold(verdictText(paint, verdict))}  ${describeVerdict(verdict)}${state}`);
  if (differences.length > 0) paper.line();
  for (const [at, difference] of differences.entries()) {
    const number = `${at + 1}.`.padStart(4);
    const lines = wrapped(describeDifference(difference), columns - 6);
    for (const [n, line] of lines.entries()) paper.line(`${n === 0 ? number : '    '}  ${line}`);
  }
  paper.line();
  paper.pairs(compared);
}
