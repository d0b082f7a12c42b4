import type { Address } from '../../types.ts';
import { hex, type Read, type Span, sameBytes, toAddress } from '../bytes.ts';
import { VERDICTS } from '../difference.ts';
import type { AccountBytes } from '../input.ts';
import { exists } from '../read-accounts.ts';
import { governanceAddress, nativeTreasuryAddress, realmAddress } from './addresses.ts';
import { decodeGovernance } from './governance.ts';
import type { ReadTransaction, RealmsFinding, RealmsInput, RealmsReading } from './input.ts';
import { realmsAccountType, trailingBytes } from './layout.ts';
import { transactionPlaces } from './places.ts';
import { decodeRealmsProposal, type RealmsProposal } from './proposal.ts';
import { decodeRealm } from './realm.ts';
import { decodeProposalTransaction } from './transaction.ts';

type Report = (finding: RealmsFinding) => void;

/** The account at `address` as `decode` reads it, and where bytes of it belong to nothing. */
function readAt<T extends { readonly spans: { readonly room: Span } }>(
  field: string,
  program: Address,
  address: Address,
  account: AccountBytes | null,
  decode: (data: Uint8Array) => Read<T>,
  report: Report,
): (T & { readonly address: Address }) | null {
  const unreadable = (expected: string, actual: string, bytes?: Span) => {
    report({ kind: 'unreadable', account: address, field, expected, actual, ...(bytes && { bytes }) });
    return null;
  };
  if (!exists(account)) return unreadable(`an account at ${address}`, 'no account');
  const { owner, data } = account;
  if (account.address !== address) return unreadable(address, account.address);
  if (owner !== program) return unreadable(`owner ${program}`, `owner ${owner}`);
  const read = decode(data);
  if (!read.ok) {
    const what = realmsAccountType(data) ?? 'unknown';
    const actual = `byte ${read.at} of ${data.length} of a ${what} account`;
    return unreadable(read.wanted, actual, [read.at, data.length]);
  }
  const bytes = trailingBytes(data, read.value.spans.room);
  if (bytes !== null) {
    const actual = `${data.length} bytes, ending in ${hex(data.subarray(...bytes))}`;
    report({
      kind: 'trailing-bytes',
      account: address,
      field,
      expected: `${bytes[0]} bytes`,
      actual,
      bytes,
    });
  }
  return { ...read.value, address };
}

/**
 * Reads a proposal of a Realms governance, all its accounts by their derived addresses. Total over whatever they hold.
 * That the proposal is at the address of its seed only its owner vouches for: no account says the seed.
 */
export function readRealmsProposal(input: RealmsInput): RealmsReading {
  const { program, accounts } = input;
  const findings: RealmsFinding[] = [];
  const report: Report = (finding) => findings.push(finding);
  const at = input.proposal;
  const proposal = readAt('proposal', program, at, accounts.proposal, decodeRealmsProposal, report);
  if (proposal === null) {
    return { findings, proposal, governance: null, realm: null, treasury: null, transactions: [] };
  }
  const home = toAddress(proposal.governance);
  if (input.governance !== null && input.governance !== home) {
    report({
      kind: 'wrong-council',
      account: input.proposal,
      field: 'governance',
      expected: input.governance,
      actual: home,
      bytes: proposal.spans.governance,
    });
  }
  const governance = readGovernance(input, home, report);
  const realm = governance && readRealm(input, toAddress(governance.realm), proposal, report);
  const treasury = nativeTreasuryAddress(program, home).address;
  const transactions = readTransactions(input, proposal, report);
  for (const transaction of transactions) checkSigners(transaction, [home, treasury], report);
  findings.sort((a, b) => VERDICTS.indexOf(a.kind) - VERDICTS.indexOf(b.kind));
  return { findings, proposal, governance, realm, treasury, transactions };
}

function readGovernance({ program, accounts }: RealmsInput, address: Address, report: Report) {
  const governance = readAt('governance', program, address, accounts.governance, decodeGovernance, report);
  if (governance === null) return null;
  const { type, realm, governedAccount, spans } = governance;
  const derived = governanceAddress(program, type, realm, governedAccount).address;
  if (derived !== address) {
    const bytes = [spans.realm[0], spans.governedAccount[1]] as const;
    const field = 'realm and account of the governance';
    report({ kind: 'unreadable', account: address, field, expected: address, actual: derived, bytes });
  }
  return governance;
}

function readRealm(
  { program, proposal: at, accounts }: RealmsInput,
  address: Address,
  proposal: RealmsProposal,
  report: Report,
) {
  const realm = readAt('realm', program, address, accounts.realm, decodeRealm, report);
  if (realm === null) return null;
  const derived = realmAddress(program, realm.name).address;
  if (derived !== address) {
    const { name: bytes } = realm.spans;
    const field = 'name of the realm';
    report({ kind: 'unreadable', account: address, field, expected: address, actual: derived, bytes });
  }
  const mints = [realm.communityMint, ...(realm.councilMint === null ? [] : [realm.councilMint])];
  if (!mints.some((mint) => sameBytes(mint, proposal.governingTokenMint))) {
    report({
      kind: 'wrong-council',
      account: at,
      field: 'governing token mint',
      expected: mints.map(toAddress).join(' or '),
      actual: toAddress(proposal.governingTokenMint),
      bytes: proposal.spans.governingTokenMint,
    });
  }
  return realm;
}

function readTransactions(
  { program, proposal: at, accounts }: RealmsInput,
  proposal: RealmsProposal,
  report: Report,
): readonly ReadTransaction[] {
  const unreadable = (account: Address, field: string, expected: string, actual: string, bytes: Span) =>
    report({ kind: 'unreadable', account, field, expected, actual, bytes });
  const read: ReadTransaction[] = [];
  const present = proposal.options.map(() => 0);
  for (const [nth, place] of transactionPlaces(program, accounts.proposal).entries()) {
    const account = accounts.transactions[nth] ?? null;
    // Removed again, as its option's count confirms below.
    if (!exists(account)) continue;
    present[place.optionIndex]! += 1;
    const { address } = place;
    const transaction = readAt('transaction', program, address, account, decodeProposalTransaction, report);
    if (transaction === null) continue;
    const { spans, optionIndex, transactionIndex } = transaction;
    const parent = toAddress(transaction.proposal);
    if (parent !== at) unreadable(address, 'proposal of the transaction', at, parent, spans.proposal);
    if (optionIndex !== place.optionIndex || transactionIndex !== place.transactionIndex) {
      const expected = `${place.optionIndex}, ${place.transactionIndex}`;
      const actual = `${optionIndex}, ${transactionIndex}`;
      unreadable(address, 'option and index of the transaction', expected, actual, spans.place);
    }
    read.push(transaction);
  }
  for (const [nth, { transactions, bytes }] of proposal.options.entries()) {
    const found = present[nth]!;
    if (found !== transactions)
      unreadable(at, `transactions of option ${nth + 1}`, `${transactions}`, `${found}`, bytes);
  }
  return read;
}

/** A vote gives two signatures: any other would have to come from whoever executes. */
function checkSigners(
  { address, instructions }: ReadTransaction,
  given: readonly Address[],
  report: Report,
): void {
  for (const [nth, { accounts }] of instructions.entries()) {
    for (const { key, signer, bytes } of accounts) {
      const actual = toAddress(key);
      if (!signer || given.includes(actual)) continue;
      report({
        kind: 'ephemeral-signer-present',
        account: address,
        field: `signer of instruction ${nth + 1}`,
        expected: given.join(' or '),
        actual,
        bytes,
      });
    }
  }
}
