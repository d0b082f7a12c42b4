import type { Signer } from '../chain/ports.ts';
import { recompilePart } from '../plan/compile.ts';
import type { CompiledPart } from '../plan/types.ts';
import type { Sip } from '../sip/document.ts';
import type { Pins } from '../types.ts';
import {
  type Landed,
  type NotDone,
  notDone,
  type VenueOptions,
  type VenuePorts,
} from '../venues/squads/outcome.ts';
import { propose } from '../venues/squads/propose.ts';
import { type Council, readCouncil } from '../venues/squads/state.ts';
import { standingOf } from './parts.ts';
import type { SipTransaction } from './scan.ts';

export interface SubmittedPart {
  readonly part: number;
  readonly transactionIndex: bigint;
  /** Empty where the part stood on chain before. */
  readonly landed: readonly Landed[];
}

export type SubmitOutcome =
  | {
      readonly kind: 'submitted';
      readonly parts: readonly SubmittedPart[];
      readonly impostors: readonly SipTransaction[];
    }
  /** Every part is on chain and can go on: nothing was sent. */
  | {
      readonly kind: 'already-proposed';
      readonly parts: readonly SubmittedPart[];
      readonly impostors: readonly SipTransaction[];
    }
  | (NotDone & { /** Parts that are on chain all the same. */ readonly parts: readonly SubmittedPart[] });

/** How often another proposer may be faster before we say so. */
const INDEX_RACES = 8;

/**
 * Puts a SIP before the council, each part one vault transaction with its proposal. Looks first for what stands on
 * chain, so that it can be run again after any interruption and never makes a second proposal.
 * @param request.creator a member with Initiate; pays fee and rent. @throws SipError of the reader.
 */
export async function submitSip(
  ports: VenuePorts,
  request: { readonly pins: Pins; readonly sip: Sip; readonly creator: Signer },
  options: VenueOptions = {},
): Promise<SubmitOutcome> {
  const { pins, sip } = request;
  const { live, record, impostors, parts: total } = await standingOf(ports.rpc, pins, sip);
  const parts: SubmittedPart[] = [];
  if (record && record.digest !== sip.digest)
    return { ...notDone('SIP_NUMBER_ENACTED', { sip: sip.header.sip, digest: record.digest }), parts };
  if (record && record.part >= record.parts)
    return { ...notDone('SIP_ALREADY_ENACTED', { sip: sip.header.sip }), parts };

  let sent = false;
  for (let part = (record?.part ?? 0) + 1; part <= total; part += 1) {
    const standing = live.get(part);
    const outcome =
      standing && standing.state.kind !== 'none'
        ? { part, transactionIndex: standing.transactionIndex, landed: [] }
        : await proposePart(ports, request, part, standing?.transactionIndex, options);
    if ('kind' in outcome) return { ...outcome, parts };
    sent ||= outcome.landed.length > 0;
    parts.push(outcome);
  }
  return { kind: sent ? 'submitted' : 'already-proposed', parts, impostors };
}

/** @param at index of a transaction of ours that still lacks its proposal. */
async function proposePart(
  ports: VenuePorts,
  request: { readonly pins: Pins; readonly sip: Sip; readonly creator: Signer },
  part: number,
  at: bigint | undefined,
  options: VenueOptions,
): Promise<SubmittedPart | NotDone> {
  const { pins, sip, creator } = request;
  let index = at;
  for (let race = 0; race < INDEX_RACES; race += 1) {
    const council = await readCouncil(ports.rpc, pins.council);
    index ??= council.transactionIndex + 1n;
    const compiled = partAt(sip, pins, council, part, index);
    const about = { sip: sip.header.sip, digest: sip.digest };
    const outcome = await propose(
      ports,
      { council: pins.council, part: compiled, creator },
      { ...options, about },
    );
    if (outcome.kind === 'proposed') return { part, transactionIndex: index, landed: outcome.landed };
    if (outcome.kind === 'already-proposed') return { part, transactionIndex: index, landed: [] };
    if (outcome.kind === 'not-done') return outcome;
    index = outcome.next;
  }
  return notDone('INDEX_RACE_LOST', { races: INDEX_RACES });
}

function partAt(sip: Sip, pins: Pins, council: Council, part: number, councilTx: bigint): CompiledPart {
  const compiled = recompilePart(sip, pins, { part, membersHash: council.membersHash, councilTx });
  if (!compiled) throw new Error(`the SIP has no part ${part}`);
  return compiled;
}
