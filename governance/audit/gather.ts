import { addressOf, keyOf } from '../chain/address.ts';
import type { IntentState } from '../chain/journal.ts';
import type { ChainReader } from '../chain/ports.ts';
import { SipError } from '../errors.ts';
import { epochsScheduledBy } from '../lifecycle/expected.ts';
import { sipLibrary } from '../proposals/library.ts';
import { scanCouncil } from '../proposals/scan.ts';
import type { Receipt } from '../receipts/receipt.ts';
import type { Sip } from '../sip/document.ts';
import type { Address, Pins } from '../types.ts';
import type { Reason } from '../venues/squads/reasons.ts';
import {
  type AccountBytes,
  configAddress,
  proposalAddress,
  sipRecordAddress,
  transactionAddress,
} from '../verify/index.ts';
import type { Subject } from './carried.ts';
import { AUDIT_VERSION, type Audit, REASON, type Sent } from './document.ts';
import {
  capStated,
  capsOf,
  councilSubject,
  epochStated,
  sentOf,
  statedOf,
  subjectOfEpoch,
} from './stated.ts';

/** What this computer has beside the chain. */
export interface Beside {
  /** The SIP's file, unchanged. */
  readonly text: Uint8Array;
  readonly handoff: Audit['handoff'];
  readonly reasons: readonly Reason[];
  readonly receipts: readonly Receipt[];
  readonly journal: readonly IntentState[];
  /** Version of this console. */
  readonly tool: string;
}

/** getSignaturesForAddress gives no more at once; no proposal of ours has as many. */
const MOST = 1_000;

/**
 * Reads the whole way of a text from the chain: what names it, who signed what, and what came of it.
 * @throws SipError of the reader, NOT_A_COUNCIL
 */
export async function gatherAudit(reader: ChainReader, pins: Pins, sip: Sip, beside: Beside): Promise<Audit> {
  const { council, programId } = pins;
  const scan = await scanCouncil(reader, pins, sipLibrary([sip]));
  const indexes = scan.transactions.map(({ transactionIndex }) => transactionIndex).reverse();
  const epochs = epochsScheduledBy(sip, pins).map((index) => ({
    index,
    subject: subjectOfEpoch(pins, index),
    caps: capsOf(sip, pins, index),
  }));
  const recordAt = sipRecordAddress(programId, sip.header.sip).address;
  const configAt = configAddress(programId).address;
  const { accountAt, slot, chainTime } = await readTogether(reader, [
    ...[council, configAt, recordAt],
    ...indexes.flatMap((index) => councilSubject(pins, index).accounts),
    ...epochs.flatMap(({ subject, caps }) => [...subject.accounts, ...caps]),
  ]);
  const accounts = {
    multisig: accountAt(council),
    config: accountAt(configAt),
    sipRecord: accountAt(recordAt),
  };

  const transactions: Audit['transactions'] = [];
  for (const index of indexes) {
    const own = {
      transaction: accountAt(transactionAddress(council, index).address),
      proposal: accountAt(proposalAddress(council, index).address),
    };
    transactions.push({
      transactionIndex: Number(index),
      ...statedOf(sip, pins, Number(index), own, accounts, chainTime),
      accounts: own,
      history: await historyOf(reader, councilSubject(pins, index), slot),
    });
  }
  const epochsNow: Audit['epochs'] = [];
  for (const { index, subject, caps } of epochs) {
    const account = accountAt(subject.accounts[0] as Address);
    epochsNow.push({
      index,
      ...epochStated(pins, account),
      account,
      caps: caps.flatMap((address) => {
        const cap = accountAt(address);
        return cap ? [{ ...capStated(pins, cap), account: cap }] : [];
      }),
      history: await historyOf(reader, subject, slot),
    });
  }
  const genesisHash = (await reader.genesisHash()) as Address;
  return {
    schemaVersion: AUDIT_VERSION,
    tool: beside.tool,
    genesisHash,
    slot,
    chainTime,
    ...pins,
    sip: sip.header.sip,
    digest: sip.digest,
    text: beside.text,
    handoff: beside.handoff,
    accounts,
    transactions,
    epochs: epochsNow.sort((a, b) => a.index - b.index),
    ...besideOf(sip, pins, genesisHash, beside),
    seal: null,
  };
}

/** Of one slot, as far as a single request goes. */
async function readTogether(reader: ChainReader, addresses: readonly Address[]) {
  const [{ accounts, slot }, { unixTimestamp: chainTime }] = await Promise.all([
    reader.getAccounts(addresses.map(keyOf)),
    reader.clock(),
  ]);
  const found = new Map<Address, AccountBytes>(
    accounts.flatMap((account) => {
      if (account === null) return [];
      const address = addressOf(account.address);
      return [[address, { address, owner: addressOf(account.owner), data: account.data }] as const];
    }),
  );
  return { slot, chainTime, accountAt: (address: Address) => found.get(address) ?? null };
}

/**
 * Oldest first. What the endpoint no longer keeps is missing, and so is what another program called.
 * @param until slot of the accounts: a vote that lands meanwhile is not in them
 */
async function historyOf(reader: ChainReader, subject: Subject, until: bigint): Promise<Sent[]> {
  const named = new Map<string, bigint>();
  for (const account of subject.accounts)
    for (const { signature, slot, err } of [...(await reader.signaturesFor(keyOf(account), MOST))].reverse())
      if (err === null && slot <= until) named.set(signature, slot);
  // Both addresses are named by creating and executing, votes name the proposal alone: their order is its own.
  const inOrder = [...named].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
  const history: Sent[] = [];
  for (const [signature] of inOrder) {
    const record = await reader.transaction(signature);
    const sent = record && sentOf(record.bytes, subject);
    if (!record || !sent) continue;
    const { created: _, ...stated } = sent;
    history.push({ ...stated, slot: record.slot, blockTime: record.blockTime });
  }
  return history;
}

/** Only what is about this text and this council. */
function besideOf(sip: Sip, pins: Pins, genesisHash: Address, { reasons, receipts, journal }: Beside) {
  return {
    reasons: reasons
      .filter(({ digest, council }) => digest === sip.digest && council === pins.council)
      .map(reasonStated),
    receipts: receipts.filter(
      (one) =>
        one.digest === sip.digest &&
        one.council === pins.council &&
        one.programId === pins.programId &&
        one.genesisHash === genesisHash,
    ),
    journal: journal
      .filter(({ intent }) => intent.sip === sip.header.sip && intent.digest === sip.digest)
      .map(({ intent, state, attempts }) => ({
        what: intent.what,
        council: (intent.council ?? null) as Address | null,
        transactionIndex: intent.transactionIndex === undefined ? null : Number(intent.transactionIndex),
        state,
        attempts: attempts.map(({ signed, outcome }) => ({
          signature: signed.signature,
          result: outcome?.result ?? null,
          slot: outcome?.slot === undefined ? null : BigInt(outcome.slot),
        })),
      })),
  };
}

/** A file of reasons may have been written by hand. @throws SipError FILE_UNREADABLE */
function reasonStated({ transactionIndex, council, vote, who, when, signature, text }: Reason) {
  const stated = { council, transactionIndex: Number(transactionIndex), vote, who, when, signature, text };
  if (REASON.safeParse({ ...stated, when: `${when}` }).success) return stated;
  const reason = `the reason of ${who} for transaction ${transactionIndex} names no key, signature or time`;
  throw new SipError('FILE_UNREADABLE', { path: 'The reasons beside the text', reason });
}
