import bs58 from 'bs58';
import { checkReceipt } from '../receipts/check.ts';
import type { Receipt } from '../receipts/receipt.ts';
import type { Address } from '../types.ts';
import { decodeMultisig } from '../verify/index.ts';
import type { Audit, AuditTransaction } from './document.ts';
import type { Findings } from './findings.ts';

/** What people said of it: reasons, receipts, the exporter's journal. */
export function checkBeside(audit: Audit, found: Findings): void {
  for (const reason of audit.reasons) checkReason(audit, reason, found);
  const members = membersOf(audit);
  for (const receipt of audit.receipts) checkOwnReceipt(audit, receipt, members, found);
  if (audit.reasons.length > 0) found.word('reasons');
  if (audit.journal.length > 0) found.word('journal');
}

function checkReason(audit: Audit, reason: Audit['reasons'][number], found: Findings): void {
  const { council, transactionIndex: index, vote, who, signature } = reason;
  const at = `reason of ${who} for transaction ${index}`;
  found.compare('reason-false', at, council, audit.council);
  const about = audit.transactions.find(({ history }) => history.some((one) => one.signature === signature));
  const carrier = about?.history.find((one) => one.signature === signature);
  if (about === undefined || carrier === undefined) {
    found.word('reason-unproven', at);
    return;
  }
  found.compare('reason-false', at, index, about.transactionIndex);
  const taken = carrier.steps.some((one) => one.step === vote && one.who === who);
  found.compare('reason-false', at, vote, taken ? vote : carrier.steps.map(({ step }) => step));
}

/** Of the text's own bytes; which of them it is depends on when it was looked at. */
const OWN_BYTES = ['already-enacted', 'stale', 'expired', 'match'];
/** Named before the bytes are compared at all, and gone when the council is as it was. */
const OF_THE_DAY = ['unreadable', 'wrong-council'];

function checkOwnReceipt(audit: Audit, receipt: Receipt, members: readonly Address[], found: Findings): void {
  const { member, transactionIndex: index, verdict } = receipt;
  const at = `receipt of ${member} for transaction ${index}`;
  const faults = checkReceipt(receipt, {
    sip: { header: { sip: audit.sip }, digest: audit.digest },
    council: audit.council,
    programId: audit.programId,
    genesisHash: audit.genesisHash,
  });
  for (const { code, stated, derived } of faults)
    found.compare('receipt-false', `${at}: ${code}`, stated, derived);
  const transaction = transactionAt(audit, index);
  if (transaction === undefined) found.word('receipt-unproven', at);
  else {
    found.compare('receipt-false', at, receipt.messageHash, transaction.messageHash);
    const judged = [verdict, transaction.verdict];
    if (!judged.some((one) => OF_THE_DAY.includes(one)))
      found.compare(
        'receipt-false',
        at,
        ...(judged.map((one) => (OWN_BYTES.includes(one) ? 'match' : one)) as [string, string]),
      );
  }
  if (!members.includes(member)) found.word('receipt-member', at);
}

const transactionAt = ({ transactions }: Audit, index: number): AuditTransaction | undefined =>
  transactions.find(({ transactionIndex }) => transactionIndex === index);

function membersOf({ accounts }: Audit): readonly Address[] {
  const decoded = accounts.multisig && decodeMultisig(accounts.multisig.data);
  return decoded?.ok ? decoded.value.members.map(({ key }) => bs58.encode(key) as Address) : [];
}
