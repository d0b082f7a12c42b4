export { hex } from './bytes.ts';
export { describeDifference, describeVerdict } from './describe-difference.ts';
export { type Difference, type DifferenceKind, VERDICTS, type Verdict } from './difference.ts';
export type { AccountBytes, ExpectedPart, SipText, Verification, VerifyInput } from './input.ts';
export { verificationToJson } from './json.ts';
export {
  configAddress,
  proposalAddress,
  SQUADS_PROGRAM,
  sipRecordAddress,
  transactionAddress,
  vaultAddress,
} from './pda.ts';
export { accountsToRead, announcedBy } from './read-accounts.ts';
export {
  type Announcement,
  decodeAnnouncement,
  decodeConfig,
  decodeSipRecord,
  type RestakingConfig,
  type SipRecord,
} from './sip-bytes.ts';
export {
  type ConfigAction,
  type ConfigTransaction,
  decodeConfigTransaction,
  decodeMultisig,
  decodeProposal,
  decodeVaultTransaction,
  type Member,
  type Multisig,
  membersHashOf,
  type Proposal,
  type ProposalStatus,
  squadsAccountType,
  type VaultTransaction,
} from './squads-accounts.ts';
export {
  type Batch,
  decodeBatch,
  decodeTransactionBuffer,
  decodeVaultBatchTransaction,
  isBufferComplete,
  type TransactionBuffer,
  type VaultBatchTransaction,
} from './squads-batches.ts';
export { verifyTransaction } from './verdict.ts';
export {
  decodeStoredMessage,
  decodeWireMessage,
  encodeStoredMessage,
  encodeWireMessage,
  isSigner,
  isWritable,
  type VaultMessage,
} from './wire.ts';
