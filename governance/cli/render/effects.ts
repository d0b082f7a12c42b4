import type { EffectLine } from '#governance/proposals/effects.ts';
import type { Paper } from '../paper.ts';
import { wrapped } from './words.ts';

const MARKS = { both: ' ', bytes: '+', text: '-' } as const;
const ONLY = { bytes: ' (not in the text)', text: ' (in the text only)' } as const;

/** What the bytes do, beside what the text says, as a diff in words. */
export function printEffects(
  paper: Paper,
  effects: readonly EffectLine[],
  columns: number,
  differsInBytes: boolean,
): void {
  if (effects.length === 0) return;
  const { paint } = paper;
  paper.line();
  paper.line(paint.bold('What it does'));
  for (const { sentence, saidBy } of effects) {
    const only = saidBy === 'bytes' || saidBy === 'text' ? ONLY[saidBy] : '';
    const mark = saidBy === null ? ' ' : MARKS[saidBy];
    const lines = wrapped(`${sentence}${only}`, columns - 4);
    for (const [at, line] of lines.entries()) {
      const whole = `${at === 0 ? mark : ' '} ${at === 0 ? '' : '  '}${line}`;
      paper.line(only === '' ? whole : paint.red(whole));
    }
  }
  if (differsInBytes && effects.every(({ saidBy }) => saidBy === 'both'))
    paper.line('In words the transaction and the text say the same. They are not the same: see above.');
}
