import { z } from 'zod';
import { PAGE_LENGTH } from '../page-length.ts';
import { address, amount, hash, seconds } from './base.ts';

/** Transactions of the council, their verdict, effect, votes and what can be done. */

export const gate = z.strictObject({
  name: z.string(),
  state: z.enum(['ok', 'bad', 'wait', 'no']),
  /** What is so, or what to do. */
  detail: z.string(),
});
export type GateView = z.infer<typeof gate>;

export const difference = z.strictObject({
  kind: z.string(),
  sentence: z.string(),
  bytes: z.tuple([z.number(), z.number()]).nullable(),
});

export const instruction = z.strictObject({
  programId: address,
  program: z.string(),
  describe: z.string(),
  keys: z.array(
    z.strictObject({ pubkey: address, name: z.string(), signer: z.boolean(), writable: z.boolean() }),
  ),
  dataHex: z.string(),
});

export const vote = z.strictObject({
  seat: z.string(),
  publicKey: address,
  permissions: z.array(z.string()),
  cast: z.enum(['approved', 'rejected', 'cancelled', 'none', 'cannot']),
  me: z.boolean(),
});

export const change = z.strictObject({
  account: z.string(),
  address,
  field: z.string(),
  before: z.string(),
  after: z.string(),
  source: z.string(),
});
export type ChangeView = z.infer<typeof change>;

/** The execution, run on this computer. */
export const localSimulation = z.strictObject({
  state: z.enum(['holds', 'runs', 'differs', 'fails', 'unable']),
  sentence: z.string(),
  /** What was taken to be so already; empty where nothing was. */
  assumed: z.string(),
  computeUnits: amount.nullable(),
  changes: z.array(change),
  logs: z.array(z.string()),
});
export type LocalSimulation = z.infer<typeof localSimulation>;

export const proposalRow = z.strictObject({
  transactionIndex: z.string(),
  title: z.string(),
  sip: z.number().nullable(),
  state: z.string(),
  verdict: z.string(),
  votes: z.string(),
  creator: z.string(),
});
export type ProposalRow = z.infer<typeof proposalRow>;

/** Transactions `page * PAGE_LENGTH + 1` and those that follow: a page stays what it is when newer ones come. */
export const proposalPage = z.strictObject({
  /** Of the council: the index of its newest transaction. */
  newest: z.string(),
  page: z.number(),
  /** Oldest first. */
  rows: z.array(proposalRow).max(PAGE_LENGTH),
});
export type ProposalPage = z.infer<typeof proposalPage>;

export const ACTS = ['approve', 'reject', 'cancel', 'execute'] as const;
export const act = z.enum(ACTS);
export type ActName = z.infer<typeof act>;

export const postureFinding = z.strictObject({
  level: z.enum(['ok', 'warning', 'unknown', 'error']),
  code: z.string(),
  message: z.string(),
  /** What to do about it; empty where nothing is. */
  remedy: z.string(),
});

/** A transaction that changes the council itself: what a member has to know besides before → after. */
export const councilChange = z.strictObject({
  /** Every byte of it was read. */
  readable: z.boolean(),
  /** Why it would not run, or why nobody can tell what it leaves; empty where nothing is wrong. */
  trouble: z.string(),
  /** What could be said of the council afterwards and not now. */
  posture: z.array(postureFinding),
  /** What was proposed before can no longer take effect. */
  makesStale: z.boolean(),
  voids: z.array(z.strictObject({ transactionIndex: z.string(), title: z.string() })),
  /** Of its actions, as a text names it that announces them; null where they cannot be read. */
  hash: hash.nullable(),
  /** Numbers of the SIPs at hand whose text does. */
  announcedBy: z.array(z.number()),
});
export type CouncilChangeView = z.infer<typeof councilChange>;

/** What one instruction does; `bytes`: the text does not say so, `text`: the transaction does not do so, null: no text. */
const effectLine = z.strictObject({
  sentence: z.string(),
  saidBy: z.enum(['both', 'bytes', 'text']).nullable(),
});
export type EffectLine = z.infer<typeof effectLine>;

export const proposalView = z.strictObject({
  row: proposalRow,
  verdict: z.string(),
  executed: z.boolean(),
  /** One sentence of what was compared with what. */
  compared: z.string(),
  differences: z.array(difference),
  part: z.number().nullable(),
  parts: z.number().nullable(),
  digest: hash.nullable(),
  membersHash: hash.nullable(),
  /** Text of the SIP; null where none at hand has the digest. */
  text: z
    .strictObject({ sections: z.array(z.strictObject({ name: z.string(), markdown: z.string() })) })
    .nullable(),
  effects: z.array(effectLine),
  changes: z.array(change),
  /** Null for a vault transaction. */
  councilChange: councilChange.nullable(),
  instructions: z.array(instruction),
  accountBytesHex: z.string(),
  /** Id of the seat that the acts are offered to; null = looking only. */
  seat: z.string().nullable(),
  simulation: z.strictObject({
    ok: z.boolean().nullable(),
    sentence: z.string(),
    computeUnits: amount.nullable(),
    logs: z.array(z.string()),
  }),
  votes: z.array(vote),
  /** Those kept beside the document. */
  reasons: z.array(z.strictObject({ vote: z.string(), who: z.string(), when: seconds, text: z.string() })),
  /** Why they cannot be read; empty as a rule. */
  reasonsProblem: z.string(),
  needed: z.number(),
  approvals: z.number(),
  voteSentence: z.string(),
  gates: z.array(gate),
  acts: z.array(z.strictObject({ act, enabled: z.boolean(), label: z.string(), why: z.string() })),
  history: z.array(
    z.strictObject({ when: seconds.nullable(), what: z.string(), signature: z.string().nullable() }),
  ),
  expiresAt: seconds.nullable(),
});
export type ProposalView = z.infer<typeof proposalView>;

/** One approval and the transaction that carried it. */
export const approval = z.strictObject({
  seat: z.string(),
  publicKey: address,
  signature: z.string(),
  /** In words. */
  when: z.string(),
  /** Why it may be no opinion of its member, of today; empty as a rule. */
  warnings: z.array(z.string()),
});

export const outcome = z.strictObject({
  /** "Approved transaction 3." */
  sentence: z.string(),
  /** To be passed on to the other signers; null where nothing was signed. */
  line: z.string().nullable(),
  signatures: z.array(z.string()),
});
export type OutcomeView = z.infer<typeof outcome>;
