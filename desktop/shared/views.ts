import { z } from 'zod';
import { PAGE_LENGTH } from './page-length.ts';

/**
 * What the window receives: strings and numbers ready to be shown, and nothing else. Amounts and other u64 are decimal
 * strings in base units with the decimals beside them; times are unix seconds of the chain's clock; keys are whole.
 */

export const address = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/);
export const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const amount = z.string().regex(/^\d+$/);
export const seconds = z.number().int();

/** What happened, whether anything was sent, what to do: as governance/errors.ts words it. */
export const failure = z.strictObject({
  code: z.string(),
  message: z.string(),
  sent: z.enum(['no', 'yes', 'unknown']),
  remedy: z.string(),
});
export type Failure = z.infer<typeof failure>;

export const THEMES = ['system', 'light', 'dark'] as const;
export const theme = z.enum(THEMES);

export const seat = z.strictObject({
  /** Index into the council's seats, or an office. */
  id: z.string(),
  name: z.string(),
  publicKey: address,
  permissions: z.array(z.enum(['initiate', 'vote', 'execute'])),
});
export type Seat = z.infer<typeof seat>;

export const CLUSTERS = ['embedded', 'local', 'devnet', 'testnet', 'mainnet'] as const;

export const network = z.strictObject({
  /** Of the profile. */
  name: z.string(),
  cluster: z.enum(CLUSTERS),
  /** Ends with the app. */
  ephemeral: z.boolean(),
  /** Null while the chain has not answered. */
  slot: z.string().nullable(),
  now: seconds.nullable(),
  paused: z.boolean(),
  /** Why nothing is signed now although the chain answers; null as a rule. */
  lookOnly: z.string().nullable(),
  programId: address,
  council: address,
  vault: address,
});
export type Network = z.infer<typeof network>;

/** Where a key or a signature can be looked up by others; only its name and what is looked up are in the link. */
export const EXPLORERS = ['solana', 'solscan', 'none'] as const;
export const explorer = z.enum(EXPLORERS);

/** Something for the system's notifications. */
export interface Notice {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly route: string;
}

export const appState = z.strictObject({
  /** `ready` is up as far as this computer goes; `failure` then tells why the chain does not answer. */
  phase: z.enum(['starting', 'ready', 'failed']),
  failure: failure.nullable(),
  /** What came up otherwise than it should have, and goes on all the same. */
  warning: failure.nullable(),
  network: network.nullable(),
  seats: z.array(seat),
  /** Id of the seat that signs; null = looking only. */
  seat: z.string().nullable(),
  theme,
  notifications: z.boolean(),
  explorer,
  counts: z.strictObject({ inbox: z.number(), epochs: z.number() }),
});
export type AppState = z.infer<typeof appState>;

export const TONES = ['ok', 'bad', 'warn', 'accent', 'plain'] as const;
export const tone = z.enum(TONES);
export type Tone = z.infer<typeof tone>;

/** Where a row leads; the text form of shared/route.ts. */
export const routeText = z.string().max(200);

export const inboxRow = z.strictObject({
  id: z.string(),
  symbol: z.enum(['=', '≠', '◔', '!', '✎']),
  tone,
  title: z.string(),
  detail: z.string(),
  chip: z.strictObject({ text: z.string(), tone }),
  /** The button's verb. */
  verb: z.string(),
  primary: z.boolean(),
  route: routeText,
});
export type InboxRow = z.infer<typeof inboxRow>;

export const inbox = z.strictObject({
  now: seconds,
  sections: z.array(z.strictObject({ title: z.string(), rows: z.array(inboxRow) })),
});
export type Inbox = z.infer<typeof inbox>;

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

/** Where the guide's own SIP is, and what is next. */
export const guideView = z.strictObject({
  stage: z.enum(['draft', 'save', 'submit', 'approve', 'execute', 'activate', 'done']),
  /** Number of the document; null before there is one. */
  sip: z.number().nullable(),
  transactionIndex: z.string().nullable(),
  epoch: z.number().nullable(),
  /** Until the next step may be taken: a time lock, or a window that has not opened. */
  waitSeconds: z.number(),
  /** Seats that can take it. */
  seats: z.array(z.string()),
});
export type GuideView = z.infer<typeof guideView>;

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

/** Facts from chain before proposing. */
const fieldBase = {
  name: z.string(),
  label: z.string(),
  help: z.string(),
  optional: z.literal(true).optional(),
};
const plainField = [
  z.strictObject({
    ...fieldBase,
    kind: z.literal('address'),
    of: z.string(),
    orNone: z.literal(true).optional(),
  }),
  z.strictObject({ ...fieldBase, kind: z.literal('amount') }),
  z.strictObject({ ...fieldBase, kind: z.literal('time'), orNone: z.literal(true).optional() }),
  z.strictObject({ ...fieldBase, kind: z.literal('choice'), choices: z.array(z.string()) }),
  z.strictObject({ ...fieldBase, kind: z.literal('whole'), min: z.number(), max: z.number() }),
  z.strictObject({ ...fieldBase, kind: z.literal('text'), maxLength: z.number() }),
  z.strictObject({ ...fieldBase, kind: z.literal('flag') }),
] as const;
/** As governance/actions/field.ts has it; a list is of plain fields. */
export const field = z.discriminatedUnion('kind', [
  ...plainField,
  z.strictObject({
    ...fieldBase,
    kind: z.literal('list'),
    of: z.array(z.discriminatedUnion('kind', [...plainField])),
  }),
]);
export type FieldView = z.infer<typeof field>;

export const actionKind = z.strictObject({
  kind: z.string(),
  title: z.string(),
  summary: z.string(),
  fields: z.array(field),
});
export type ActionKindView = z.infer<typeof actionKind>;

const values = z.record(z.string(), z.unknown());
/** What a form edits. */
export const editedBlock = z.strictObject({
  validUntil: z.string().max(40),
  actions: z.array(z.strictObject({ kind: z.string().max(64), values })).max(255),
});
export type EditedBlock = z.infer<typeof editedBlock>;

/** The actions block of a text, and what is wrong with its values; null where it cannot be read as one. */
export const blockView = z.strictObject({
  block: editedBlock.nullable(),
  problems: z.array(z.array(z.strictObject({ path: z.string(), message: z.string() }))),
});
export type BlockView = z.infer<typeof blockView>;

/** A document as it is opened for editing. */
export const editView = z.strictObject({
  fileName: z.string(),
  text: z.string(),
  /** As it was saved last; null for one that never was. */
  saved: z.string().nullable(),
  /** `text` is what was typed and not saved. */
  restored: z.boolean(),
});
export type EditView = z.infer<typeof editView>;

export const mintFacts = z.strictObject({
  tokenProgram: z.string(),
  decimals: z.number(),
  supplyBaseUnits: amount,
  mintAuthority: address.nullable(),
  freezeAuthority: address.nullable(),
  pool: z.strictObject({ symbol: z.string(), status: z.string(), capBaseUnits: amount }).nullable(),
});
export type MintFactsView = z.infer<typeof mintFacts>;

export const checkView = z.strictObject({
  ok: z.boolean(),
  findings: z.array(finding),
  rentLamports: amount,
  vaultLamports: amount,
});
export type CheckView = z.infer<typeof checkView>;

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

const postureFinding = z.strictObject({
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

/** What a member's console found, signed; it approves nothing. */
export const reviewReceipt = z.strictObject({
  /** SHA-256 of all that it says. */
  id: hash,
  seat: z.string(),
  publicKey: address,
  verdict: z.string(),
  /** Chain time of the review. */
  at: seconds,
  tool: z.string(),
  /** What of it is not so; empty as a rule. */
  faults: z.array(z.string()),
});
export type ReviewReceiptView = z.infer<typeof reviewReceipt>;
export const reviewReceipts = z.strictObject({
  receipts: z.array(reviewReceipt),
  /** Why those at hand were not read; null where they were. */
  problem: z.string().nullable(),
});

/** What a reviewer wants changed in a text, signed; it is no vote. */
export const changeRequest = z.strictObject({
  /** SHA-256 of all that it says. */
  id: hash,
  /** Name of the reviewer's key. */
  seat: z.string(),
  publicKey: address,
  /** Why it is no member's; empty where it is, and where the members are not known. */
  standing: z.string(),
  /** Chain time. */
  at: seconds,
  text: z.string(),
  /** Still about the text that is looked at; else a new one has answered it. */
  open: z.boolean(),
  /** Of the text that it is about. */
  digest: hash,
  tool: z.string(),
  /** What of it is not so; empty as a rule. */
  faults: z.array(z.string()),
});
export type ChangeRequestView = z.infer<typeof changeRequest>;

export const changeRequests = z.strictObject({
  /** Oldest first. */
  requests: z.array(changeRequest),
  /** Files that were not read, in sentences. */
  problems: z.array(z.string()),
});

/** What became of a file of signed words that somebody sent. */
export const takenStatements = z.strictObject({
  kind: z.enum(['requests', 'receipts']),
  sip: z.number(),
  /** How many lie beside the document now that did not before; a request that did is counted all the same. */
  taken: z.number(),
});
export type TakenStatements = z.infer<typeof takenStatements>;

export const outcome = z.strictObject({
  /** "Approved transaction 3." */
  sentence: z.string(),
  /** To be passed on to the other signers; null where nothing was signed. */
  line: z.string().nullable(),
  signatures: z.array(z.string()),
});
export type OutcomeView = z.infer<typeof outcome>;

export const epochRow = z.strictObject({
  index: z.number(),
  status: z.enum(['scheduled', 'active', 'closed']),
  opensAt: seconds,
  closesAt: seconds.nullable(),
  access: z.string(),
  withdrawals: z.boolean(),
  caps: z.array(
    z.strictObject({
      symbol: z.string(),
      decimals: z.number(),
      mint: address,
      /** Null = no limit. */
      cap: amount.nullable(),
      filled: amount,
    }),
  ),
  sip: z.number(),
  plan: z.array(z.strictObject({ field: z.string(), planned: z.string(), actual: z.string() })).nullable(),
  due: z.enum(['activation', 'closing', 'amendment']).nullable(),
  activatedBy: address.nullable(),
  activatedAt: seconds.nullable(),
  poolsWithoutCap: z.array(z.string()),
});
export type EpochRow = z.infer<typeof epochRow>;

export const epochs = z.strictObject({
  now: seconds,
  rows: z.array(epochRow),
  /** Conditions of the next activation, for the key that signs. */
  activation: z.strictObject({ index: z.number().nullable(), gates: z.array(gate), ready: z.boolean() }),
});
export type Epochs = z.infer<typeof epochs>;

export const registry = z.strictObject({
  pools: z.array(
    z.strictObject({
      symbol: z.string(),
      mint: address,
      pool: address,
      receiptMint: address,
      status: z.string(),
      decimals: z.number(),
      cap: amount.nullable(),
      deposited: amount,
      sip: z.number(),
    }),
  ),
  operators: z.array(
    z.strictObject({
      name: z.string(),
      voteAccount: address,
      authority: address,
      status: z.string(),
      sip: z.number(),
    }),
  ),
  roles: z.array(
    z.strictObject({
      role: z.string(),
      key: address.nullable(),
      can: z.string(),
      cannot: z.string(),
      sip: z.number(),
    }),
  ),
});
export type Registry = z.infer<typeof registry>;

export const council = z.strictObject({
  address,
  vault: address,
  threshold: z.number(),
  timeLockSeconds: z.number(),
  configAuthority: address.nullable(),
  membersHash: hash,
  members: z.array(seat),
  vaultLamports: amount,
  posture: z.array(postureFinding),
  /** The steps of the set-up, in their order. */
  steps: z.array(
    z.strictObject({
      name: z.string(),
      state: z.enum(['done', 'missing', 'begun', 'mismatch']),
      address: address.nullable(),
      detail: z.string(),
    }),
  ),
  /** Approved transactions that nobody has executed, in words. */
  loose: z.array(
    z.strictObject({
      transactionIndex: z.string(),
      stale: z.boolean(),
      what: z.string(),
      remedy: z.string(),
    }),
  ),
  /** Changes of the council itself that are before it. */
  pending: z.array(
    z.strictObject({
      transactionIndex: z.string(),
      state: z.string(),
      changes: z.array(z.strictObject({ label: z.string(), value: z.string() })).nullable(),
    }),
  ),
});
export type CouncilView = z.infer<typeof council>;

export const activityRow = z.strictObject({
  seq: z.number(),
  what: z.string(),
  state: z.string(),
  signature: z.string().nullable(),
  /** What to do about it; empty where nothing is. */
  advice: z.string(),
});
export type ActivityRow = z.infer<typeof activityRow>;

export const SIGNER_KINDS = ['keypair', 'ledger', 'browser', 'offline'] as const;

export const signerRow = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(SIGNER_KINDS),
  publicKey: address,
  /** In the council that is looked at; null while it is not known. */
  permissions: z.array(z.enum(['initiate', 'vote', 'execute'])).nullable(),
  mainnet: z.boolean(),
});
export type SignerRow = z.infer<typeof signerRow>;

export const profileRow = z.strictObject({
  name: z.string(),
  current: z.boolean(),
  /** Null where its file cannot be used. */
  facts: z
    .strictObject({
      cluster: z.enum(CLUSTERS),
      /** How many endpoints of distinct hosts; an endpoint's address never comes here, it may hold a token. */
      hosts: z.number(),
      quorum: z.string(),
      genesisHash: z.string().nullable(),
      council: address.nullable(),
      programId: address.nullable(),
    })
    .nullable(),
  problem: z.string().nullable(),
});
export type ProfileRow = z.infer<typeof profileRow>;

export const about = z.strictObject({
  version: z.string(),
  runtime: z.string(),
  oldRuntime: z.boolean(),
  programs: z.array(z.strictObject({ name: z.string(), id: address, sha256: hash, origin: z.string() })),
  licence: z.string(),
});
export type About = z.infer<typeof about>;
