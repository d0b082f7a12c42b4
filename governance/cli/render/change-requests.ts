import type { Beside } from '#governance/change-requests/beside.ts';
import type { CheckedChangeRequest } from '#governance/change-requests/check.ts';
import { aboutText, changeRequestFaultText, standingText } from '#governance/words/change-requests.ts';
import { momentText } from '#governance/words/times.ts';
import type { Paper } from '../paper.ts';
import type { NameOf } from './words.ts';

/** Requests for changes, which are no votes. */

export function changeRequestToJson({ request, faults, about, isMember }: CheckedChangeRequest) {
  const { schemaVersion: _, ...rest } = request;
  return { ...rest, about, isMember, faults };
}

export function printChangeRequests(
  paper: Paper,
  checked: readonly CheckedChangeRequest[],
  problems: Beside['problems'],
  nameOf: NameOf,
): void {
  if (checked.length === 0 && problems.length === 0) return;
  const { paint } = paper;
  paper.line();
  paper.line(paint.bold('Requests for changes, which are no votes'));
  for (const one of checked) {
    const { reviewer, chainTime, text } = one.request;
    const standing = standingText(one);
    const who = standing === '' ? nameOf(reviewer) : `${reviewer}, ${paint.yellow(standing)}`;
    paper.line(`  by ${who}, ${momentText(chainTime)}, ${aboutText(one)}:`);
    for (const line of text.split('\n')) paper.line(line === '' ? '' : `    ${line}`);
    for (const fault of one.faults)
      paper.line(`    ${paint.red(fault.code)}  ${changeRequestFaultText(fault)}`);
  }
  for (const { code, message, remedy } of problems) paper.line(`  ${paint.red(code)}  ${message} ${remedy}`);
}
