import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import type { Sip } from '../sip/document.ts';
import type { Address, Pins } from '../types.ts';
import { announcedBy, SQUADS_PROGRAM } from '../verify/index.ts';
import { falseSigners, type Subject } from './carried.ts';
import type { Audit, AuditTransaction, Sent } from './document.ts';
import type { Findings } from './findings.ts';
import { councilSubject, sentOf, statedOf } from './stated.ts';

/** One council transaction: its bytes beside the text, its votes beside the signatures. */
export function checkTransaction(
  audit: Audit,
  transaction: AuditTransaction,
  sip: Sip,
  pins: Pins,
  found: Findings,
): void {
  const { transactionIndex: index, accounts, history } = transaction;
  const at = `transaction ${index}`;
  const subject = councilSubject(pins, BigInt(index));
  for (const [account, address] of [
    [accounts.transaction, subject.accounts[0]],
    [accounts.proposal, subject.accounts[1]],
  ] as const)
    if (account !== null)
      found.compare('account-false', at, [account.address, account.owner], [address, SQUADS_PROGRAM]);

  found.compare('transaction-foreign', at, audit.digest, announcedBy(accounts.transaction)?.digest);
  const derived = statedOf(sip, pins, index, accounts, audit.accounts, audit.chainTime);
  found.compare('creator-false', at, transaction.creator, derived.creator);
  found.compare('message-hash-false', at, transaction.messageHash, derived.messageHash);
  const judged = ({ verdict, part, parts }: typeof derived) => [verdict, part, parts];
  found.compare('verdict-false', at, judged(transaction), judged(derived));
  const voted = ({ status, approved, rejected, cancelled }: typeof derived) => [
    status,
    { approved, rejected, cancelled },
  ];
  found.compare('proposal-false', at, voted(transaction), voted(derived));
  checkHistory(history, subject, at, found);
  checkCreation(history, subject, derived, at, found);
  checkVotes(history, derived, at, found);
  if (stepsOf(history, 'execute').length > 0)
    found.compare('execution-false', at, derived.status, 'executed');
  else if (derived.status === 'executed') found.word('execution-unproven', at);
}

/** Signatures over the bytes, and what the bytes carry. */
export function checkHistory(history: readonly Sent[], subject: Subject, at: string, found: Findings): void {
  for (const [n, { slot, blockTime: _, bytes, ...stated }] of history.entries()) {
    const sent = sentOf(bytes, subject);
    const here = `${at}, signed transaction ${n + 1}`;
    if (sent === undefined) {
      found.compare('history-false', here, stated, 'no step of it');
      continue;
    }
    const { created: __, bytes: ___, ...carried } = sent;
    found.compare('history-false', here, inOrder(stated), inOrder(carried));
    found.compare('signature-false', here, [], falseSigners(bytes));
    const before = history[n - 1];
    if (before !== undefined && before.slot > slot)
      found.compare('history-false', here, slot, `not before slot ${before.slot}`);
  }
}

const inOrder = ({
  signature,
  feePayer,
  overNonce,
  steps,
  besides,
}: Omit<Sent, 'slot' | 'blockTime' | 'bytes'>) => [signature, feePayer, overNonce, steps, besides];

/** Who took a step, in the order of the history. */
export const stepsOf = (history: readonly Sent[], wanted: string): readonly Address[] =>
  history.flatMap(({ steps }) => steps.filter(({ step }) => step === wanted).map(({ who }) => who));

function checkCreation(
  history: readonly Sent[],
  subject: Subject,
  { creator, messageHash }: Pick<AuditTransaction, 'creator' | 'messageHash'>,
  at: string,
  found: Findings,
): void {
  for (const { bytes, steps } of history) {
    const creation = steps.find(({ step }) => step === 'create');
    const created = creation && sentOf(bytes, subject)?.created;
    if (!creation || !created) continue;
    found.compare('creation-false', at, [creation.who, bytesToHex(sha256(created))], [creator, messageHash]);
  }
}

/** Of each member the last vote that was signed is the one that counts; cancelling comes after and stands beside it. */
function checkVotes(
  history: readonly Sent[],
  { approved, rejected, cancelled }: Pick<AuditTransaction, 'approved' | 'rejected' | 'cancelled'>,
  at: string,
  found: Findings,
): void {
  const last = new Map<Address, 'approve' | 'reject'>();
  for (const { steps } of history)
    for (const { step, who } of steps) if (step === 'approve' || step === 'reject') last.set(who, step);
  const counted = { approve: approved, reject: rejected, cancel: cancelled };
  const signed = {
    approve: [...last].filter(([, step]) => step === 'approve').map(([who]) => who),
    reject: [...last].filter(([, step]) => step === 'reject').map(([who]) => who),
    cancel: stepsOf(history, 'cancel'),
  };
  for (const vote of ['approve', 'reject', 'cancel'] as const) {
    for (const who of signed[vote])
      if (!counted[vote].includes(who))
        found.compare('votes-false', at, `${vote} signed by ${who}`, 'not counted');
    for (const who of counted[vote])
      if (!signed[vote].includes(who)) found.word('vote-unproven', `${at}: ${vote} by ${who}`);
  }
}
