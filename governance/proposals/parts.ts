import { keyOf } from '../chain/address.ts';
import type { ChainReader } from '../chain/ports.ts';
import { plannedParts } from '../plan/compile.ts';
import type { Sip } from '../sip/document.ts';
import type { Pins } from '../types.ts';
import { decodeSipRecord, type SipRecord, sipRecordAddress } from '../verify/index.ts';
import { sipLibrary } from './library.ts';
import { type Scan, type SipTransaction, scanCouncil } from './scan.ts';

/** Where the parts of one text stand on chain. */
export interface SipStanding {
  readonly scan: Scan;
  /** Undefined while no part has been executed. May carry another digest: then another text has the number. */
  readonly record: SipRecord | undefined;
  /** Number of parts the text compiles to today. */
  readonly parts: number;
  /** For every part not executed yet, the newest transaction that is `match` and can still go on. */
  readonly live: ReadonlyMap<number, SipTransaction>;
  /** Transactions that name the digest and do not match it. Listed, never in the way. */
  readonly impostors: readonly SipTransaction[];
}

/** States from which a matching transaction can still be executed. */
const GOING_ON = new Set(['none', 'draft', 'active', 'approved', 'executing']);

/** @throws SipError of the reader, NOT_A_COUNCIL. */
export async function standingOf(reader: ChainReader, pins: Pins, sip: Sip): Promise<SipStanding> {
  const parts = plannedParts(sip, pins).length;
  const scan = await scanCouncil(reader, pins, sipLibrary([sip]));
  const live = new Map<number, SipTransaction>();
  const impostors: SipTransaction[] = [];
  for (const transaction of scan.transactions) {
    const { verification, state } = transaction;
    const part = verification.part;
    if (verification.verdict === 'match' && part !== null) {
      const useful = !verification.executed && !state.stale && GOING_ON.has(state.kind);
      if (useful && !live.has(part)) live.set(part, transaction);
    } else if (!isHistory(verification.verdict)) impostors.push(transaction);
  }
  return { scan, record: await readSipRecord(reader, pins, sip.header.sip), parts, live, impostors };
}

/** Verdicts of the right bytes that came too late: an honest past, not an impostor. */
function isHistory(verdict: string): boolean {
  return verdict === 'already-enacted' || verdict === 'stale' || verdict === 'expired';
}

export async function readSipRecord(
  reader: ChainReader,
  pins: Pins,
  sip: number,
): Promise<SipRecord | undefined> {
  const { accounts } = await reader.getAccounts([keyOf(sipRecordAddress(pins.programId, sip).address)]);
  const account = accounts[0];
  if (account?.owner.toBase58() !== pins.programId) return undefined;
  const decoded = decodeSipRecord(account.data);
  return decoded.ok ? decoded.value : undefined;
}
