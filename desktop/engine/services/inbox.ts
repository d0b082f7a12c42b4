import type { Inbox, InboxRow } from '#desktop/shared/views/index.ts';
import type { NameOf } from '#governance/cli/render/words.ts';
import { viewEpochs } from '#governance/lifecycle/epochs.ts';
import { type Snapshot, trackSips } from '#governance/lifecycle/track.ts';
import type { OpenChange, SipTransaction } from '#governance/proposals/scan.ts';
import { type Stranger, strangersIn } from '#governance/proposals/strangers.ts';
import type { Address, UnixSeconds } from '#governance/types.ts';
import { stateText } from '#governance/words/steps.ts';
import { distanceText } from '#governance/words/times.ts';
import type { Handlers } from '../engine.ts';
import type { RequestsByDigest } from '../open-requests.ts';
import type { World } from '../world.ts';
import { requestRows } from './inbox-requests.ts';
import { partText, verdictTone } from './words.ts';

/**
 * What needs the key that signs, what is due for anyone, and what to look at. Pure.
 * @param requests for changes, as they are open
 */
export function inboxOf(
  snapshot: Snapshot,
  world: World,
  seatId: string | null,
  requests: RequestsByDigest,
): Inbox {
  const { pins, documents, seats, nameOf } = world;
  const { now } = snapshot.scan;
  // What has waited longest comes first, and the parts of a text in their order.
  const transactions = [...snapshot.scan.transactions].sort((a, b) =>
    Number(a.transactionIndex - b.transactionIndex),
  );
  const me = seats.find(({ id }) => id === seatId)?.publicKey;
  const may = (keys: readonly string[]) => me !== undefined && keys.includes(me);
  const tracked = trackSips(snapshot, pins, documents.library);
  const handedIn = (digest: string): string => {
    const author = documents.store.byDigest(digest)?.author;
    return author ? `, handed in by ${nameOf(author as Address)}` : '';
  };
  const title = ({ announcement, verification }: SipTransaction) => {
    const sip = documents.library.byDigest(announcement.digest);
    return sip
      ? `SIP-${sip.header.sip} · ${sip.header.title}${partText(verification.part, verification.parts)}`
      : `SIP-${announcement.number}`;
  };
  const row = (one: SipTransaction, verb: string, detail: string, primary = false): InboxRow => ({
    id: `tx-${one.transactionIndex}`,
    symbol: one.verification.verdict === 'match' ? '=' : '≠',
    tone: verdictTone(one.verification.verdict),
    title: title(one),
    detail,
    chip: { text: one.verification.verdict, tone: verdictTone(one.verification.verdict) },
    verb,
    primary,
    route: `tx/${one.transactionIndex}/effect`,
  });

  const votes = transactions
    .filter(({ state }) => state.kind === 'active' && may(state.nextSteps.approve))
    .map((one) => row(one, one.verification.verdict === 'match' ? 'Review' : 'See why', votesDetail(one)));
  const executable = transactions
    .filter(({ state }) => state.kind === 'approved' && may(state.executors) && state.programAccepts)
    .filter(({ verification }) => verification.verdict === 'match')
    .map((one) => row(one, 'Open', executeDetail(one, now), true));
  const strangers = strangersIn(snapshot.scan, documents.library);
  const sponsor = tracked
    .filter(({ due }) => due.some(({ step }) => step === 'submit'))
    .map(({ sip, status, because }): InboxRow => {
      const { header } = sip;
      return {
        id: `sip-${header.sip}`,
        symbol: '✎',
        tone: 'plain',
        title: `SIP-${header.sip} · ${header.title}`,
        detail: `By ${header.authors}${handedIn(sip.digest)}: ${because}.`,
        chip: { text: status, tone: 'plain' },
        verb: 'Read',
        primary: false,
        route: `sip/${header.sip}`,
      };
    });
  const changes = snapshot.scan.changes
    .filter(({ state: { nextSteps } }) => may(nextSteps.reject) || may(nextSteps.cancel))
    .map((one) => changeRow(one, now, nameOf));
  const sections = [
    { title: 'Changes of the council', rows: changes },
    {
      title: 'Names no SIP',
      rows: strangerRows(
        strangers.filter(({ what }) => what !== 'no-text'),
        now,
        nameOf,
      ),
    },
    { title: 'Needs your vote', rows: votes },
    { title: 'To execute', rows: executable },
    // Somebody else's vote may be due: whoever has the text can help.
    {
      title: 'Text missing',
      rows: strangerRows(
        strangers.filter(({ what }) => what === 'no-text'),
        now,
        nameOf,
      ),
    },
    { title: 'Epochs', rows: epochRows(snapshot, world) },
    { title: 'Changes asked for', rows: requestRows(tracked, requests, snapshot, world, me) },
    { title: 'Waiting for a sponsor', rows: sponsor },
  ];
  return { now: Number(now), sections: sections.filter(({ rows }) => rows.length > 0) };
}

/** Whoever decides is changed by it: it comes before everything else, and can be stopped at once. */
function changeRow(
  { transactionIndex, creator, state, verification: { verdict } }: OpenChange,
  now: UnixSeconds,
  nameOf: NameOf,
): InboxRow {
  const who = nameOf(creator);
  return {
    id: `change-${transactionIndex}`,
    symbol: '!',
    tone: 'bad',
    title: `A change of the council is ${state.kind === 'approved' ? 'approved' : 'proposed'}`,
    detail: `Transaction ${transactionIndex} · by ${who} · ${stateText(state, now)}`,
    chip: { text: verdict, tone: verdictTone(verdict) },
    verb: 'See what changes',
    primary: true,
    route: `tx/${transactionIndex}/effect`,
  };
}

/** Whoever may propose can propose thousands. */
const MOST_STRANGERS = 20;

function strangerRows(all: readonly Stranger[], now: UnixSeconds, nameOf: NameOf): InboxRow[] {
  const rows = all.slice(0, MOST_STRANGERS).map((one) => strangerRow(one, now, nameOf));
  const more = all.length - rows.length;
  if (more === 0) return rows;
  return [
    ...rows,
    {
      ...{ id: `strangers-more-${all[0]?.what}`, symbol: '!', tone: 'bad', title: `${more} more of them` },
      ...{ detail: 'These are the newest.', chip: { text: 'too many', tone: 'bad' } },
      ...{ verb: 'See all', primary: false, route: 'proposals' },
    },
  ];
}

const STRANGERS = {
  'no-sip': ['names no SIP', 'no SIP', 'See what it does'],
  'no-text': ['names a text that is not here', 'no text', 'Give the text'],
  batch: ['is a batch, which no SIP is', 'batch', 'Look at it'],
  unreadable: ['cannot be read', 'unreadable', 'Look at it'],
} as const;

/** What can take effect although nobody here has read a word about it. */
function strangerRow(
  { transactionIndex, creator, state, what, sip }: Stranger,
  now: UnixSeconds,
  nameOf: NameOf,
) {
  const [title, chip, verb] = STRANGERS[what];
  const claims = sip === null ? '' : ` · claims to be SIP-${sip}`;
  const row: InboxRow = {
    id: `stranger-${transactionIndex}`,
    symbol: what === 'no-text' ? '≠' : '!',
    tone: what === 'no-text' ? 'warn' : 'bad',
    title: `Transaction ${transactionIndex} ${title}`,
    detail: `${creator === null ? 'Of somebody' : `By ${nameOf(creator)}`} · ${stateText(state, now)}${claims}`,
    chip: { text: chip, tone: what === 'no-text' ? 'warn' : 'bad' },
    verb,
    primary: false,
    route: `tx/${transactionIndex}/${what === 'no-text' ? 'text' : 'effect'}`,
  };
  return row;
}

function votesDetail({ state, transactionIndex }: SipTransaction): string {
  if (state.kind !== 'active') return '';
  return `Transaction ${transactionIndex} · ${state.approvals} of ${state.needed} approvals`;
}

function executeDetail({ state, transactionIndex }: SipTransaction, now: bigint): string {
  if (state.kind !== 'approved') return '';
  const when =
    state.timeLockLeftSeconds > 0n
      ? `time lock ends ${distanceText(state.executableAt, now)}`
      : 'time lock is over';
  return `Transaction ${transactionIndex} · ${state.approvals} of ${state.needed} approvals · ${when}`;
}

function epochRows(snapshot: Snapshot, { pins, documents }: World): InboxRow[] {
  const words = {
    activation: ['can be activated', 'Its window is open and nothing stands in the way.'],
    closing: ['can be closed', 'Its window has passed.'],
    amendment: ['missed its window', 'A SIP has to amend or cancel it.'],
  } as const;
  return viewEpochs(snapshot, pins, documents.library).flatMap(({ index, due, scheduledBy }) => {
    if (due === null) return [];
    const [what, detail] = words[due];
    return [
      {
        id: `epoch-${index}`,
        symbol: '◔' as const,
        tone: 'warn' as const,
        title: `Epoch ${index} ${what}`,
        detail: `${detail} Scheduled by SIP-${scheduledBy}.`,
        chip: { text: 'Due', tone: 'warn' as const },
        verb: 'Open',
        primary: false,
        route: 'epochs',
      },
    ];
  });
}

export const inbox = {
  async 'inbox.read'({ world, seat }) {
    const [snapshot, requests] = await Promise.all([world.snapshot(), world.requests.read()]);
    return inboxOf(snapshot, world, seat, requests);
  },
} satisfies Partial<Handlers>;
