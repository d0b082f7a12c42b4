import { PAGE_LENGTH } from '#desktop/shared/page-length.ts';
import { judgeTransactions } from '#governance/proposals/judge.ts';
import { readCouncil, readTransactions } from '#governance/venues/squads/state.ts';
import { classify } from '#governance/venues/squads/status.ts';
import type { Handlers } from '../engine.ts';
import { rowOf } from './proposal-facts.ts';

export const proposalList = {
  /** What carries no SIP is listed too, as unreadable by any text. A page costs the same however long the list is. */
  async 'proposals.list'({ world }, { page: asked }) {
    const { rpc, pins, documents } = world;
    await documents.refresh();
    const council = await readCouncil(rpc, pins.council);
    const { unixTimestamp: now } = await rpc.clock();
    const { transactionIndex: newest } = council;
    const length = BigInt(PAGE_LENGTH);
    const page = asked === null ? (newest === 0n ? 0n : (newest - 1n) / length) : BigInt(asked);
    const end = (page + 1n) * length;
    const range = { from: page * length + 1n, to: end < newest ? end : newest };
    const pairs = await readTransactions(rpc, pins.council, range);
    const indexes = pairs.map(({ index }) => index);
    const judged = await judgeTransactions(rpc, pins, indexes, { library: documents.library });
    const rows = pairs.map((pair, at) => {
      const state = classify(council, pair.proposal, pair.index, now);
      return rowOf({ ...judged[at]!, pair, state }, world);
    });
    return { newest: newest.toString(), page: Number(page), rows };
  },
} satisfies Partial<Handlers>;
