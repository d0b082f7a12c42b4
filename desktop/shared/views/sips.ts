import { z } from 'zod';
import { address, hash, seconds } from './base.ts';

/** SIPs as documents: lists, one SIP, texts that came by file, history. */

export const due = z.strictObject({
  /** "approve transaction 3" */
  step: z.string(),
  /** "seats 0–4" */
  who: z.string(),
  notBefore: seconds.nullable(),
  notAfter: seconds.nullable(),
});

export const sipRow = z.strictObject({
  sip: z.number(),
  title: z.string(),
  authors: z.string(),
  status: z.string(),
  because: z.string(),
  updated: z.string(),
  digest: hash,
  actions: z.array(z.string()),
  due: z.array(due),
});
export type SipRow = z.infer<typeof sipRow>;

export const finding = z.strictObject({
  level: z.enum(['error', 'warning', 'note']),
  code: z.string(),
  message: z.string(),
  help: z.string(),
  line: z.number().nullable(),
  column: z.number().nullable(),
});
export type FindingView = z.infer<typeof finding>;

export const transactionLink = z.strictObject({
  transactionIndex: z.string(),
  part: z.number().nullable(),
  parts: z.number().nullable(),
  verdict: z.string(),
  state: z.string(),
});

export const sipView = z.strictObject({
  row: sipRow,
  fileName: z.string(),
  text: z.string(),
  sections: z.array(z.strictObject({ name: z.string(), markdown: z.string() })),
  /** In words, in text order. */
  effects: z.array(z.string()),
  validUntil: seconds,
  transactions: z.array(transactionLink),
  impostors: z.array(transactionLink),
  reasons: z.array(
    z.strictObject({
      vote: z.string(),
      who: address,
      when: seconds,
      text: z.string(),
      transactionIndex: z.string(),
    }),
  ),
  /** Why they cannot be read; empty as a rule. */
  reasonsProblem: z.string(),
});
export type SipView = z.infer<typeof sipView>;

/** Text as typed in the editor, judged. */
export const lintView = z.strictObject({
  ok: z.boolean(),
  findings: z.array(finding),
  digest: hash.nullable(),
  effects: z.array(z.string()),
});
export type LintView = z.infer<typeof lintView>;

export const hunk = z.strictObject({
  /** In the newer text, from 1. */
  line: z.number(),
  lines: z.array(z.strictObject({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
});
export type Hunk = z.infer<typeof hunk>;

/** What became of a SIP that was handed in as a file. */
export const importView = z.strictObject({
  sip: z.number(),
  title: z.string(),
  digest: hash,
  /** Whose signature is over the digest; null where nobody signed. */
  author: address.nullable(),
  /** A member of the council by that key. */
  authorName: z.string().nullable(),
  /** `taken`: another text has the number, and this one is kept by its digest only. */
  state: z.enum(['new', 'known', 'taken']),
  findings: z.array(finding),
  /** Against the text that has the number. */
  diff: z.array(hunk),
});
export type ImportView = z.infer<typeof importView>;

/** What became of a text that was given for a proposal whose text was not at hand. */
export const givenText = z.strictObject({
  taken: z.boolean(),
  digest: hash,
  expected: hash,
  /** Against the text at hand of the same number, where it was not taken. */
  diff: z.array(hunk),
});
export type GivenText = z.infer<typeof givenText>;

/** The document of today against another text of its number. */
export const changesView = z.array(
  z.strictObject({ what: z.string(), digest: hash, author: address.nullable(), diff: z.array(hunk) }),
);

/** Of a document in a git work tree; null without one. */
export const historyView = z
  .strictObject({
    commits: z.array(
      z.strictObject({ hash: z.string(), author: z.string(), when: seconds, subject: z.string() }),
    ),
    /** The document against the last commit; null where that does not have it. */
    uncommitted: z.array(hunk).nullable(),
  })
  .nullable();

export const sourceRow = z.strictObject({
  id: z.string(),
  /** The folder's own name; its path does not come here. */
  name: z.string(),
  documents: z.number(),
  problem: z.string().nullable(),
});
export type SourceRow = z.infer<typeof sourceRow>;
