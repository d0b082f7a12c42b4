import type { Address, Pins } from '../types.ts';
import { hex, type Read, type Span, toAddress } from './bytes.ts';
import type { Differences } from './difference.ts';
import type { AccountBytes, VerifyInput } from './input.ts';
import {
  configAddress,
  multisigAddress,
  proposalAddress,
  SQUADS_PROGRAM,
  SYSTEM_PROGRAM,
  transactionAddress,
} from './pda.ts';
import { type Announcement, decodeAnnouncement } from './sip-bytes.ts';
import {
  decodeMultisig,
  decodeProposal,
  decodeVaultTransaction,
  type Multisig,
  type Proposal,
  squadsAccountType,
  type VaultTransaction,
} from './squads-accounts.ts';
import type { VaultMessage } from './wire.ts';

/** The accounts a verdict on one transaction needs, derived without any SDK. */
export function accountsToRead(
  pins: Pins,
  transactionIndex: bigint,
): {
  readonly multisig: Address;
  readonly transaction: Address;
  readonly proposal: Address;
  readonly config: Address;
} {
  return {
    multisig: pins.council,
    transaction: transactionAddress(pins.council, transactionIndex).address,
    proposal: proposalAddress(pins.council, transactionIndex).address,
    config: configAddress(pins.programId).address,
  };
}

/** The SIP a vault transaction claims to carry, for finding its text; undefined when it names none or is unreadable. */
export function announcedBy(transaction: AccountBytes | null): Announcement | undefined {
  if (transaction === null || transaction.owner !== SQUADS_PROGRAM) return undefined;
  const decoded = decodeVaultTransaction(transaction.data);
  return decoded.ok ? findAnnouncement(decoded.value.message, undefined)?.announcement : undefined;
}

export interface ReadAccounts {
  readonly multisig: Multisig;
  readonly transaction: VaultTransaction;
  /** The transaction account as it was read. */
  readonly data: Uint8Array;
  /** Null while the transaction is created but not proposed. */
  readonly proposal: Proposal | null;
}

export interface Located {
  readonly announcement: Announcement;
  readonly instruction: number;
}

/**
 * The instruction that names the SIP. One of our program is preferred; one of a foreign program still says which
 * text to compare with.
 */
export function findAnnouncement(message: VaultMessage, program: Address | undefined): Located | undefined {
  const all = message.instructions.flatMap(({ data }, instruction) => {
    const announcement = decodeAnnouncement(data);
    return announcement === undefined ? [] : [{ announcement, instruction }];
  });
  const ours = (instruction: number) => {
    const key = message.accountKeys[message.instructions[instruction]!.programIdIndex];
    return key !== undefined && toAddress(key) === program;
  };
  return all.find(({ instruction }) => ours(instruction)) ?? all[0];
}

/** Null once something is unreadable: nothing after it can be judged. */
export function readAccounts(input: VerifyInput, found: Differences): ReadAccounts | null {
  const { pins, transactionIndex, accounts } = input;
  const unreadable = (field: string, expected: string, actual: string, bytes?: Span) => {
    found.add({ kind: 'unreadable', field, expected, actual, ...(bytes && { bytes }) });
    return null;
  };
  const decoded = <T>(
    field: string,
    account: AccountBytes | null,
    address: Address,
    owner: Address,
    decode: (data: Uint8Array) => Read<T>,
  ): T | null => {
    if (account === null) return unreadable(field, `an account at ${address}`, 'no account');
    if (account.address !== address) return unreadable(field, address, account.address);
    if (account.owner !== owner) return unreadable(field, `owner ${owner}`, `owner ${account.owner}`);
    const result = decode(account.data);
    if (result.ok) return result.value;
    const { at, wanted } = result;
    const what = squadsAccountType(account.data) ?? 'unknown';
    const bytes: Span | undefined = field === 'transaction' ? [at, account.data.length] : undefined;
    return unreadable(field, wanted, `byte ${at} of ${account.data.length} of a ${what} account`, bytes);
  };

  const at = {
    transaction: transactionAddress(pins.council, transactionIndex),
    proposal: proposalAddress(pins.council, transactionIndex),
  };
  const multisig = decoded('multisig', accounts.multisig, pins.council, SQUADS_PROGRAM, decodeMultisig);
  const transaction = decoded(
    'transaction',
    accounts.transaction,
    at.transaction.address,
    SQUADS_PROGRAM,
    decodeVaultTransaction,
  );
  const proposed = exists(accounts.proposal);
  const proposal =
    proposed && decoded('proposal', accounts.proposal, at.proposal.address, SQUADS_PROGRAM, decodeProposal);

  if (multisig !== null) {
    const home = multisigAddress(multisig.createKey);
    if (home.address !== pins.council || home.bump !== multisig.bump) {
      unreadable('create_key of the multisig', pins.council, home.address);
    }
    if (transactionIndex > multisig.transactionIndex) {
      unreadable(
        'transaction_index of the multisig',
        `at least ${transactionIndex}`,
        `${multisig.transactionIndex}`,
      );
    }
  }
  if (transaction !== null) {
    const { spans, index, bump } = transaction;
    if (index !== transactionIndex) unreadable('index', `${transactionIndex}`, `${index}`, spans.index);
    if (bump !== at.transaction.bump) unreadable('bump', `${at.transaction.bump}`, `${bump}`, spans.bump);
    const [, used] = spans.message.whole;
    const data = accounts.transaction!.data;
    if (used < data.length) {
      found.add({
        kind: 'trailing-bytes',
        expected: `${used} bytes`,
        actual: `${data.length} bytes, ending in ${hex(data.subarray(used))}`,
        bytes: [used, data.length],
      });
    }
  }
  if (proposal) {
    const council = toAddress(proposal.multisig);
    if (council !== pins.council) unreadable('multisig of the proposal', pins.council, council);
    if (proposal.transactionIndex !== transactionIndex) {
      unreadable('transaction_index of the proposal', `${transactionIndex}`, `${proposal.transactionIndex}`);
    }
    if (proposal.bump !== at.proposal.bump) {
      unreadable('bump of the proposal', `${at.proposal.bump}`, `${proposal.bump}`);
    }
  }
  if (multisig === null || transaction === null || proposal === null) return null;
  return {
    multisig,
    transaction,
    data: accounts.transaction!.data,
    proposal: proposal === false ? null : proposal,
  };
}

/** Lamports sent by a stranger make an account of the system program without data: that is no account of ours. */
export function exists(account: AccountBytes | null | undefined): account is AccountBytes {
  if (account === null || account === undefined) return false;
  return account.owner !== SYSTEM_PROGRAM || account.data.length > 0;
}
