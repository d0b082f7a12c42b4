import type { Signer } from '../chain/ports.ts';
import { SipError } from '../errors.ts';
import { plannedParts } from '../plan/compile.ts';
import type { Sip } from '../sip/document.ts';
import type { Pins } from '../types.ts';
import { type ExecuteOutcome, execute } from '../venues/squads/execute.ts';
import { type NotDone, notDone, type VenueOptions, type VenuePorts } from '../venues/squads/outcome.ts';
import { castVote, type Vote, type VoteOutcome } from '../venues/squads/vote.ts';
import { describeDifference, type Verification } from '../verify/index.ts';
import { judgeTransaction } from './judge.ts';
import type { SipLibrary } from './library.ts';
import { readSipRecord, standingOf } from './parts.ts';

/** Votes and execution of a SIP's transactions. Nothing that needs agreement passes without the verdict `match`. */

export interface ActRequest {
  readonly pins: Pins;
  readonly library: SipLibrary;
  readonly transactionIndex: bigint;
  readonly member: Signer;
}

export type Act = Vote | 'execute';
export type ActOutcome = VoteOutcome | ExecuteOutcome;

/**
 * Approving and executing ask for `match`; approving also for every other part of the SIP to be there and to match,
 * or to have been executed with the same digest. Rejecting and cancelling are always possible.
 * @throws SipError of the reader.
 */
export async function act(
  ports: VenuePorts,
  request: ActRequest,
  what: Act,
  options: VenueOptions = {},
): Promise<ActOutcome> {
  const { pins, library, transactionIndex, member } = request;
  const { verification, sip } = await judgeTransaction(ports.rpc, pins, transactionIndex, { library });
  if (what === 'approve' || what === 'execute') {
    const refusal = refusalOf(verification, what);
    if (refusal) return refusal;
  }
  if (what === 'approve' && sip) {
    const missing = await missingPart(ports, pins, sip, verification.part);
    if (missing) return missing;
  }
  const about = sip ? { about: { sip: sip.header.sip, digest: sip.digest } } : {};
  const at = { council: pins.council, transactionIndex, member };
  if (what === 'execute') return execute(ports, at, { ...options, ...about });
  return castVote(ports, { ...at, vote: what }, { ...options, ...about });
}

/** An executed transaction answers by itself that there is nothing left to do. */
function refusalOf(verification: Verification, what: Act): NotDone | undefined {
  if (verification.verdict === 'match') return undefined;
  const first = verification.differences[0];
  return notDone('VERDICT_NOT_MATCH', {
    act: what,
    verdict: verification.verdict,
    transactionIndex: verification.transactionIndex,
    because: first ? describeDifference(first) : verification.verdict,
  });
}

async function missingPart(
  ports: VenuePorts,
  pins: Pins,
  sip: Sip,
  part: number | null,
): Promise<NotDone | undefined> {
  if (part === 0) return undefined;
  const total = plannedParts(sip, pins).length;
  if (total === 1) return undefined;
  const record = await readSipRecord(ports.rpc, pins, sip.header.sip);
  const done = record?.digest === sip.digest ? record.part : 0;
  const { live } = await standingOf(ports.rpc, pins, sip);
  for (let other = done + 1; other <= total; other += 1) {
    const state = live.get(other)?.state.kind;
    if (state === undefined || state === 'none')
      return notDone('SIP_PART_MISSING', { sip: sip.header.sip, part: other, parts: total });
  }
  return undefined;
}

/** The transactions of a SIP on which this act is due, in the order of parts. @throws SipError PROPOSAL_NOT_FOUND. */
export async function transactionsOf(
  ports: Pick<VenuePorts, 'rpc'>,
  pins: Pins,
  sip: Sip,
): Promise<readonly bigint[]> {
  const { live } = await standingOf(ports.rpc, pins, sip);
  const indexes = [...live].sort(([a], [b]) => a - b).map(([, transaction]) => transaction.transactionIndex);
  if (indexes.length === 0) throw new SipError('SIP_NOT_PROPOSED', { sip: sip.header.sip });
  return indexes;
}
