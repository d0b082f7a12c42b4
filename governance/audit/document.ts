import { z } from 'zod';
import {
  account,
  bytes,
  digest,
  hash,
  key,
  parseForm,
  renderForm,
  signature,
  sipNumber,
  time,
  tool,
  transactionIndex,
  u64,
} from '../document-form.ts';
import { RECEIPT } from '../receipts/receipt.ts';
import { VERDICTS } from '../verify/index.ts';
import { STEPS } from './carried.ts';

/** The form of an audit: a SIP from its text to the epochs it opened, in one JSON document. Times are the chain's only. */

export const AUDIT_VERSION = 1;
/** Some dozens of transactions with their histories. */
const MAX_BYTES = 32 * 1024 * 1024;

/** A transaction that took a step, as it was sent. All but `slot` and `blockTime` follows from `bytes`. */
const SENT = z.strictObject({
  signature,
  slot: u64,
  blockTime: time.nullable(),
  feePayer: key,
  /** Over a durable nonce: signed at any time before. */
  overNonce: z.boolean(),
  steps: z.array(z.strictObject({ step: z.enum(STEPS), who: key })).min(1),
  /** Programs of what else was in it. */
  besides: z.array(key),
  bytes,
});
export type Sent = z.output<typeof SENT>;

/** All but the accounts and the history follows from the accounts and the text. */
const TRANSACTION = z.strictObject({
  transactionIndex,
  creator: key.nullable(),
  messageHash: hash.nullable(),
  verdict: z.enum(VERDICTS),
  part: z.int().nullable(),
  parts: z.int().nullable(),
  /** Of the proposal; null where there is none. */
  status: z
    .enum(['draft', 'active', 'rejected', 'approved', 'executing', 'executed', 'cancelled'])
    .nullable(),
  approved: z.array(key),
  rejected: z.array(key),
  cancelled: z.array(key),
  accounts: z.strictObject({ transaction: account.nullable(), proposal: account.nullable() }),
  /** Oldest first. */
  history: z.array(SENT),
});
export type AuditTransaction = z.output<typeof TRANSACTION>;

const CAP = z.strictObject({ capBaseUnits: u64, filledBaseUnits: u64, account });

/** As it stands when the audit is written. */
const EPOCH = z.strictObject({
  index: z.int().min(0).max(0xffff),
  status: z.enum(['scheduled', 'active', 'closed']).nullable(),
  scheduledBy: sipNumber.nullable(),
  opensAt: time.nullable(),
  closesAt: time.nullable(),
  activatedBy: key.nullable(),
  activatedAt: time.nullable(),
  /** Null where it was taken back. */
  account: account.nullable(),
  caps: z.array(CAP),
  history: z.array(SENT),
});
export type AuditEpoch = z.output<typeof EPOCH>;

export const REASON = z.strictObject({
  council: key,
  transactionIndex,
  vote: z.enum(['propose', 'approve', 'reject', 'cancel', 'execute']),
  who: key,
  when: time,
  signature,
  text: z.string(),
});

/** What this console's journal knows of it. */
const ENTRY = z.strictObject({
  what: z.string(),
  council: key.nullable(),
  transactionIndex: transactionIndex.nullable(),
  state: z.enum(['open', 'dropped', 'unsettled', 'landed', 'failed', 'expired']),
  attempts: z.array(
    z.strictObject({
      signature,
      result: z.enum(['landed', 'failed', 'expired', 'unknown']).nullable(),
      slot: u64.nullable(),
    }),
  ),
});

const AUDIT = z.strictObject({
  schemaVersion: z.literal(AUDIT_VERSION),
  tool,
  genesisHash: key,
  /** Of the accounts' reading. */
  slot: u64,
  chainTime: time,
  programId: key,
  council: key,
  vault: key,
  sip: sipNumber,
  digest,
  /** The SIP's file, unchanged. */
  text: bytes,
  /** Of the `.sipz` by which its author handed it in. */
  handoff: z.strictObject({ author: key, signature }).nullable(),
  accounts: z.strictObject({
    multisig: account.nullable(),
    config: account.nullable(),
    sipRecord: account.nullable(),
  }),
  transactions: ascending(z.array(TRANSACTION), (one) => one.transactionIndex),
  epochs: ascending(z.array(EPOCH), (one) => one.index),
  reasons: z.array(REASON),
  receipts: z.array(RECEIPT),
  journal: z.array(ENTRY),
  /** Whoever wrote it, by signing the rest; null where nobody did. */
  seal: z.strictObject({ key, signature }).nullable(),
});
export type Audit = z.output<typeof AUDIT>;

function ascending<T>(list: z.ZodType<T[], T[]> | z.ZodType<T[], unknown>, of: (one: T) => number) {
  return list.refine(
    (all) => all.every((one, at) => at === 0 || of(all[at - 1] as T) < of(one)),
    'not in ascending order',
  );
}

export function renderAudit(audit: Audit): Uint8Array {
  return new TextEncoder().encode(renderForm(AUDIT, audit, 2));
}

/**
 * Reads the form and nothing more: what the fields say is judged by `checkAudit`.
 * @param file name for messages
 * @throws SipError AUDIT_INVALID, AUDIT_TOO_NEW
 */
export function parseAudit(content: Uint8Array, file: string): Audit {
  const form = { kind: 'AUDIT', version: AUDIT_VERSION, indent: 2, maxBytes: MAX_BYTES } as const;
  return parseForm(AUDIT, content, form, { file });
}
