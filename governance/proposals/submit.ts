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
import type { Council } from '../venues/squads/state.ts';
import { type SipStanding, standingOf } from './parts.ts';
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
  const first = await standingOf(ports.rpc, pins, sip);
  const { record, impostors, parts: total } = first;
  const parts: SubmittedPart[] = [];
  if (record && record.digest !== sip.digest)
    return { ...notDone('SIP_NUMBER_ENACTED', { sip: sip.header.sip, digest: record.digest }), parts };
  if (record && record.part >= record.parts)
    return { ...notDone('SIP_ALREADY_ENACTED', { sip: sip.header.sip }), parts };

  let sent = false;
  let standing: SipStanding | undefined = first;
  for (let part = (record?.part ?? 0) + 1; part <= total; part += 1) {
    const outcome = await proposePart(ports, request, part, standing, options);
    if ('kind' in outcome) return { ...outcome, parts };
    // What was sent moved the index on.
    if (outcome.landed.length > 0) standing = undefined;
    sent ||= outcome.landed.length > 0;
    parts.push(outcome);
  }
  return { kind: sent ? 'submitted' : 'already-proposed', parts, impostors };
}

/**
 * The index is the one behind the last that was looked at for this very text: where anything came before the council
 * meanwhile, this text by somebody else, too, the transaction can't be made, and everything is looked at again.
 * @param known the newest look; undefined where it is out of date
 */
async function proposePart(
  ports: VenuePorts,
  request: { readonly pins: Pins; readonly sip: Sip; readonly creator: Signer },
  part: number,
  known: SipStanding | undefined,
  options: VenueOptions,
): Promise<SubmittedPart | NotDone> {
  const { pins, sip, creator } = request;
  let standing = known;
  for (let race = 0; race < INDEX_RACES; race += 1) {
    standing ??= await standingOf(ports.rpc, pins, sip);
    const { council } = standing.scan;
    const live = standing.live.get(part);
    standing = undefined;
    if (live && live.state.kind !== 'none')
      return { part, transactionIndex: live.transactionIndex, landed: [] };
    const index = live?.transactionIndex ?? council.transactionIndex + 1n;
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
  }
  return notDone('INDEX_RACE_LOST', { races: INDEX_RACES });
}

function partAt(sip: Sip, pins: Pins, council: Council, part: number, councilTx: bigint): CompiledPart {
  const compiled = recompilePart(sip, pins, { part, membersHash: council.membersHash, councilTx });
  if (!compiled) throw new Error(`the SIP has no part ${part}`);
  return compiled;
}
