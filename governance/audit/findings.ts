/** What an audit can state falsely, and what nobody can derive from it. */

export const AUDIT_FAULTS = {
  'council-not-pinned': 'the council is another than the one pinned here',
  'program-not-pinned': 'the program is another than the one pinned here',
  'genesis-not-pinned': 'it was read from another cluster than the one pinned here',
  'vault-false': 'the vault is not the one of this council',
  'sip-false': 'the text has another number',
  'digest-false': 'the text has another digest',
  'handoff-false': 'the author did not sign number and digest of this text',
  'account-false': 'an account is not at the address, or not of the owner, that it has to be',
  'transaction-foreign': 'the transaction does not name this text',
  'creator-false': 'the transaction was created by another key',
  'message-hash-false': 'the message has another hash',
  'verdict-false': 'the bytes compare otherwise with the text',
  'proposal-false': 'the proposal has another status or other votes',
  'signature-false': 'a signature does not hold over the bytes of its transaction',
  'history-false': 'the bytes of a transaction carry something else',
  'creation-false': 'the transaction that created it brought another message, or was another member’s',
  'votes-false': 'the votes that were signed are not those that were counted',
  'execution-false': 'what was signed and what the accounts say of the execution differ',
  'record-false': 'the record on chain is of another text, or of another transaction',
  'epoch-false': 'the epoch stands otherwise, or is none that the text schedules',
  'activation-false': 'the epoch was activated by another key than signed it',
  'reason-false': 'nobody cast the vote that the reason is for',
  'receipt-false': 'the receipt is not its member’s, or about something else',
  'seal-false': 'the document is not what its exporter signed',
} as const;
export type AuditFaultCode = keyof typeof AUDIT_FAULTS;

export interface AuditFault {
  readonly code: AuditFaultCode;
  /** What it is about, such as `transaction 12`. */
  readonly at: string;
  readonly stated: string;
  readonly derived: string;
}

/** What is on the exporter's word alone. */
export const ON_WORD = {
  unsealed: 'who wrote the document: it has no seal',
  cluster: 'which cluster it was read from',
  'status-lines': 'the lines Status and Updated of the text, which its digest leaves out',
  accounts: 'that the chain held these bytes of accounts at this slot',
  landing: 'that these transactions landed, when, and in this order',
  completeness: 'that there were no others',
  'vote-unproven': 'that this vote was cast: the transaction that carried it is not included',
  'execution-unproven': 'who executed it: the transaction that did is not included',
  'activation-unproven': 'that this key activated it: the transaction that did is not included',
  'record-unproven': 'that the record is of the transaction it names, which is not included',
  'reason-unproven': 'that this reason is the voter’s: the vote is not included',
  reasons: 'what the reasons say, and when they were given',
  'receipt-unproven': 'which message this receipt is about: its transaction is not included',
  'receipt-member': 'that the signer of this receipt is or was a member',
  journal: 'what the exporter’s console noted of its own sending',
} as const;
export type OnWordCode = keyof typeof ON_WORD;
export interface OnWord {
  readonly code: OnWordCode;
  readonly at: string;
}

/** Collects both while an audit is gone through. */
export class Findings {
  readonly faults: AuditFault[] = [];
  readonly onWord: OnWord[] = [];

  /** Both as text: one form each, so that the same text is the same value. */
  compare(code: AuditFaultCode, at: string, stated: unknown, derived: unknown): void {
    const [one, other] = [textOf(stated), textOf(derived)];
    if (one !== other) this.faults.push({ code, at, stated: one, derived: other });
  }

  word(code: OnWordCode, at = ''): void {
    this.onWord.push({ code, at });
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'string') return value;
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner));
}
