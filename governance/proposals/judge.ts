import { keyOf } from '../chain/address.ts';
import type { ChainReader, RawAccount } from '../chain/ports.ts';
import { recompilePart } from '../plan/compile.ts';
import type { Sip } from '../sip/document.ts';
import type { Address, Pins } from '../types.ts';
import {
  type AccountBytes,
  accountsToRead,
  announcedBy,
  type SipText,
  sipRecordAddress,
  type Verification,
  type VerifyInput,
  verifyTransaction,
} from '../verify/index.ts';
import type { SipLibrary } from './library.ts';

/** What the second reader says of a transaction, and the text it was compared with. */
export interface Judgement {
  readonly verification: Verification;
  /** Undefined where no text at hand has the digest in the bytes. */
  readonly sip: Sip | undefined;
}

/** What a verdict rests on, as the chain has it, and the text that the bytes name or the caller insists on. */
export interface Facts {
  readonly input: VerifyInput;
  readonly sip: Sip | undefined;
  /** Of the clock's reading; the accounts are of one slot near it. */
  readonly slot: bigint;
}

type Texts = { readonly insistOn: Sip } | { readonly library: SipLibrary };

/** getMultipleAccounts takes 100: two for all, three for each transaction. */
const AT_ONCE = 32;

/**
 * Compares a council transaction with a text: the one given, or the one its own bytes name by digest.
 * @throws SipError of the reader only; what the accounts hold is a verdict, never an error.
 */
export async function judgeTransaction(
  reader: ChainReader,
  pins: Pins,
  transactionIndex: bigint,
  texts: Texts,
): Promise<Judgement> {
  return judged(await readFacts(reader, pins, transactionIndex, texts));
}

/**
 * Many transactions with two requests for each 32 of them, in the order of the indexes. What one verdict rests on is of
 * one slot.
 * @throws SipError of the reader only.
 */
export async function judgeTransactions(
  reader: ChainReader,
  pins: Pins,
  indexes: readonly bigint[],
  texts: Texts,
): Promise<readonly Judgement[]> {
  const found: Judgement[] = [];
  for (let at = 0; at < indexes.length; at += AT_ONCE)
    found.push(...(await readTogether(reader, pins, indexes.slice(at, at + AT_ONCE), texts)).map(judged));
  return found;
}

/** @throws SipError of the reader only. */
export async function readFacts(
  reader: ChainReader,
  pins: Pins,
  transactionIndex: bigint,
  texts: Texts,
): Promise<Facts> {
  const [facts] = await readTogether(reader, pins, [transactionIndex], texts);
  return facts!;
}

const judged = ({ input, sip }: Facts): Judgement => ({ verification: verifyTransaction(input), sip });

async function readTogether(
  reader: ChainReader,
  pins: Pins,
  indexes: readonly bigint[],
  texts: Texts,
): Promise<readonly Facts[]> {
  const places = indexes.map((index) => ({ index, where: accountsToRead(pins, index) }));
  const first = await readBytes(
    reader,
    places.map(({ where }) => where.transaction),
  );
  const asked = places.map(({ index, where }, at) => {
    const announced = announcedBy(first[at] ?? null);
    return {
      index,
      where,
      announced,
      record: announced && sipRecordAddress(pins.programId, announced.number),
    };
  });
  // Read again together, so that all facts are of one slot.
  const wanted = new Set(
    asked.flatMap(({ where, record }) => [...Object.values(where), ...(record ? [record.address] : [])]),
  );
  const [accounts, { slot, unixTimestamp }] = await Promise.all([
    readBytes(reader, [...wanted]),
    reader.clock(),
  ]);
  const at = new Map([...wanted].map((address, place) => [address, accounts[place] ?? null]));
  const account = (address: Address | undefined) => (address && at.get(address)) ?? null;
  return asked.map(({ index, where, announced, record }) => {
    const sip = 'insistOn' in texts ? texts.insistOn : announced && texts.library.byDigest(announced.digest);
    const input: VerifyInput = {
      pins,
      transactionIndex: index,
      text: sip ? textOf(sip, pins) : null,
      accounts: {
        multisig: account(where.multisig),
        transaction: account(where.transaction),
        proposal: account(where.proposal),
        sipRecord: account(record?.address),
        config: account(where.config),
      },
      clock: unixTimestamp,
    };
    return { input, sip, slot };
  });
}

/** A text as the verifier takes it: it can only ask for the bytes to be compiled again. */
export function textOf(sip: Sip, pins: Pins): SipText {
  return {
    sip: sip.header.sip,
    digest: sip.digest,
    recompile: (membersHash, councilTx, part) =>
      recompilePart(sip, pins, { part, membersHash, councilTx }) ?? null,
  };
}

export async function readBytes(
  reader: ChainReader,
  addresses: readonly Address[],
): Promise<readonly (AccountBytes | null)[]> {
  const { accounts } = await reader.getAccounts(addresses.map(keyOf));
  return accounts.map((account, at) => bytesOf(account, addresses[at] as Address));
}

function bytesOf(account: RawAccount | null, address: Address): AccountBytes | null {
  return account && { address, owner: account.owner.toBase58() as Address, data: account.data };
}
