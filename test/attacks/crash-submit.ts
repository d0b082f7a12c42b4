import { Random } from '#test/verify/world.ts';
import { type Attack, seedOf, Tally } from './attack.ts';
import { LARGE, SMALL } from './crash/council.ts';
import { EVENTS, type EventName, MOST_AT_ONCE, Script } from './crash/events.ts';
import { DEFECTS } from './crash/submit-defects.ts';
import { type History, playSubmit, type Spoil } from './crash/submit-history.ts';
import { rememberCryptography } from './support/remembered.ts';

/**
 * Submitting a SIP exactly once, through the real code: journal, delivery, Squads, and whatever comes between. Three of
 * eight histories come from the list of all that meet one event or two, without end or repeat until it is through; two
 * from the much longer list of those that meet three; three, and all behind the lists' ends, are drawn by lot.
 */

const DIMENSIONS = ['crash', 'fault', 'expiry', 'late landing', 'competitor'] as const;
const CLASSES = Array.from({ length: 2 ** DIMENSIONS.length - 1 }, (_, at) =>
  DIMENSIONS.filter((__, bit) => (at + 1) & (1 << bit)).join(' × '),
);
const classOf = (met: readonly EventName[]): string => {
  const kinds = new Set<string>(met.map((event) => EVENTS[event]));
  return DIMENSIONS.filter((one) => kinds.has(one)).join(' × ');
};

/** Foreign transactions that the council has already. */
const BEFORE = 1;
/** Slots behind an event in which the next one of the lists may come: a run and most of the one behind it. */
const WINDOW = 200;
/** A prime, so that the first of a list come from all over it. */
const SPREAD = 7_368_787;

interface Text {
  readonly sip: typeof SMALL;
  /** Slots of a history in which nothing happens. */
  readonly slots: number;
}

let texts: Promise<{ readonly small: Text; readonly large: Text }> | undefined;
function textsOnce() {
  rememberCryptography();
  // Faults are thrown by the hundred thousand, and nobody reads where from.
  Error.stackTraceLimit = 0;
  const measured = async (sip: typeof SMALL): Promise<Text> => {
    const script = new Script([]);
    await playSubmit(sip, script, BEFORE);
    return { sip, slots: script.idle };
  };
  texts ??= (async () => ({ small: await measured(SMALL), large: await measured(LARGE) }))();
  return texts;
}

/** The history of this rank among all with at most two events, or three; undefined behind the end of the list. */
function listed(rank: number, slots: number, events: 2 | 3): readonly number[] | undefined {
  const all = slots * (WINDOW + 1) * (events === 3 ? WINDOW : 1);
  if (rank >= all) return undefined;
  const place = Number((BigInt(rank) * BigInt(SPREAD)) % BigInt(all));
  const first = place % slots;
  const second = Math.floor(place / slots) % (WINDOW + 1);
  if (second === WINDOW) return [first];
  return events === 2 ? [first, second] : [first, second, Math.floor(place / slots / (WINDOW + 1))];
}

/** Four to six events close to one another. */
function drawn(random: Random, slots: number): readonly number[] {
  return Array.from({ length: 4 + random.below(3) }, (_, at) =>
    random.below(at === 0 ? slots : 6 * MOST_AT_ONCE),
  );
}

async function history(seed: number, at: number, spoil?: Spoil): Promise<History> {
  const { small, large } = await textsOnce();
  const kind = at % 8;
  const group = Math.floor(at / 8);
  const { sip, slots } = kind === 2 || kind === 7 ? large : small;
  const plan =
    kind < 2
      ? listed(2 * group + kind, slots, 2)
      : kind === 2
        ? listed(group, slots, 2)
        : kind < 5
          ? listed(2 * group + kind - 3, slots, 3)
          : undefined;
  if (plan !== undefined) {
    const script = new Script(plan);
    const played = await playSubmit(sip, script, BEFORE, spoil);
    // Behind the end of a history nothing happens: that one is on the list elsewhere.
    if (script.spent || played.problem !== undefined) return played;
  }
  const random = new Random(seedOf(seed, at));
  for (;;) {
    const script = new Script(drawn(random, slots));
    const played = await playSubmit(sip, script, BEFORE, spoil);
    if (played.met.length > 2 || played.problem !== undefined) return played;
  }
}

/** Of a defect no more than it takes. */
const AT_MOST = 400;
async function finds(seed: number, name: string): Promise<boolean> {
  const { spoil, foundAs, script } = DEFECTS[name]!;
  if (script) {
    const { problem } = await playSubmit((await textsOnce()).small.sip, script(), BEFORE, spoil());
    return foundAs.test(problem ?? '');
  }
  for (let at = 0; at < AT_MOST; at += 1)
    if (foundAs.test((await history(seed, at, spoil())).problem ?? '')) return true;
  return false;
}

export const crashSubmit: Attack = {
  name: 'crash:submit',
  what: 'Histories of crash × fault × expiry × late landing × competitor, through the real submission: never two proposals of one part, no second signature while the first may land, nothing told that is not so, never stuck once the faults stop.',
  unit: 'histories',
  full: 1_000_000,
  slice: 500,
  honestIn: (count) => Math.ceil(count / 100),
  classes: CLASSES,
  classesFrom: 20_000,

  async run({ seed, from, count, honest }) {
    const tally = new Tally();
    for (let at = from; at < from + count; at += 1) {
      const { met, problem } = await history(seed, at);
      tally.try(classOf(met), problem && `${problem} (history ${at} of seed ${seed}: ${met.join(', ')})`);
    }
    const { small, large } = await textsOnce();
    for (let at = 0; at < honest; at += 1) {
      const { sip } = at % 4 === 3 ? large : small;
      const { problem, runs } = await playSubmit(sip, new Script([]), at % 5);
      tally.accept(problem ?? (runs === 1 ? undefined : `it took ${runs} processes`));
    }
    return tally.outcome;
  },

  async missedDefects(seed) {
    const missed: string[] = [];
    for (const name of Object.keys(DEFECTS)) if (!(await finds(seed, name))) missed.push(name);
    return missed;
  },
};
