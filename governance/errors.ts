import type { Sent } from './types.ts';

/**
 * Every failure this product names. Codes are appended, never renamed: scripts match on them.
 * `exit` is the command line's: 1 failed, 2 usage, 3 verdict, 4 not ready, 5 unknown, 130 interrupted.
 * `say` is one sentence of what is wrong; `remedy` one of what to do now.
 */
type Facts = Readonly<Record<string, unknown>>;
interface ErrorEntry {
  readonly exit: 1 | 2 | 3 | 4 | 5 | 130;
  readonly say: (f: Facts) => string;
  readonly remedy: (f: Facts) => string;
}

/** @param unix seconds, where they are known */
function until(unix: unknown): string {
  return typeof unix === 'bigint' ? `, until ${timeOf(unix)}` : '';
}

function timeOf(unix: unknown): string {
  return `${new Date(Number(unix) * 1000).toISOString().slice(0, 19)}Z`;
}

export const ERRORS = {
  USAGE: {
    exit: 2,
    // A plain word in front gets its capital; a path, a flag or a name stays as it is typed.
    say: (f) =>
      `${String(f.detail).replace(/^[a-z]+(?=[ ,])/, (word) => word.charAt(0).toUpperCase() + word.slice(1))}.`,
    remedy: () => 'Run the command with --help to see its options and examples.',
  },
  INTERNAL: {
    exit: 1,
    say: (f) => `The console broke one of its own promises: ${f.detail}.`,
    remedy: () => 'Report this with the output of --verbose; nothing further was attempted.',
  },
  FILE_UNREADABLE: {
    exit: 1,
    say: (f) => `${f.path} cannot be read: ${f.reason}.`,
    remedy: () => 'Check the path and its permissions.',
  },
  FILE_UNWRITABLE: {
    exit: 1,
    say: (f) => `${f.path} cannot be written: ${f.reason}.`,
    remedy: () => 'Free space or fix the permissions, then run the command again; the old file is untouched.',
  },
  SIP_INVALID: {
    exit: 1,
    say: (f) => `${f.file} is not a valid SIP: ${f.detail}.`,
    remedy: (f) => `Run "sip lint ${f.file}" and mend what it lists.`,
  },
  ENDPOINT_DOWN: {
    exit: 5,
    say: (f) => `The endpoint ${f.endpoint} does not answer: ${f.reason}.`,
    remedy: () => 'Check the endpoint or choose another with --url, then run the command again.',
  },
  ENDPOINT_RATE_LIMITED: {
    exit: 5,
    say: (f) => `The endpoint ${f.endpoint} refuses further requests for now (HTTP 429).`,
    remedy: () => 'Wait, or use an endpoint with a higher limit.',
  },
  WRONG_CLUSTER: {
    exit: 1,
    say: (f) => `The endpoint serves genesis hash ${f.actual}, the profile pins ${f.expected}.`,
    remedy: () => 'Use an endpoint of the cluster the profile names, or another profile.',
  },
  ENDPOINT_INVALID: {
    exit: 2,
    say: (f) => `${f.endpoint} is no endpoint: ${f.reason}.`,
    remedy: () => 'Give an http or https URL, or one of mainnet-beta, testnet, devnet, localhost.',
  },
  ENDPOINT_REFUSED: {
    exit: 5,
    say: (f) => `The endpoint ${f.endpoint} refuses ${f.method}: ${f.reason}.`,
    remedy: () => 'Use an endpoint that serves this request, with --url or in the profile.',
  },
  PATH_OUTSIDE_FOLDER: {
    exit: 1,
    say: (f) => `${f.path} leaves the folder ${f.folder}.`,
    remedy: () => 'Name a file inside the folder.',
  },
  FOLDER_LOCKED: {
    exit: 4,
    say: (f) => `Process ${f.pid} is using ${f.path}.`,
    remedy: () => 'Wait until the other console has finished, then run the command again.',
  },
  JOURNAL_CORRUPT: {
    exit: 1,
    say: (f) => `The journal ${f.path} is damaged at line ${f.line}: ${f.reason}.`,
    remedy: (f) =>
      `Keep ${f.path} for examination, move it away, and look up on chain what was sent before going on.`,
  },
  KEYPAIR_EXPOSED: {
    exit: 1,
    say: (f) => `The keypair file ${f.path} can be read by others (mode ${f.mode}).`,
    remedy: (f) => `Run: chmod 600 ${f.path}`,
  },
  KEYPAIR_MALFORMED: {
    exit: 1,
    say: (f) => `${f.path} is not a Solana keypair file: ${f.reason}.`,
    remedy: () => 'Give a file as solana-keygen writes it: a JSON array of 64 numbers.',
  },
  INSUFFICIENT_LAMPORTS: {
    exit: 1,
    say: (f) => `${f.address} has too few lamports: ${f.reason}.`,
    remedy: (f) => `Send SOL to ${f.address}, then run the command again.`,
  },
  TRANSACTION_TOO_LARGE: {
    exit: 1,
    say: (f) => `The transaction takes ${f.bytes} bytes, a packet holds ${f.limit}.`,
    remedy: () => 'Split the change into smaller parts.',
  },
  TRANSACTION_FAILED: {
    exit: 1,
    say: (f) => `The transaction fails: ${f.reason}.`,
    remedy: () => 'Mend what the message names, then run the command again.',
  },
  PROGRAM_ERROR: {
    exit: 1,
    say: (f) =>
      `The program ${f.program} refuses with error ${f.number}${f.name ? ` (${f.name})` : ''}${f.explanation ? `: ${f.explanation}` : ''}.`,
    remedy: () => 'Mend what the error names; --verbose prints the program logs.',
  },
  TRANSACTION_EXPIRED: {
    exit: 1,
    say: (f) =>
      `Transaction ${f.signature} was sent but never taken into a block; its blockhash has expired.`,
    remedy: () => 'Run the command again; the expired transaction can no longer take effect.',
  },
  SIGNED_TOO_LATE: {
    exit: 1,
    say: () => 'It was signed after its blockhash had expired, which is a minute after it was asked for.',
    remedy: () => 'Run the command again and sign within that minute.',
  },
  TRANSACTION_UNKNOWN: {
    exit: 5,
    say: (f) => `Transaction ${f.signature} was sent but not seen.`,
    remedy: () => 'Run the same command again: it first finds out what became of this transaction.',
  },
  NOT_A_COUNCIL: {
    exit: 1,
    say: (f) => `${f.address} is not a Squads multisig: ${f.reason}.`,
    remedy: () => "Check the council's address (the multisig account, not its vault) and the cluster.",
  },
  NOT_A_MEMBER: {
    exit: 1,
    say: (f) => `${f.address} is not a member of the council ${f.council}.`,
    remedy: () => 'Use the key of a member, see "sip council".',
  },
  MEMBER_LACKS_PERMISSION: {
    exit: 1,
    say: (f) => `${f.address} is a member of the council but lacks the permission to ${f.permission}.`,
    remedy: (f) => `Use the key of a member that has the ${f.permission} permission, see "sip council".`,
  },
  PROPOSAL_NOT_FOUND: {
    exit: 1,
    say: (f) => `The council has no proposal with transaction index ${f.transactionIndex}.`,
    remedy: () => 'Check the transaction index, see "sip status".',
  },
  PROPOSAL_STALE: {
    exit: 1,
    say: (f) =>
      `Proposal ${f.transactionIndex} is stale: the council changed after it was made (stale up to index ${f.staleTransactionIndex}).`,
    remedy: () => 'Compile and propose the SIP again.',
  },
  PROPOSAL_WRONG_STATUS: {
    exit: 1,
    say: (f) => `Proposal ${f.transactionIndex} is ${f.status}, it cannot be ${f.wanted}.`,
    remedy: () => 'See "sip status" for what can be done with it.',
  },
  PROPOSAL_NOT_APPROVED: {
    exit: 4,
    say: (f) => `Proposal ${f.transactionIndex} is ${f.status}: ${f.approvals} of ${f.needed} approvals.`,
    remedy: () => 'Wait for the missing approvals, see "sip status".',
  },
  TIME_LOCK_RUNNING: {
    exit: 4,
    say: (f) =>
      `The time lock of proposal ${f.transactionIndex} runs for another ${f.secondsLeft} s of chain time${until(f.executableAt)}.`,
    remedy: () => 'Run the command again when it has passed.',
  },
  LOOKUP_TABLE_PRESENT: {
    exit: 3,
    say: (f) =>
      `The message of transaction ${f.transactionIndex} loads accounts from an address lookup table.`,
    remedy: () => 'No SIP compiles to such a message: do not sign; ask who proposed it.',
  },
  EPHEMERAL_SIGNER_PRESENT: {
    exit: 3,
    say: (f) => `The message of transaction ${f.transactionIndex} asks for ephemeral signers.`,
    remedy: () => 'No SIP compiles to such a message: do not sign; ask who proposed it.',
  },
  CANCEL_UNSUPPORTED: {
    exit: 1,
    say: (f) =>
      `Proposal ${f.transactionIndex} has no room for another cancel vote and the deployed Squads program cannot enlarge it.`,
    remedy: () =>
      'Void it by any change of members, threshold or time lock: the restaking program then refuses it.',
  },
  HANDOFF_INVALID: {
    exit: 1,
    say: (f) => `${f.file} is no SIP as it is handed in: ${f.detail}.`,
    remedy: () => 'Ask the author for a new export ("sip export"). Nothing was kept of it.',
  },
  HANDOFF_SIGNATURE_INVALID: {
    exit: 1,
    say: (f) => `The signature in ${f.file} is not ${f.author}'s over this SIP.`,
    remedy: () => 'Do not use the file; ask the author for a new export ("sip export").',
  },
  SANDBOX_UNSUPPORTED: {
    exit: 1,
    say: (f) =>
      `The embedded network does not run on ${f.platform} ${f.arch}: Surfpool has a build for linux x64 only.`,
    remedy: () =>
      'Use a profile of another cluster, or give an endpoint with --url (for instance of a test validator).',
  },
  SANDBOX_RUNNING: {
    exit: 4,
    say: (f) => `The embedded network "${f.name}" is already running in process ${f.pid}.`,
    remedy: () => 'Use it, stop it, or start another one with --name.',
  },
  SANDBOX_NOT_RUNNING: {
    exit: 4,
    say: (f) => `No embedded network "${f.name}" is running.`,
    remedy: (f) =>
      `Start it with "sip sandbox${f.name === 'default' ? '' : ` --name ${f.name}`}" and leave it running.`,
  },
  SANDBOX_START_FAILED: {
    exit: 1,
    say: (f) => `The embedded network did not start: ${f.reason}.`,
    remedy: () => 'Run the command again; nothing was left behind.',
  },
  SANDBOX_TIME_BACKWARDS: {
    exit: 1,
    say: (f) =>
      `The embedded network's clock stands at ${timeOf(f.now)} and never goes back to ${timeOf(f.target)}.`,
    remedy: () => 'Travel to a later time, or start a fresh network.',
  },
  PROGRAMS_MISSING: {
    exit: 1,
    say: (f) => `The program binaries are not there: ${f.reason}.`,
    remedy: () => 'Run "node tools/programs.mjs" and mend what it reports.',
  },
  REBASE_OUT_OF_RANGE: {
    exit: 1,
    say: (f) => `${f.file} cannot be shifted: ${f.time} would leave the years 0000 to 9999.`,
    remedy: () => 'Check the dates of the folder and of the chain; no file was written.',
  },
  SIP_TOO_LARGE: {
    exit: 1,
    say: (f) =>
      `Instruction ${f.action} of the SIP does not fit into a transaction of 1,232 bytes by itself.`,
    remedy: () => 'Make that action smaller, or ask for it in a SIP of its own.',
  },
  SIP_NUMBER_ENACTED: {
    exit: 1,
    say: (f) => `SIP-${f.sip} was enacted with another text (digest ${f.digest}).`,
    remedy: () => 'Give the SIP a number that has not been enacted, and submit it again.',
  },
  SIP_ALREADY_ENACTED: {
    exit: 1,
    say: (f) => `SIP-${f.sip} has been executed with this very text.`,
    remedy: (f) => `See its effect with "sip status ${f.sip}"; a further change is a new SIP.`,
  },
  SIP_NOT_PROPOSED: {
    exit: 4,
    say: (f) => `No transaction of the council carries SIP-${f.sip} and can still go on.`,
    remedy: () => 'Submit it with "sip submit FILE".',
  },
  SIP_PART_MISSING: {
    exit: 4,
    say: (f) =>
      `Part ${f.part} of ${f.parts} of SIP-${f.sip} is not before the council: approving now would approve half a SIP.`,
    remedy: () => 'Ask the proposer to run "sip submit" again; it adds only what is missing.',
  },
  VERDICT_NOT_MATCH: {
    exit: 3,
    say: (f) => `Transaction ${f.transactionIndex} is not what the SIP says (${f.verdict}): ${f.because}`,
    remedy: (f) =>
      `Do not ${f.act} it. Run "sip verify --transaction-index ${f.transactionIndex}" and show the result to the council.`,
  },
  INDEX_RACE_LOST: {
    exit: 4,
    say: (f) => `Other proposers took the council's next index ${f.races} times in a row.`,
    remedy: () => 'Run the command again; what stands on chain is found and not proposed twice.',
  },
  EPOCH_NOT_READY: {
    exit: 4,
    say: (f) =>
      `The restaking epoch${f.index === undefined ? '' : ` ${f.index}`} is not ready (${f.gate}): ${f.detail}.`,
    remedy: () => 'See "sip epochs" for what is due, for whom and when.',
  },
  LST_NOT_WHITELISTED: {
    exit: 1,
    say: (f) => `There is no restaking pool for the mint ${f.mint}.`,
    remedy: () => 'An LST is whitelisted by SIP; see "sip new --action whitelist-lst".',
  },
  INTERRUPTED: {
    exit: 130,
    say: (f) => `Interrupted by ${f.signal}.`,
    remedy: (f) =>
      f.sent === 'no'
        ? 'Run the command again when you like.'
        : 'Run the same command again: it first finds out what became of what was sent.',
  },
  PROFILE_UNKNOWN: {
    exit: 2,
    say: (f) => `There is no profile "${f.name}".`,
    remedy: () => 'See "sip profile list", or make it with "sip profile add".',
  },
  PROFILE_INVALID: {
    exit: 1,
    say: (f) => `The profile ${f.file} cannot be used: ${f.detail}.`,
    remedy: () => 'Mend the file, or make it anew with "sip profile add".',
  },
  SETTINGS_INVALID: {
    exit: 1,
    say: (f) => `The settings in ${f.file} cannot be used: ${f.detail}.`,
    remedy: () => 'Mend the file, or remove it.',
  },
  LEDGER_UNSUPPORTED: {
    exit: 1,
    say: (f) => `The command line cannot sign with ${f.keypair} yet.`,
    remedy: () => 'Sign with the Ledger in the desktop console, or give a keypair file with --keypair.',
  },
  CONFIRMATION_REFUSED: {
    exit: 1,
    say: () => 'The confirmation was not given.',
    remedy: () => 'Run the command again and type what it asks for, or add --yes in a script.',
  },
  SIP_NOT_FOUND: {
    exit: 1,
    say: (f) => `There is no SIP-${f.sip} in ${f.folder}.`,
    remedy: () => 'Name the file, or the folder with --sips.',
  },
  FILE_EXISTS: {
    exit: 1,
    say: (f) => `${f.path} exists already${f.detail ? ` and ${f.detail}` : ''}.`,
    remedy: () => 'Give another name, or move the file away first; it is untouched.',
  },
  SANDBOX_DIED: {
    exit: 1,
    say: (f) => `The embedded network "${f.name}" has ended by itself.`,
    remedy: () => 'Start it again; its accounts are gone, SIPs and journal are not.',
  },
  CHECK_FAILED: {
    exit: 1,
    say: (f) => `SIP-${f.sip} would fail on this chain (${f.count}): ${f.first}.`,
    remedy: (f) => `Mend what "sip check ${f.file}" lists, or propose it all the same with --skip-check.`,
  },
  ROLE_NOT_HELD: {
    exit: 1,
    say: (f) => `${f.address} is not the ${f.role} of the program; that is ${f.holder}.`,
    remedy: (f) => `Sign with the key of the ${f.role}.`,
  },
  QUORUM_MISSED: {
    exit: 5,
    say: (f) =>
      `Of the ${f.asked} endpoints asked only ${f.agreeing} show the same, and ${f.needed} of distinct hosts must agree before anything is signed.`,
    remedy: () => 'Look only, or add endpoints of other hosts to the profile, see "sip profile".',
  },
  ENDPOINT_DISSENTS: {
    exit: 5,
    say: (f) => `${f.endpoints} answers otherwise than the other endpoints, and goes on to.`,
    remedy: () =>
      'The word of the others is shown, and nothing is signed on it. Find out which of them is right, by an explorer or a node of your own, and take the other out of the profile.',
  },
  SEAT_CHANGED: {
    exit: 4,
    say: (f) => `The button was for seat ${f.shown}, and ${f.now} signs now.`,
    remedy: () => 'Look at who signs at the lower left, and press again.',
  },
  PROGRAM_UNREADABLE: {
    exit: 1,
    say: (f) => `The program ${f.program} can't be run on this computer: ${f.reason}.`,
    remedy: () => 'The endpoint’s own simulation is all there is; rest no vote on it alone.',
  },
  SIPS_NOT_FOUND: {
    exit: 1,
    say: (f) => `There are no SIPs in ${f.folder}.`,
    remedy: () => 'Name a folder that holds files such as sip-0008-whitelist-jupsol.md.',
  },
  SETUP_FILE_INVALID: {
    exit: 1,
    say: (f) => `The setup file ${f.file} cannot be used: ${f.detail}.`,
    remedy: () => 'Mend the file; governance/setup/README.md shows one.',
  },
  SETUP_MISMATCH: {
    exit: 1,
    say: (f) =>
      `The chain holds something else than the setup asks for (${f.step}, ${f.address}): ${f.detail}${differencesIn(f)}.`,
    remedy: () =>
      'Mend the setup file, sign with the key that began the setup, or set up under another program key; setup changes nothing that stands.',
  },
  SETUP_STALLED: {
    exit: 5,
    say: (f) => `${f.missing} of the program's ${f.all} pieces do not arrive on chain.`,
    remedy: () =>
      'Run the command again, perhaps with another --url or with --with-compute-unit-price; what is there stays.',
  },
  SETUP_NOT_ON_LIST: {
    exit: 1,
    say: (f) => `Setup refuses to sign a transaction that is not on its closed list: ${f.reason}.`,
    remedy: () => 'Report this with the output of --verbose; nothing was signed.',
  },
  SQUADS_MISSING: {
    exit: 1,
    say: (f) => `Squads is not set up on this cluster: its configuration ${f.account} is not there.`,
    remedy: () => 'Check the cluster with --url; Squads v4 runs on mainnet-beta and devnet.',
  },
  DEVELOPMENT_KEY_REFUSED: {
    exit: 1,
    say: (f) => `The development program key is public, it is not deployed to ${f.where}.`,
    remedy: () =>
      'Make a program key, write it with "node tools/program-id.mjs KEYPAIR", build, and give --program-keypair and --program-so.',
  },
  PROGRAM_BINARY_WRONG: {
    exit: 1,
    say: (f) => `${f.path} is not the program ${f.programId}: ${f.reason}.`,
    remedy: () => 'Build it for this key: "node tools/program-id.mjs KEYPAIR", then "anchor build".',
  },
  PROGRAM_KEYPAIR_MISSING: {
    exit: 2,
    say: (f) => `Deploying the program ${f.programId} takes the key of that address.`,
    remedy: () => 'Give its keypair file with --program-keypair.',
  },
  SIGNING_REQUEST_INVALID: {
    exit: 1,
    say: (f) => `${f.file} is no signing request: ${f.detail}.`,
    remedy: () => 'Export it again from the confirm window. Nothing was signed.',
  },
  SIGNING_GRAMMAR: {
    exit: 1,
    say: (f) => `This is not signed (${f.reason}): ${f.detail}`,
    remedy: () => 'Report this: the console built something that it never should. The key was not used.',
  },
  BUNDLE_INVALID: {
    exit: 1,
    say: (f) => `${f.file} is no review bundle: ${f.detail}.`,
    remedy: () => 'Have it written again with "sip bundle"; nothing was taken from it.',
  },
  BUNDLE_TOO_NEW: {
    exit: 1,
    say: (f) =>
      `${f.file} is a review bundle of version ${f.version}; this console reads version ${f.known}.`,
    remedy: () => 'Check it with the console that wrote it, or have it written by this version.',
  },
  BUNDLE_TEXT_MISSING: {
    exit: 3,
    say: (f) => `No text at hand has the digest that transaction ${f.transactionIndex} names.`,
    remedy: () => 'Name the SIP with --sip to bundle the transaction with that text, whatever it names.',
  },
  RECEIPT_INVALID: {
    exit: 1,
    say: (f) => `${f.file} holds no review receipts: ${f.detail}.`,
    remedy: () => 'Ask the member for it again ("sip receipt make"); nothing was taken from it.',
  },
  RECEIPT_TOO_NEW: {
    exit: 1,
    say: (f) =>
      `${f.file} holds review receipts of version ${f.version}; this console reads version ${f.known}.`,
    remedy: () => 'Check it with the console that wrote it.',
  },
  RECEIPT_TEXT_MISSING: {
    exit: 3,
    say: (f) => `No text at hand has the digest that transaction ${f.transactionIndex} names.`,
    remedy: () => 'A receipt is about a text: put the SIP into the folder, or name the folder with --sips.',
  },
  AUDIT_INVALID: {
    exit: 1,
    say: (f) => `${f.file} is no audit of a SIP: ${f.detail}.`,
    remedy: () => 'Have it written again with "sip audit"; nothing was taken from it.',
  },
  AUDIT_TOO_NEW: {
    exit: 1,
    say: (f) => `${f.file} is an audit of version ${f.version}; this console reads version ${f.known}.`,
    remedy: () => 'Check it with the console that wrote it, or have it written by this version.',
  },
  CHANGE_REQUEST_INVALID: {
    exit: 1,
    say: (f) => `${f.file} holds no requests for changes: ${f.detail}.`,
    remedy: () => 'Ask the reviewer for it again ("sip request-changes"); nothing was taken from it.',
  },
  CHANGE_REQUEST_TOO_NEW: {
    exit: 1,
    say: (f) =>
      `${f.file} holds requests for changes of version ${f.version}; this console reads version ${f.known}.`,
    remedy: () => 'Read it with the console that wrote it.',
  },
  CHANGE_REQUEST_TEXT: {
    exit: 2,
    say: (f) => `This text is not signed as a request for changes: ${f.detail}.`,
    remedy: () => 'Write what should change in plain characters, within the length; nothing was signed.',
  },
  CHANGE_REQUEST_TEXT_CHANGED: {
    exit: 3,
    say: (f) => `No text at hand has the digest ${f.digest} any more.`,
    remedy: () => 'Read the text as it is now; a request for changes is about what its reviewer has read.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** ": threshold is 2, not 3; …", or nothing. */
function differencesIn({ differences }: Facts): string {
  if (!Array.isArray(differences) || differences.length === 0) return '';
  return `: ${differences.map(({ field, expected, actual }) => `${field} is ${actual}, not ${expected}`).join('; ')}`;
}

export type ErrorCode = keyof typeof ERRORS;

/** A named failure: code, facts, whether anything was sent to a cluster, and what to do. */
export class SipError extends Error {
  override readonly name = 'SipError';
  readonly code: ErrorCode;
  readonly facts: Facts;
  readonly sent: Sent;

  constructor(code: ErrorCode, facts: Facts = {}, options: { sent?: Sent; cause?: unknown } = {}) {
    super(ERRORS[code].say(facts), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.facts = facts;
    this.sent = options.sent ?? 'no';
  }

  get remedy(): string {
    return ERRORS[this.code].remedy(this.facts);
  }

  get exit(): number {
    return ERRORS[this.code].exit;
  }
}

export function isSipError<C extends ErrorCode>(error: unknown, code?: C): error is SipError & { code: C } {
  return error instanceof SipError && (code === undefined || error.code === code);
}
