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
  const { input, sip } = await readFacts(reader, pins, transactionIndex, texts);
  return { verification: verifyTransaction(input), sip };
}

/** @throws SipError of the reader only. */
export async function readFacts(
  reader: ChainReader,
  pins: Pins,
  transactionIndex: bigint,
  texts: Texts,
): Promise<Facts> {
  const where = accountsToRead(pins, transactionIndex);
  const first = await readBytes(reader, [where.transaction]);
  const announced = announcedBy(first[0] ?? null);
  const record = announced && sipRecordAddress(pins.programId, announced.number).address;
  // Read again together, so that all facts are of one slot.
  const wanted = [
    where.multisig,
    where.transaction,
    where.proposal,
    where.config,
    ...(record ? [record] : []),
  ];
  const [[multisig, transaction, proposal, config, sipRecord], { slot, unixTimestamp }] = await Promise.all([
    readBytes(reader, wanted),
    reader.clock(),
  ]);
  const sip = 'insistOn' in texts ? texts.insistOn : announced && texts.library.byDigest(announced.digest);
  const input: VerifyInput = {
    pins,
    transactionIndex,
    text: sip ? textOf(sip, pins) : null,
    accounts: {
      multisig: multisig ?? null,
      transaction: transaction ?? null,
      proposal: proposal ?? null,
      sipRecord: sipRecord ?? null,
      config: config ?? null,
    },
    clock: unixTimestamp,
  };
  return { input, sip, slot };
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

async function readBytes(
  reader: ChainReader,
  addresses: readonly Address[],
): Promise<readonly (AccountBytes | null)[]> {
  const { accounts } = await reader.getAccounts(addresses.map(keyOf));
  return accounts.map((account, at) => bytesOf(account, addresses[at] as Address));
}

function bytesOf(account: RawAccount | null, address: Address): AccountBytes | null {
  return account && { address, owner: account.owner.toBase58() as Address, data: account.data };
}
