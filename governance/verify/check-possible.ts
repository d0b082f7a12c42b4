import { toAddress } from './bytes.ts';
import type { Differences } from './difference.ts';
import type { VerifyInput } from './input.ts';
import { configAddress, sipRecordAddress } from './pda.ts';
import { exists, type ReadAccounts } from './read-accounts.ts';
import { type Announcement, decodeConfig, decodeSipRecord } from './sip-bytes.ts';

/** already-enacted, stale, expired: whether an execution could still take effect. */
export function checkStillPossible(
  input: VerifyInput,
  { multisig }: ReadAccounts,
  announcement: Announcement | undefined,
  found: Differences,
) {
  const { transactionIndex, clock } = input;
  if (transactionIndex <= multisig.staleTransactionIndex) {
    const actual = `index ${transactionIndex}`;
    found.add({ kind: 'stale', expected: `an index above ${multisig.staleTransactionIndex}`, actual });
  }
  if (announcement === undefined) return;
  if (announcement.kind === 'accept-authority') {
    checkHandover(input, announcement, found);
    return;
  }
  checkRecord(input, announcement, found);
  const notAfter = announcement.rest?.notAfter ?? null;
  if (notAfter !== null && clock > notAfter) {
    found.add({
      kind: 'expired',
      field: 'not_after',
      expected: `at the latest ${notAfter}`,
      actual: `chain time ${clock}`,
    });
  }
}

function checkRecord(input: VerifyInput, { number, digest, rest }: Announcement, found: Differences) {
  const { pins, text, accounts } = input;
  const account = accounts.sipRecord;
  if (!exists(account)) return;
  const refuse = (expected: string, actual: string) =>
    found.add({ kind: 'unreadable', field: 'SIP record', expected, actual });
  const home = [number, ...(text === null ? [] : [text.sip])]
    .map((n) => ({ n, ...sipRecordAddress(pins.programId, n) }))
    .find(({ address }) => address === account.address);
  if (home === undefined) {
    refuse(sipRecordAddress(pins.programId, number).address, account.address);
    return;
  }
  if (account.owner !== pins.programId) {
    refuse(`owner ${pins.programId}`, `owner ${account.owner}`);
    return;
  }
  const record = decodeSipRecord(account.data);
  if (!record.ok) {
    refuse(record.wanted, `byte ${record.at} of ${account.data.length}`);
    return;
  }
  if (record.value.number !== home.n || record.value.bump !== home.bump) {
    refuse(
      `SIP ${home.n} with bump ${home.bump}`,
      `SIP ${record.value.number} with bump ${record.value.bump}`,
    );
    return;
  }
  const { value } = record;
  const enacted = (expected: string, actual: string) =>
    found.add({ kind: 'already-enacted', field: 'SIP record', expected, actual });
  if (value.digest !== digest)
    enacted(`SIP ${home.n} unused or of digest ${digest}`, `digest ${value.digest}`);
  else if (rest?.parts != null && value.parts !== rest.parts)
    enacted(`${rest.parts} parts`, `${value.parts} parts`);
  else if (rest !== null && value.part >= rest.part) {
    enacted(
      `part ${rest.part} not yet enacted`,
      `part ${value.part} of ${value.parts} enacted by transaction ${value.councilTx}`,
    );
  }
}

/** Part 0 leaves no record: the program's Config says whether the hand-over still waits. */
function checkHandover(input: VerifyInput, announcement: Announcement, found: Differences) {
  const { pins, accounts, clock } = input;
  const refuse = (expected: string, actual: string) => {
    found.add({ kind: 'unreadable', field: 'Config', expected, actual });
  };
  const account = accounts.config ?? null;
  const address = configAddress(pins.programId).address;
  if (account === null) return refuse(`an account at ${address}`, 'no account');
  if (account.address !== address) return refuse(address, account.address);
  if (account.owner !== pins.programId) return refuse(`owner ${pins.programId}`, `owner ${account.owner}`);
  const config = decodeConfig(account.data);
  if (!config.ok) return refuse(config.wanted, `byte ${config.at} of ${account.data.length}`);

  const { authority, pending } = config.value;
  if (toAddress(authority) === pins.vault) {
    found.add({
      kind: 'already-enacted',
      field: 'authority',
      expected: 'another authority',
      actual: pins.vault,
    });
    return;
  }
  const waits =
    pending !== null &&
    toAddress(pending.authority) === pins.vault &&
    pending.digest === announcement.digest &&
    pending.sip === announcement.number;
  if (!waits) {
    const expected = `a hand-over of SIP ${announcement.number} to ${pins.vault}`;
    const actual =
      pending === null ? 'none pending' : `SIP ${pending.sip} to ${toAddress(pending.authority)} pending`;
    found.add({ kind: 'expired', field: 'pending hand-over', expected, actual });
  } else if (clock > pending.expiresAt) {
    const expected = `at the latest ${pending.expiresAt}`;
    found.add({ kind: 'expired', field: 'expires_at', expected, actual: `chain time ${clock}` });
  }
}
