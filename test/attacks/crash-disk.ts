import { type Attack, Tally } from './attack.ts';
import type { Mishap, Ran } from './crash/files/child.ts';
import { Ends } from './crash/files/kills.ts';
import { differenceInProcess, type Place, Processes, placeOf } from './crash/files/left.ts';
import { callsOf, type Point, played, pointAt, pointsOf, staged } from './crash/files/matrix.ts';
import { CARELESS, SCENARIOS, type Scenario, scenarioOf } from './crash/files/scenarios.ts';
import { runServed } from './crash/files/served.ts';
import type { History } from './crash/files/world.ts';
import { problemOf } from './crash-kill.ts';
import { rememberCryptography } from './support/remembered.ts';

/**
 * A disk that is full, broken or read-only at every call on a file, once or from then on. The process has to say so with
 * a code and with what was sent, or to have done what it was asked for; then the same is asked for again on a good disk.
 */

const FAILURES = ['ENOSPC', 'EIO', 'EROFS'] as const;
/** Codes that tell a user of the disk. */
const TOLD = new Set([
  'FILE_UNWRITABLE',
  'FILE_UNREADABLE',
  'KEYPAIR_MALFORMED',
  'SIP_NOT_FOUND',
  'SIP_INVALID',
]);
const READS = new Set(['read', 'list']);

const points = () =>
  pointsOf(({ name, path, more }) => {
    if (path.startsWith('@') || name === 'close') return [];
    const reads = READS.has(name) || more === 'read';
    return FAILURES.filter((failure) => !reads || failure === 'EIO').flatMap((failure) => [
      `once:${failure}` as const,
      `always:${failure}` as const,
    ]);
  });
let listed: Promise<readonly Point[]> | undefined;

interface Answer {
  readonly error?: { readonly code: string; readonly sent: string };
}
const answerOf = ({ stdout }: Ran): Answer => {
  const last = stdout.trimEnd().split('\n');
  for (const text of [stdout, last.at(-1) ?? ''])
    try {
      return JSON.parse(text) as Answer;
    } catch {
      // Not the whole of it: the last line then.
    }
  return {};
};

export function toldOf(scenario: Scenario, history: History, ran: Ran): string | undefined {
  if (ran.code === 0) return scenario.undone(history, ran);
  const { error } = answerOf(ran);
  if (ran.code === null) return 'it died';
  if (!error) return `it ends with ${ran.code} and without a code: ${ran.stdout}${ran.stderr}`;
  if (!TOLD.has(error.code)) return `it says ${error.code}: ${ran.stdout}`;
  const sent = history.handedOver.length > 0;
  if (sent !== (error.sent !== 'no'))
    return `it says sent: ${error.sent} after ${history.handedOver.length} were sent`;
  return undefined;
}

/** Of so many failures one is tried in a process of its own, too. */
const IN_PROCESS = 75;

interface Failure {
  readonly mishap: Mishap;
  readonly inProcess: boolean;
}

/** @param told once for each failure, with what is wrong @param heard what is made of what each said */
async function failAll<T extends Failure>(
  scenario: Scenario,
  failures: readonly T[],
  processes: Processes,
  told: (failure: T, problem: string | undefined) => void,
  heard: (ran: Ran) => Ran = (ran) => ran,
): Promise<void> {
  await staged(scenario, async (history) => {
    const standsMs = Date.now();
    const ends = new Ends(scenario, problemOf);
    for (const failure of failures) {
      const { mishap, inProcess } = failure;
      let same: Place | undefined;
      const problem = await history.tried(async (copy) => {
        const words = scenario.words(copy, 0);
        const ran = heard(await runServed(scenario.program, words, copy.folder, { mishap, standsMs }));
        if (inProcess) same = placeOf(copy, ran, mishap.at);
        return toldOf(scenario, copy, ran) ?? (await ends.of(copy, ran));
      });
      told(
        failure,
        problem ??
          (same &&
            (await differenceInProcess(scenario, history, { how: mishap.how, standsMs, same, processes }))),
      );
    }
  });
}

/** @returns the first complaint about the failures of this kind of this scenario */
async function complaint(name: string, how: string, heard: (ran: Ran) => Ran): Promise<string> {
  listed ??= points();
  const found: string[] = [];
  const here = (await listed).filter(({ scenario, mishap }) => scenario.name === name && mishap.how === how);
  await failAll(
    scenarioOf(name),
    here.map(({ mishap }) => ({ mishap, inProcess: false })),
    new Processes(),
    (_, problem) => void (problem !== undefined && found.push(problem)),
    heard,
  );
  return found[0] ?? '';
}

/** Of the console that says that it saved whatever became of it. */
async function carelessComplaint(how: string): Promise<string> {
  listed ??= points();
  const here = (await listed).filter(
    ({ scenario, mishap }) => scenario.name === 'save' && mishap.how === how,
  );
  for (const { mishap } of here) {
    const found = await played(CARELESS, mishap, (history, ran) => toldOf(CARELESS, history, ran));
    if (found !== undefined) return found;
  }
  return '';
}

/** The failure of the one before is still there when an undisturbed command runs. */
async function leakedFailure(): Promise<string> {
  const scenario = scenarioOf('submit');
  const write = (await callsOf(scenario)).find(({ name, path }) => name === 'write' && !path.startsWith('@'));
  const mishap = { at: write?.number ?? 0, how: 'always:ENOSPC' } as const;
  let found: string | undefined;
  await staged(scenario, async (history) => {
    const standsMs = Date.now();
    await history.tried(async (copy) => {
      const ran = await runServed(scenario.program, scenario.words(copy, 0), copy.folder, {
        mishap,
        standsMs,
      });
      const same = placeOf(copy, ran, mishap.at);
      found = await differenceInProcess(scenario, history, {
        how: undefined,
        standsMs,
        same,
        processes: new Processes(),
      });
    });
  });
  return found ?? '';
}

const replaced = (from: RegExp, to: string) => (ran: Ran) => ({
  ...ran,
  stdout: ran.stdout.replace(from, to),
});
const DEFECTS = [
  {
    what: 'a document that is said to be saved on a full disk',
    as: /the document is/,
    found: () => carelessComplaint('always:ENOSPC'),
  },
  {
    what: 'a failure that calls itself something else',
    as: /it says INTERNAL/,
    found: () => complaint('execute', 'always:EIO', replaced(/"FILE_UN\w+"/, '"INTERNAL"')),
  },
  {
    what: 'something sent that is said not to be',
    as: /it says sent: no/,
    found: () => complaint('approve', 'once:ENOSPC', replaced(/"sent": ?"(yes|unknown)"/, '"sent":"no"')),
  },
  {
    what: 'a failure that is still there for the next command of one process',
    as: /in a process of its own/,
    found: leakedFailure,
  },
];

export const crashDisk: Attack = {
  name: 'crash:disk',
  what: 'A full, broken or read-only disk at every call on a file: told with its code and with what was sent, nothing acknowledged is lost, and on a good disk it comes to its one end.',
  unit: 'failures',
  full: 1_500,
  slice: 250,
  honestIn: (count) => Math.ceil(count / 100),
  classes: SCENARIOS.flatMap(({ name }) =>
    FAILURES.flatMap((failure) => [`${name}: once:${failure}`, `${name}: always:${failure}`]),
  ),
  classesFrom: 1_500,

  async run({ seed, from, count, honest }) {
    rememberCryptography();
    const tally = new Tally();
    const processes = new Processes();
    listed ??= points();
    const all = await listed;
    const failures = Array.from({ length: count }, (_, place) => {
      const at = from + place;
      const { point, random } = pointAt(all, seed, at);
      return { ...point, at, inProcess: random.below(IN_PROCESS) === 0 };
    });
    for (const scenario of SCENARIOS) {
      const here = failures.filter((failure) => failure.scenario === scenario);
      if (here.length === 0) continue;
      await failAll(scenario, here, processes, ({ at, mishap }, problem) =>
        tally.try(
          `${scenario.name}: ${mishap.how}`,
          problem && `${problem} (failure ${at} of seed ${seed}: ${mishap.how} at call ${mishap.at})`,
        ),
      );
    }
    tally.found(processes.problems);
    for (let at = 0; at < honest; at += 1) {
      const scenario = SCENARIOS[(from + at) % SCENARIOS.length] as Scenario;
      tally.accept(await played(scenario, undefined, (history, ran) => toldOf(scenario, history, ran)));
    }
    return tally.outcome;
  },

  async missedDefects() {
    const missed: string[] = [];
    for (const { what, found, as } of DEFECTS) if (!as.test(await found())) missed.push(what);
    return missed;
  },
};
