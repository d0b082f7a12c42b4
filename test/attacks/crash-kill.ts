import { appendFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { parseJournal } from '#governance/chain/journal-record.ts';
import { type Attack, Tally } from './attack.ts';
import type { Ran } from './crash/files/child.ts';
import { type Judge, killAll } from './crash/files/kills.ts';
import { Processes } from './crash/files/left.ts';
import { callsOf, type Point, played, pointAt, pointsOf } from './crash/files/matrix.ts';
import {
  CARELESS,
  journalsOf,
  SCENARIOS,
  type Scenario,
  scenarioOf,
  unwritten,
} from './crash/files/scenarios.ts';
import { rememberCryptography } from './support/remembered.ts';

/**
 * SIGKILL before and after every call that the process makes on its files and its sockets, and in the middle of every
 * write. Then the same is asked for again, with nothing in the way. Behind the end of the list the second process is
 * killed too.
 */

const points = () =>
  pointsOf(({ name, path }) =>
    name === 'write' && !path.startsWith('@') ? ['before', 'torn', 'after'] : ['before', 'after'],
  );
let listed: Promise<readonly Point[]> | undefined;

/** The whole answer is out, and it is no failure. */
function isDone({ stdout }: Ran): boolean {
  try {
    return !('error' in (JSON.parse(stdout) as object));
  } catch {
    return false;
  }
}

/** @returns what is wrong with what the killed process left */
export const problemOf: Judge = async (scenario, history, ran) => {
  for (const [name, bytes] of journalsOf(history)) {
    const { damage } = parseJournal(bytes);
    if (damage) return `${name} is damaged: ${damage.reason}`;
  }
  const [lost] = unwritten(history);
  if (lost !== undefined) return `${lost} left and is not in the journal`;
  if (scenario.name === 'save' || ran.code === 0 || isDone(ran)) {
    const undone = scenario.undone(history, ran);
    if (undone !== undefined) return `it said that it is done: ${undone}`;
  }
  return scenario.again(history);
};

/** Of so many kills one is for real. */
const FOR_REAL = 40;

/** Each spoils what is found, as a console would that does not keep the rule. */
const DEFECTS: readonly {
  readonly what: string;
  readonly found: () => Promise<string | undefined>;
  readonly as: RegExp;
}[] = [
  {
    what: 'what left is not in the journal',
    as: /left and is not in the journal/,
    found: () =>
      played(scenarioOf('submit'), undefined, (history, ran) => {
        for (const name of journalsOf(history).keys()) truncateSync(join(history.folder, 'data', name), 0);
        return problemOf(scenarioOf('submit'), history, ran);
      }),
  },
  {
    what: 'a journal that goes on behind a torn record',
    as: /is damaged/,
    found: () =>
      played(scenarioOf('submit'), undefined, (history, ran) => {
        for (const [name, bytes] of journalsOf(history)) {
          const path = join(history.folder, 'data', name);
          truncateSync(path, 30);
          appendFileSync(path, bytes.subarray(bytes.indexOf(0x0a)));
        }
        return problemOf(scenarioOf('submit'), history, ran);
      }),
  },
  {
    what: 'a document written in place',
    as: /the document is/,
    found: async () => {
      return played(CARELESS, undefined, async (_, { calls }) => {
        const write = calls.filter(({ name, path }) => name === 'write' && !path.startsWith('@')).at(1);
        return played(CARELESS, { at: write?.number ?? 0, how: 'torn' }, (history, ran) =>
          problemOf(CARELESS, history, ran),
        );
      });
    },
  },
  {
    what: 'a process that is looked at one call too late',
    as: /in a process of its own/,
    async found() {
      const scenario = scenarioOf('reject');
      const write = (await callsOf(scenario)).find(
        ({ name, path }) => name === 'write' && /journal/.test(path),
      );
      let found: string | undefined;
      const kill = { mishap: { at: write?.number ?? 0, how: 'before' }, forReal: true } as const;
      await killAll(
        scenario,
        [kill],
        problemOf,
        new Processes(),
        (_, problem) => {
          found = problem;
        },
        1,
      );
      return found;
    },
  },
  {
    what: 'a vote that is cast twice',
    as: /transactions landed/,
    found: () =>
      played(scenarioOf('approve'), undefined, async (history, ran) => {
        const scenario = scenarioOf('approve');
        const wrong = await problemOf(scenario, history, ran);
        if (wrong !== undefined) return wrong;
        await history.reject(1);
        return scenario.again(history);
      }),
  },
];

export const crashKill: Attack = {
  name: 'crash:kill',
  what: 'SIGKILL at every call on files and sockets of saving, submitting, voting and executing: nothing acknowledged is lost, nothing torn, and asking again brings it to its one end.',
  unit: 'kills',
  full: 2_000,
  slice: 500,
  honestIn: (count) => Math.ceil(count / 100),
  classes: SCENARIOS.flatMap(({ name }) => ['before', 'after', 'torn'].map((how) => `${name}: ${how}`)),
  classesFrom: 1_500,

  async run({ seed, from, count, honest }) {
    rememberCryptography();
    const tally = new Tally();
    const processes = new Processes();
    listed ??= points();
    const all = await listed;
    const kills = Array.from({ length: count }, (_, place) => {
      const at = from + place;
      const { point, lap, random } = pointAt(all, seed, at);
      const second = lap === 0 ? undefined : 1 + random.below(100);
      return { ...point, at, second, forReal: random.below(FOR_REAL) === 0 };
    });
    for (const scenario of SCENARIOS) {
      const here = kills.filter((kill) => kill.scenario === scenario);
      if (here.length === 0) continue;
      await killAll(scenario, here, problemOf, processes, ({ at, mishap }, problem) =>
        tally.try(
          `${scenario.name}: ${mishap.how}`,
          problem && `${problem} (kill ${at} of seed ${seed}: ${mishap.how} call ${mishap.at})`,
        ),
      );
    }
    tally.found(processes.problems);
    for (let at = 0; at < honest; at += 1) {
      const scenario = SCENARIOS[(from + at) % SCENARIOS.length] as Scenario;
      tally.accept(
        await played(scenario, undefined, (history, ran) =>
          ran.code === 0
            ? problemOf(scenario, history, ran)
            : `${scenario.name} ends with ${ran.code}: ${ran.stderr}`,
        ),
      );
    }
    return tally.outcome;
  },

  async missedDefects() {
    const missed: string[] = [];
    for (const { what, found, as } of DEFECTS) if (!as.test((await found()) ?? '')) missed.push(what);
    return missed;
  },
};
