import type { Member } from '../venues/squads/state.ts';

const INITIATE = 1;
const VOTE = 2;
const EXECUTE = 4;

/**
 * The fewest members who can put a transaction before the council, approve and execute it without anybody else.
 * Null where even all of them together can't.
 */
export function smallestCoalition(members: readonly Member[], threshold: number): readonly Member[] | null {
  const may = (bit: number) => members.filter(({ mask }) => (mask & bit) !== 0);
  const voters = may(VOTE);
  if (voters.length < threshold) return null;
  let smallest: readonly Member[] | null = null;
  // Members of one mask are alike, and one member in two roles is never more than two: one of each mask is enough to try.
  for (const initiator of oneOfEach(may(INITIATE)))
    for (const executor of oneOfEach(may(EXECUTE))) {
      const pair = [...new Set([initiator, executor])];
      const missing = threshold - pair.filter(({ mask }) => (mask & VOTE) !== 0).length;
      const others = voters.filter((voter) => !pair.includes(voter)).slice(0, Math.max(0, missing));
      if (others.length < missing) continue;
      if (smallest === null || pair.length + others.length < smallest.length) smallest = [...pair, ...others];
    }
  return smallest;
}

function oneOfEach(members: readonly Member[]): readonly Member[] {
  return [...new Map(members.map((member) => [member.mask, member])).values()];
}
