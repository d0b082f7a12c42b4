import { fromAddress, type Span, sameBytes, toAddress } from './bytes.ts';
import type { Differences } from './difference.ts';
import type { VerifyInput } from './input.ts';
import { configAddress, sipRecordAddress, vaultAddress } from './pda.ts';
import type { Located, ReadAccounts } from './read-accounts.ts';
import { ANNOUNCEMENT_FIELDS } from './sip-bytes.ts';
import { mayInitiate, membersHashOf, type VaultTransaction } from './squads-accounts.ts';
import { keyAt } from './wire.ts';

/** What a transaction must be whatever the text compiles to; the planner is not asked. */

function fieldSpan(
  transaction: VaultTransaction,
  { announcement, instruction }: Located,
  name: string,
): Span {
  const [start, end] = transaction.spans.message.instructions[instruction]!.data;
  const field = ANNOUNCEMENT_FIELDS[announcement.kind].find((f) => f.name === name)!;
  return [Math.min(start + field.from, end), Math.min(start + field.to, end)];
}

export function checkDigest(
  input: VerifyInput,
  { transaction }: ReadAccounts,
  located: Located | undefined,
  found: Differences,
): void {
  const { text } = input;
  if (located === undefined) {
    const expected = text === null ? 'a digest' : text.digest;
    found.add({ kind: 'digest-unknown', field: 'digest', expected, actual: 'no digest in the message' });
    return;
  }
  const { announcement, instruction } = located;
  if (text !== null && announcement.digest === text.digest) return;
  found.add({
    kind: 'digest-unknown',
    instruction,
    field: 'digest',
    expected: text?.digest ?? 'the digest of a known text',
    actual: announcement.digest,
    bytes: fieldSpan(transaction, located, 'digest'),
  });
}

export function checkCouncil(
  input: VerifyInput,
  { multisig, transaction }: ReadAccounts,
  located: Located | undefined,
  executed: boolean,
  found: Differences,
): void {
  const membersHash = located?.announcement.rest?.membersHash ?? null;
  const { spans } = transaction;
  const council = toAddress(transaction.multisig);
  if (council !== input.pins.council) {
    found.add({
      kind: 'wrong-council',
      field: 'multisig',
      expected: input.pins.council,
      actual: council,
      bytes: spans.multisig,
    });
  }
  if (multisig.configAuthority.some((byte) => byte !== 0)) {
    const actual = toAddress(multisig.configAuthority);
    found.add({ kind: 'wrong-council', field: 'config authority', expected: 'none', actual });
  }
  if (executed) return;
  const current = membersHashOf(multisig.members);
  if (membersHash !== null && membersHash !== current) {
    found.add({
      kind: 'wrong-council',
      instruction: located!.instruction,
      field: 'members_hash',
      expected: current,
      actual: membersHash,
      bytes: fieldSpan(transaction, located!, 'members_hash'),
    });
  }
  // Every change of members makes older transactions stale: the creator of one that is not must still be there.
  const live = transaction.index > multisig.staleTransactionIndex;
  const creator = multisig.members.find((member) => sameBytes(member.key, transaction.creator));
  if (live && (creator === undefined || !mayInitiate(creator))) {
    const actual = toAddress(transaction.creator);
    found.add({
      kind: 'wrong-council',
      field: 'creator',
      expected: 'a member who may initiate',
      actual,
      bytes: spans.creator,
    });
  }
}

export function checkVault({ pins }: VerifyInput, { transaction }: ReadAccounts, found: Differences): void {
  const { vaultIndex, vaultBump, spans } = transaction;
  const vault = vaultAddress(pins.council, vaultIndex);
  if (vaultIndex === 0 && vaultBump === vault.bump && vault.address === pins.vault) return;
  const actual = `vault ${vaultIndex} with bump ${vaultBump}, ${vault.address}`;
  found.add({ kind: 'wrong-vault', expected: `vault 0, ${pins.vault}`, actual, bytes: spans.vault });
}

/** What no text of ours ever compiles to. */
export function checkRefused({ transaction }: ReadAccounts, found: Differences): void {
  const { message, ephemeralSignerBumps, spans } = transaction;
  if (message.lookups.length > 0) {
    const tables = message.lookups.map((lookup) => toAddress(lookup.accountKey)).join(' ');
    found.add({
      kind: 'lookup-table-present',
      expected: 'none',
      actual: tables,
      bytes: spans.message.lookups,
    });
  }
  if (ephemeralSignerBumps.length > 0) {
    const actual = `${ephemeralSignerBumps.length}`;
    found.add({ kind: 'ephemeral-signer-present', expected: '0', actual, bytes: spans.ephemeral });
  }
}

/** With one of these found, a count that disagrees is no news. */
const COUNT_EXPLAINED_BY = [
  'different-program',
  'extra-instruction',
  'missing-instruction',
  'reordered',
] as const;

/**
 * What the announcing instruction must say whatever the text is. Runs after the comparison with the text, whose
 * findings are more exact, and catches a planner that is wrong in the same way as the bytes.
 */
export function checkAnnouncement(
  input: VerifyInput,
  { transaction }: ReadAccounts,
  located: Located,
  found: Differences,
): void {
  const { pins, transactionIndex } = input;
  const { message, spans } = transaction;
  const { announcement, instruction } = located;
  const begin = announcement.kind === 'begin-sip';
  const rest = announcement.rest;
  if (rest !== null && rest.councilTx !== transactionIndex) {
    found.add({
      kind: 'different-argument',
      instruction,
      field: 'council_tx',
      expected: `${transactionIndex}`,
      actual: `${rest.councilTx}`,
      bytes: fieldSpan(transaction, located, 'council_tx'),
    });
  }
  const program = fromAddress(pins.programId);
  const following = message.instructions.slice(instruction + 1).filter(({ programIdIndex }) => {
    const key = message.accountKeys[programIdIndex];
    return key !== undefined && sameBytes(key, program);
  }).length;
  const explained = COUNT_EXPLAINED_BY.some((kind) => found.has(kind));
  if (!explained && rest !== null && rest.actions !== null && rest.actions !== following) {
    found.add({
      kind: 'different-argument',
      instruction,
      field: 'actions',
      expected: `${following}`,
      actual: `${rest.actions}`,
      bytes: fieldSpan(transaction, located, 'actions'),
    });
  }
  /** Accounts of begin_sip and accept_authority that follow from the pins alone, by position. */
  const fixed: readonly (readonly [number, string])[] = begin
    ? [
        [0, pins.vault],
        [1, configAddress(pins.programId).address],
        [2, sipRecordAddress(pins.programId, input.text?.sip ?? announcement.number).address],
        [3, pins.council],
      ]
    : [
        [0, pins.vault],
        [1, configAddress(pins.programId).address],
        [2, pins.council],
      ];
  const { accountIndexes } = message.instructions[instruction]!;
  for (const [account, expected] of fixed) {
    const key = keyAt(message, accountIndexes[account]);
    const actual = key === undefined ? 'none' : toAddress(key);
    if (actual === expected) continue;
    const from = spans.message.instructions[instruction]!.accounts[0] + account;
    found.add({ kind: 'different-account', instruction, account, expected, actual, bytes: [from, from + 1] });
  }
}
