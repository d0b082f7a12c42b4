import type { Notice } from '#desktop/shared/views/index.ts';
import { viewEpochs } from '#governance/lifecycle/epochs.ts';
import { type Snapshot, trackSips } from '#governance/lifecycle/track.ts';
import { strangersIn } from '#governance/proposals/strangers.ts';
import type { World } from './world.ts';

/** What is worth a word of the system's although nobody looks at the window. */

/** Statuses that end a SIP's way, or take it there. */
const TOLD: Readonly<Record<string, string>> = {
  Activated: 'its epoch is active',
  Void: 'it can no longer be executed',
  Rejected: 'the council rejected it',
  Cancelled: 'the council cancelled it',
};

/** Whoever may propose can propose thousands; the newest are told. */
const MOST_STRANGERS = 5;

/** Everything that holds now, each under an id that names it and nothing else. Pure. */
export function noticesOf(snapshot: Snapshot, world: World, seatId: string | null): readonly Notice[] {
  const { pins, documents, seats } = world;
  const me = seats.find(({ id }) => id === seatId)?.publicKey;
  const may = (keys: readonly string[]) => me !== undefined && keys.includes(me);
  const nameOf = (digest: string, number: number) => {
    const sip = documents.library.byDigest(digest);
    return sip ? `SIP-${number} · ${sip.header.title}` : `SIP-${number}, its text is not at hand`;
  };
  const votes = snapshot.scan.transactions.flatMap((one): Notice[] => {
    const { state, transactionIndex, announcement, verification } = one;
    const body = nameOf(announcement.digest, announcement.number);
    const route = `tx/${transactionIndex}/effect`;
    if (state.kind === 'active' && may(state.nextSteps.approve)) {
      const title =
        verification.verdict === 'match' ? 'Needs your vote' : `Needs a look: ${verification.verdict}`;
      return [{ id: `vote ${transactionIndex} ${me}`, title, body, route }];
    }
    const executable = state.kind === 'approved' && state.timeLockLeftSeconds === 0n && state.programAccepts;
    if (executable && may(state.executors))
      return [{ id: `execute ${transactionIndex}`, title: 'Can be executed', body, route }];
    return [];
  });
  const changes = snapshot.scan.changes.flatMap(({ transactionIndex, state }): Notice[] => {
    const { reject, cancel } = state.nextSteps;
    if (!may(reject) && !may(cancel)) return [];
    const title = `A change of the council is ${state.kind === 'approved' ? 'approved' : 'proposed'}`;
    const body = `Transaction ${transactionIndex}: see what it changes, and ${state.kind === 'approved' ? 'cancel' : 'reject'} it if nobody agreed on it`;
    return [
      { id: `change ${transactionIndex} ${state.kind}`, title, body, route: `tx/${transactionIndex}/effect` },
    ];
  });
  const strangers = strangersIn(snapshot.scan, documents.library)
    .filter(({ what }) => what !== 'no-text')
    .slice(0, MOST_STRANGERS)
    .map(({ transactionIndex, state }): Notice => {
      const title = `A transaction that names no SIP is ${state.kind === 'approved' ? 'approved' : 'before the council'}`;
      const body = `Transaction ${transactionIndex}: nothing that was discussed says what it does`;
      const route = `tx/${transactionIndex}/effect`;
      return { id: `stranger ${transactionIndex} ${state.kind}`, title, body, route };
    });
  const epochs = viewEpochs(snapshot, pins, documents.library).flatMap(({ index, due }): Notice[] => {
    if (due === null) return [];
    const title = {
      activation: 'Activation is due',
      closing: 'Can be closed',
      amendment: 'Missed its window',
    }[due];
    return [{ id: `epoch ${index} ${due}`, title, body: `Restaking epoch ${index}`, route: 'epochs' }];
  });
  const ends = trackSips(snapshot, pins, documents.library).flatMap(({ sip, status }): Notice[] => {
    const told = TOLD[status];
    if (told === undefined) return [];
    const number = sip.header.sip;
    return [
      {
        id: `sip ${number} ${status}`,
        title: `SIP-${number}: ${told}`,
        body: sip.header.title,
        route: `sip/${number}`,
      },
    ];
  });
  return [...changes, ...strangers, ...votes, ...epochs, ...ends];
}

/** Tells each thing once. What holds when a deployment is opened is no news: the inbox shows it. */
export class Notices {
  #world: World | undefined;
  #told = new Set<string>();

  news(snapshot: Snapshot, world: World, seatId: string | null): readonly Notice[] {
    const all = noticesOf(snapshot, world, seatId);
    const first = this.#world !== world;
    if (first) this.#told = new Set();
    this.#world = world;
    const fresh = all.filter(({ id }) => !this.#told.has(id));
    for (const { id } of all) this.#told.add(id);
    return first ? [] : fresh;
  }
}
