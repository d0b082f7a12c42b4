import type { GateView, ProposalView, Seat } from '#desktop/shared/views/index.ts';
import type { CouncilChangeReview } from '#governance/proposals/council-change.ts';
import type { FoundChange } from './proposal-change.ts';
import type { Facts } from './proposal-facts.ts';
import { cannot } from './proposal-gates.ts';

/** A change of the council is never approved or executed here: what is so, what follows, and what can be done about it. */
export function changeGates(facts: Facts, { review }: FoundChange, me: Seat | undefined): GateView[] {
  const { state } = facts;
  return [
    {
      name: 'Approving is off: no text compiles to it',
      state: 'bad',
      detail: `The console agrees only to what a SIP’s text compiles to. ${remedyFor(state.kind)}`,
    },
    ...(review === null ? [UNREADABLE] : [READ, announcementGate(review), postureGate(review)]),
    {
      name: 'Not stale',
      state: state.stale ? 'no' : 'ok',
      detail: state.stale
        ? 'The council changed since: it can no longer be executed.'
        : 'The council is the one that was proposed to: it can take effect.',
    },
    keyGate(facts, me),
  ];
}

const AGREED =
  'unless the council agreed on it: then approve it in Squads’ own tools, comparing every key with what stands here.';

function remedyFor(kind: string): string {
  if (kind === 'active') return `Reject it, ${AGREED}`;
  if (kind === 'approved')
    return 'Cancel it, unless the council agreed on it: then Squads’ own tools execute it.';
  return `It is ${kind}.`;
}

const UNREADABLE: GateView = {
  name: 'Its bytes cannot be read',
  state: 'bad',
  detail: 'The strict decoder does not know all of them. Nobody should approve it.',
};

const READ: GateView = {
  name: 'Every byte was read',
  state: 'ok',
  detail: 'What it does under Effect is drawn from all of its bytes.',
};

function announcementGate({ announcedBy }: CouncilChangeReview): GateView {
  if (announcedBy.length === 0)
    return {
      name: 'No text announces it',
      state: 'bad',
      detail:
        'Ask who proposed it for a SIP with its hash (record-external), so that the council can discuss it.',
    };
  const sips = announcedBy.map(({ header }) => `SIP-${header.sip}`).join(', ');
  return {
    name: 'A text announces it',
    state: 'ok',
    detail: `${sips} has the hash of exactly these actions. That is no verdict: whoever repeats them has the hash, too.`,
  };
}

function postureGate({ trouble, posture }: CouncilChangeReview): GateView {
  const name = 'The council afterwards';
  if (trouble !== null) return { name, state: 'bad', detail: `It would not run as it stands: ${trouble}.` };
  const [gravest] = posture;
  if (gravest === undefined || gravest.level === 'ok')
    return { name, state: 'ok', detail: 'It does not get easier to capture.' };
  const others = posture.filter(({ level }) => level !== 'ok').length - 1;
  const more = others > 0 ? ` ${others} more under Effect.` : '';
  return { name, state: 'bad', detail: `${gravest.message}${more}` };
}

function keyGate({ state }: Facts, me: Seat | undefined): GateView {
  const name = 'Your key';
  if (me === undefined) return { name, state: 'wait', detail: 'Choose a seat at the lower left.' };
  const { reject, cancel } = state.nextSteps;
  const may = (keys: readonly string[]) => keys.includes(me.publicKey);
  if (may(reject)) return { name, state: 'ok', detail: `${me.name} can reject it.` };
  if (may(cancel)) return { name, state: 'ok', detail: `${me.name} can cancel it.` };
  const open = reject.length > 0 || cancel.length > 0;
  if (!open) return { name, state: 'no', detail: `Nothing is left to do: it is ${state.kind}.` };
  return me.permissions.includes('vote')
    ? { name, state: 'no', detail: `${me.name} has voted against it already.` }
    : { name, state: 'bad', detail: `${me.name} may not vote.` };
}

/** What stops it, and nothing else. */
export function changeActs({ state }: Facts, me: Seat | undefined): ProposalView['acts'] {
  const offer = (act: 'reject' | 'cancel', label: string, keys: readonly string[]) => {
    const enabled = me !== undefined && keys.includes(me.publicKey);
    return [{ act, label, enabled, why: enabled ? '' : cannot(act, me) }];
  };
  const { reject, cancel } = state.nextSteps;
  if (state.kind === 'active') return offer('reject', 'Reject…', reject);
  return state.kind === 'approved' ? offer('cancel', 'Cancel…', cancel) : [];
}
