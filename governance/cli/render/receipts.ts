import type { ReceiptsAtHand } from '#governance/receipts/checked.ts';
import { faultText } from '#governance/receipts/faults.ts';
import type { Receipt } from '#governance/receipts/receipt.ts';
import { momentText } from '#governance/words/times.ts';
import type { Paper } from '../paper.ts';
import { verdictText } from './verdict.ts';
import type { NameOf } from './words.ts';

/** Review receipts, which approve nothing. */

export const receiptToJson = ({ schemaVersion: _, ...receipt }: Receipt) => receipt;

export function printReceipts(paper: Paper, { receipts, problem }: ReceiptsAtHand, nameOf: NameOf): void {
  if (receipts.length === 0 && problem === null) return;
  const { paint } = paper;
  paper.line();
  paper.line(paint.bold('Review receipts, which approve nothing'));
  for (const { receipt, faults } of receipts) {
    const { transactionIndex, member, verdict, chainTime } = receipt;
    paper.line(
      `  transaction ${transactionIndex}: ${verdictText(paint, verdict)}, by ${nameOf(member)}, ${momentText(chainTime)}`,
    );
    for (const fault of faults) paper.line(`    ${paint.red(fault.code)}  ${faultText(fault)}`);
  }
  if (problem) paper.line(`  ${paint.red(problem.code)}  ${problem.message} ${problem.remedy}`);
}
