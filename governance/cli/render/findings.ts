import type { CheckFinding } from '#governance/lifecycle/check.ts';
import type { Paper } from '../paper.ts';
import { plural, wrapped } from './words.ts';

/** Findings of a check under the action they belong to, in the order of the text. */
export function printFindings(
  paper: Paper,
  findings: readonly CheckFinding[],
  /** What each action does, from action 1. */
  actions: readonly { readonly kind: string; readonly describe: string }[],
  columns: number,
): void {
  const { paint } = paper;
  const of = (action: number | null) => findings.filter((finding) => finding.action === action);
  const print = (found: readonly CheckFinding[]) => {
    for (const { level, code, message, help } of found) {
      const color = { error: paint.red, warning: paint.yellow, info: paint.cyan }[level];
      const [first = '', ...rest] = wrapped(`${level}[${code}]: ${message}`, columns - 6);
      paper.line(`    ${first.replace(level, color(level))}`);
      for (const line of rest) paper.line(`      ${line}`);
      if (help !== undefined)
        for (const line of wrapped(`= help: ${help}`, columns - 8)) paper.line(`      ${line}`);
    }
  };
  const whole = of(null);
  if (whole.length > 0) {
    paper.line(`  ${paint.bold('The SIP as a whole')}`);
    print(whole);
  }
  for (const [at, { kind, describe }] of actions.entries()) {
    const found = of(at + 1);
    const mark = found.some(({ level }) => level === 'error')
      ? paint.red('✗')
      : found.some(({ level }) => level === 'warning')
        ? paint.yellow('!')
        : paint.green('✓');
    const [first = '', ...rest] = wrapped(describe, columns - 8);
    paper.line(`${mark} ${paint.bold(`${at + 1}. ${kind}`)}`);
    paper.line(`    ${paint.dim(first)}`);
    for (const line of rest) paper.line(`    ${paint.dim(line)}`);
    print(found);
  }
}

/** `1 error, 2 warnings`, `no errors`. */
export function findingsCount(findings: readonly { readonly level: string }[]): string {
  const count = (level: string) => findings.filter((finding) => finding.level === level).length;
  const [errors, warnings] = [count('error'), count('warning')];
  const found = [
    errors > 0 ? plural(errors, 'error') : 'no errors',
    warnings > 0 ? plural(warnings, 'warning') : '',
  ];
  return found.filter((text) => text !== '').join(', ');
}
