import type { ChainReader } from '../chain/ports.ts';
import { plannedParts } from '../plan/compile.ts';
import type { SipLibrary } from '../proposals/library.ts';
import { type Scan, type SipTransaction, scanCouncil } from '../proposals/scan.ts';
import { NO_KEY, type SipRecord } from '../restaking/accounts.ts';
import { restakingPdas } from '../restaking/pdas.ts';
import { type ProgramState, readProgramState } from '../restaking/state.ts';
import type { Sip } from '../sip/document.ts';
import type { Address, Pins } from '../types.ts';
import { deriveStatus, type Status } from './derive.ts';
import { epochsScheduledBy } from './expected.ts';

/** The chain as one reading saw it: everything that status, epochs and checks are derived from. */
export interface Snapshot {
  readonly scan: Scan;
  readonly state: ProgramState;
}

/** @throws SipError of the reader, NOT_A_COUNCIL. */
export async function readSnapshot(reader: ChainReader, pins: Pins, library: SipLibrary): Promise<Snapshot> {
  const [scan, state] = await Promise.all([
    scanCouncil(reader, pins, library),
    readProgramState(reader, pins.programId),
  ]);
  return { scan, state };
}

export interface TrackedSip extends Status {
  readonly sip: Sip;
  readonly transactions: readonly SipTransaction[];
  readonly impostors: readonly SipTransaction[];
  readonly record: SipRecord | null;
}

/** Verdicts of bytes that are the text's own, whether they can still be executed or not. */
const OWN_BYTES = new Set(['match', 'already-enacted', 'stale', 'expired']);

export function trackSips(snapshot: Snapshot, pins: Pins, library: SipLibrary): readonly TrackedSip[] {
  return library.sips.map((sip) => trackSip(snapshot, pins, sip));
}

export function trackSip({ scan, state }: Snapshot, pins: Pins, sip: Sip): TrackedSip {
  const pdas = restakingPdas(pins.programId);
  const named = scan.transactions.filter(({ announcement }) => announcement.digest === sip.digest);
  const own = named.filter(({ verification }) => OWN_BYTES.has(verification.verdict));
  const record = state.accounts.SipRecord.get(pdas.sipRecord(sip.header.sip)) ?? null;
  const admin = state.config?.epochAdmin;
  const status = deriveStatus({
    fileStatus: sip.header.status,
    digest: sip.digest,
    validUntil: sip.validUntil,
    parts: plannedParts(sip, pins).length,
    transactions: own.map(({ verification, transactionIndex, state: proposal }) => ({
      part: verification.part ?? 1,
      transactionIndex,
      state: proposal,
    })),
    record: record && { ...record, digest: hexOf(record.digest) },
    epochs: epochsScheduledBy(sip, pins).map((index) => ({
      index,
      epoch: state.accounts.Epoch.get(pdas.epoch(index)) ?? null,
    })),
    sipNumber: sip.header.sip,
    now: scan.now,
    epochAdmin: admin === undefined || admin === NO_KEY ? null : (admin as Address),
  });
  const impostors = named.filter(({ verification }) => !OWN_BYTES.has(verification.verdict));
  return { ...status, sip, transactions: own, impostors, record };
}

export function hexOf(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
