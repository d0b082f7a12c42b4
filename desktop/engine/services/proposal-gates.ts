import type { GateView, ProposalView, Seat } from '#desktop/shared/views/index.ts';
import { announcementOf } from '#governance/proposals/scan.ts';
import { durationText } from '#governance/words/times.ts';
import { failureOf } from '../failure.ts';
import type { World } from '../world.ts';
import type { Facts } from './proposal-facts.ts';

/** The conditions of the next step with state and remedy, as a merge box lists them. */
export function gatesOf(facts: Facts, me: Seat | undefined): GateView[] {
  const { council, state } = facts;
  const gates: GateView[] = [
    bytesGate(facts),
    {
      name: 'Council as reviewed',
      state: councilState(facts),
      detail: `${council.threshold} of ${council.members.filter(({ permissions }) => permissions.includes('vote')).length}, time lock ${durationText(BigInt(council.timeLockSeconds))}, member hash ${council.membersHash.slice(0, 8)}…`,
    },
    {
      name: 'Not stale',
      state: state.stale ? 'bad' : 'ok',
      detail: state.stale
        ? 'The council changed since: it has to be submitted again.'
        : 'The council is the one that was proposed to.',
    },
    keyGate(facts, me),
  ];
  if (state.kind === 'approved')
    gates.push({
      name: 'Time lock over',
      state: state.timeLockLeftSeconds > 0n ? 'wait' : 'ok',
      detail:
        state.timeLockLeftSeconds > 0n
          ? `${durationText(state.timeLockLeftSeconds)} left`
          : 'It can be executed.',
    });
  return gates;
}

/** Where several endpoints are asked: whether they agree on what is shown. */
export function quorumGates({ quorum, disagreement }: World): GateView[] {
  const { agree, of } = quorum;
  if (agree <= 1) return [];
  const missed = disagreement();
  return [
    {
      name: missed === null ? 'Endpoints agree' : 'Endpoints do not agree',
      state: missed === null ? 'ok' : 'bad',
      detail: missed ? failureOf(missed).message : `${agree} of ${of} give the same bytes.`,
    },
  ];
}

function keyGate({ state }: Facts, me: Seat | undefined): GateView {
  const name = 'Your key';
  if (me === undefined) return { name, state: 'wait', detail: CHOOSE_A_SEAT };
  const able =
    state.kind === 'active' ? state.nextSteps.approve : state.kind === 'approved' ? state.executors : [];
  if (able.some((key) => key === me.publicKey))
    return { name, state: 'ok', detail: `${me.name} can take the next step.` };
  if (state.kind === 'active' && me.permissions.includes('vote'))
    return { name, state: 'no', detail: `${me.name} has approved already.` };
  if (state.kind === 'active' || state.kind === 'approved')
    return { name, state: 'bad', detail: `${me.name} lacks the permission for the next step.` };
  return { name, state: 'no', detail: `Nothing is left to do: it is ${state.kind}.` };
}

/** What names no text names no members that it was written for. */
function councilState({ verification: { differences }, pair }: Facts): GateView['state'] {
  if (announcementOf(pair) === undefined) return 'no';
  return differences.some(({ kind }) => kind === 'wrong-council') ? 'bad' : 'ok';
}

function bytesGate({ verification: { verdict }, pair }: Facts): Pick<GateView, 'name' | 'state' | 'detail'> {
  if (verdict === 'match')
    return { name: 'Bytes match the text', state: 'ok', detail: 'verdict match, your own recompilation' };
  if (verdict === 'digest-unknown' && announcementOf(pair) === undefined)
    return {
      name: 'Names no text',
      state: 'bad',
      detail: 'It can never be approved here. Reject it, unless the council agreed on it elsewhere.',
    };
  if (verdict === 'digest-unknown')
    return {
      name: 'No text to compare with',
      state: 'bad',
      detail: 'Get the document from its author and give it under Text.',
    };
  return { name: 'Bytes differ from the text', state: 'bad', detail: `${verdict}. Tell the council.` };
}

/** Approving and executing want every gate; rejecting and cancelling only a key that may. */
export function actsOf(facts: Facts, gates: readonly GateView[], me: Seat | undefined): ProposalView['acts'] {
  const { state } = facts;
  const blocked = gates.find((gate) => gate.state === 'bad' || gate.state === 'wait' || gate.state === 'no');
  const may = (keys: readonly string[]) => me !== undefined && keys.includes(me.publicKey);
  const with_ = me ? ` with ${me.name}` : '';
  const { approve, reject, cancel } = state.nextSteps;
  if (state.kind === 'active')
    return [
      {
        act: 'approve',
        label: `Approve${with_}`,
        enabled: may(approve) && !blocked,
        why: blocked ? `${blocked.name}: ${blocked.detail}` : '',
      },
      {
        act: 'reject',
        label: 'Reject…',
        enabled: may(reject),
        why: may(reject) ? '' : cannot('reject', me),
      },
    ];
  if (state.kind === 'approved')
    return [
      {
        act: 'execute',
        label: `Execute${with_}`,
        enabled: may(state.executors) && !blocked,
        why: blocked ? `${blocked.name}: ${blocked.detail}` : '',
      },
      {
        act: 'cancel',
        label: 'Cancel…',
        enabled: may(cancel),
        why: may(cancel) ? '' : cannot('cancel', me),
      },
    ];
  return [];
}

const CHOOSE_A_SEAT = 'Choose a seat at the lower left.';

/** Why a vote against it is not offered. */
export const cannot = (act: 'reject' | 'cancel', me: Seat | undefined): string =>
  me === undefined ? `Nobody signs here. ${CHOOSE_A_SEAT}` : `${me.name} cannot ${act} it.`;
