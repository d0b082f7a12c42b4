import type { ErrorCode, SipError } from '#governance/errors.ts';

/** What to do in the window where an error's own remedy speaks of the command line. */

type Remedy = (facts: SipError['facts']) => string;

const AGAIN = 'Try it again';

const REMEDIES: Partial<Record<ErrorCode, Remedy>> = {
  USAGE: () => 'Mend what the message names.',
  INTERNAL: () => 'Look at Activity for what was sent, and report this.',
  FILE_UNWRITABLE: () => `Free space or fix the permissions. ${AGAIN}; the old file is untouched.`,
  SIP_INVALID: () => 'Open it in the editor: what is wrong stands beside the line.',
  ENDPOINT_DOWN: () =>
    'Check the connection, or choose another profile in Settings; it is asked again all the time.',
  ENDPOINT_REFUSED: () => 'Use an endpoint that serves this request: Settings, Profiles.',
  FOLDER_LOCKED: () => `Wait until the other console has finished. ${AGAIN} then.`,
  INSUFFICIENT_LAMPORTS: ({ address }) => `Send SOL to ${address}. ${AGAIN} then.`,
  TRANSACTION_FAILED: () => `Mend what the message names. ${AGAIN} then.`,
  PROGRAM_ERROR: () => 'Mend what the error names; the program’s logs are on the tab Simulation.',
  TRANSACTION_EXPIRED: () => `${AGAIN}; the expired transaction can no longer take effect.`,
  SIGNED_TOO_LATE: () => `${AGAIN} and sign within a minute.`,
  TRANSACTION_UNKNOWN: () => 'Open Activity: it finds out what became of it before anything else is signed.',
  KEYPAIR_EXPOSED: () => 'Let nobody but you read the file (mode 600).',
  PROGRAMS_MISSING: () => 'Start the console again with npm start, which builds them, or install it again.',
  NOT_A_MEMBER: () => 'Choose the key of a member below the list of screens; Council lists the members.',
  MEMBER_LACKS_PERMISSION: ({ permission }) =>
    `Choose the key of a member that has the ${permission} permission; Council lists the members.`,
  PROPOSAL_NOT_FOUND: () => 'Look under Proposals for what there is.',
  PROPOSAL_WRONG_STATUS: () => 'Its box of gates says what can be done with it.',
  PROPOSAL_NOT_APPROVED: () => 'Wait for the missing approvals; the tab Votes says whose.',
  TIME_LOCK_RUNNING: () => `${AGAIN} when it has passed.`,
  HANDOFF_INVALID: () => 'Ask the author for a new export. Nothing was kept of it.',
  HANDOFF_SIGNATURE_INVALID: () => 'Do not use the file; ask the author for a new export.',
  SANDBOX_UNSUPPORTED: () => 'Use a profile of another cluster: Settings, Profiles.',
  SANDBOX_START_FAILED: () => 'Close the console and start it again; nothing was left behind.',
  SIP_ALREADY_ENACTED: () => 'Its effect is under SIPs; a further change is a new SIP.',
  SIP_NOT_PROPOSED: () => 'Submit it: open it under SIPs.',
  SIP_PART_MISSING: () => 'Ask the proposer to submit the SIP again; only what is missing is added.',
  VERDICT_NOT_MATCH: ({ act }) => `Do not ${act} it. Show the council what the proposal’s screen lists.`,
  INDEX_RACE_LOST: () => `${AGAIN}; what stands on chain is found and not proposed twice.`,
  EPOCH_NOT_READY: () => 'Epochs says what is due, for whom and when.',
  LST_NOT_WHITELISTED: () => 'An LST is whitelisted by SIP: New SIP, whitelist-lst.',
  PROFILE_UNKNOWN: () => 'Choose or add one: Settings, Profiles.',
  PROFILE_INVALID: () => 'Mend the file, or add the profile again: Settings, Profiles.',
  RECEIPT_TEXT_MISSING: () => 'Get the document from its author and give it under Text.',
  RECEIPT_INVALID: () => 'Ask the member for it again; nothing was taken from it.',
  CHANGE_REQUEST_INVALID: () => 'Ask the reviewer for it again; nothing was taken from it.',
  LEDGER_UNSUPPORTED: () => 'Add the Ledger under Settings, Signers.',
  CONFIRMATION_REFUSED: () => `${AGAIN} and confirm it, or leave it.`,
  SIP_NOT_FOUND: () => 'Add the folder that holds it: Settings, SIP sources.',
  CHECK_FAILED: () => 'Open the SIP: what reviewers will check stands beside it.',
  QUORUM_MISSED: () => 'Look only, or add endpoints of other hosts to the profile: Settings, Profiles.',
  SQUADS_MISSING: () => 'Check the profile’s endpoints; Squads v4 runs on mainnet-beta and devnet.',
};

/** Errors of commands that the window does not have. */
export const COMMAND_LINE_ONLY: readonly ErrorCode[] = [
  ...(['INTERRUPTED', 'SANDBOX_RUNNING', 'SANDBOX_NOT_RUNNING'] as const),
  ...(['SETUP_STALLED', 'SETUP_NOT_ON_LIST', 'DEVELOPMENT_KEY_REFUSED', 'PROGRAM_KEYPAIR_MISSING'] as const),
  ...(['BUNDLE_INVALID', 'BUNDLE_TEXT_MISSING'] as const),
  ...(['PROGRAM_BINARY_WRONG', 'AUDIT_INVALID'] as const),
];

export const remedyOf = ({ code, facts, remedy }: Pick<SipError, 'code' | 'facts' | 'remedy'>): string =>
  REMEDIES[code]?.(facts) ?? remedy;
