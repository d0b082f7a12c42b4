import type { Address } from '../../types.ts';
import { ascii, fromAddress, leBytes } from '../bytes.ts';
import { type Derived, derive } from '../pda.ts';
import type { GovernanceType } from './governance.ts';

/** The instance of SPL Governance that Realms runs; there are others, each with addresses of its own. */
export const REALMS_PROGRAM = 'GovER5Lthms3bLBqWub97yVrMmEogzX7xNjdXpPPCVZw' as Address;

const GOVERNANCE = ascii('governance');

const GOVERNANCE_SEEDS: Readonly<Record<GovernanceType, string>> = {
  GovernanceV2: 'account-governance',
  ProgramGovernanceV2: 'program-governance',
  MintGovernanceV2: 'mint-governance',
  TokenGovernanceV2: 'token-governance',
};

export const realmAddress = (program: Address, name: string): Derived =>
  derive([GOVERNANCE, new TextEncoder().encode(name)], program);

export const governanceAddress = (
  program: Address,
  type: GovernanceType,
  realm: Uint8Array,
  governedAccount: Uint8Array,
): Derived => derive([ascii(GOVERNANCE_SEEDS[type]), realm, governedAccount], program);

/** The account without data that holds a governance's lamports and signs beside it. */
export const nativeTreasuryAddress = (program: Address, governance: Address): Derived =>
  derive([ascii('native-treasury'), fromAddress(governance)], program);

/** @param seed what the proposer chose; the proposal account does not say it. */
export const realmsProposalAddress = (
  program: Address,
  governance: Address,
  governingTokenMint: Uint8Array,
  seed: Uint8Array,
): Derived => derive([GOVERNANCE, fromAddress(governance), governingTokenMint, seed], program);

export const proposalTransactionAddress = (
  program: Address,
  proposal: Address,
  optionIndex: number,
  transactionIndex: number,
): Derived =>
  derive([GOVERNANCE, fromAddress(proposal), leBytes(optionIndex, 1), leBytes(transactionIndex, 2)], program);
