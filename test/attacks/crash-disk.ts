import { type Attack, Tally } from './attack.ts';
import type { Ran } from './crash/files/child.ts';
import { type Point, played, pointAt, pointsOf } from './crash/files/matrix.ts';
import { CARELESS, SCENARIOS, type Scenario } from './crash/files/scenarios.ts';
import type { History } from './crash/files/world.ts';
import { problemOf } from './crash-kill.ts';

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
  if (ran.code === 0) return scenario.undone(history, ran.stdout);
  const { error } = answerOf(ran);
  if (ran.code === null) return 'it died';
  if (!error) return `it ends with ${ran.code} and without a code: ${ran.stdout}${ran.stderr}`;
  if (!TOLD.has(error.code)) return `it says ${error.code}: ${ran.stdout}`;
  const sent = history.handedOver.length > 0;
  if (sent !== (error.sent !== 'no'))
    return `it says sent: ${error.sent} after ${history.handedOver.length} were sent`;
  return undefined;
}

const tried = ({ scenario, mishap }: Point, spoil: (ran: Ran) => Ran = (ran) => ran) =>
  played(
    scenario,
    mishap,
    async (history, ran) => toldOf(scenario, history, spoil(ran)) ?? problemOf(scenario, history, ran),
  );

/** @returns the first complaint about any of the points of this scenario */
async function complaint(name: string, how: string, spoil?: (ran: Ran) => Ran): Promise<string> {
  listed ??= points();
  for (const point of (await listed).filter((one) => one.scenario.name === name && one.mishap.how === how)) {
    const scenario = name === 'save' && !spoil ? CARELESS : point.scenario;
    const found = await tried({ ...point, scenario }, spoil);
    if (found !== undefined) return found;
  }
  return '';
}
const replaced = (from: RegExp, to: string) => (ran: Ran) => ({
  ...ran,
  stdout: ran.stdout.replace(from, to),
});
const DEFECTS = [
  {
    what: 'a document that is said to be saved on a full disk',
    as: /the document is/,
    found: () => complaint('save', 'always:ENOSPC'),
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
];

export const crashDisk: Attack = {
  name: 'crash:disk',
  what: 'A full, broken or read-only disk at every call on a file: told with its code and with what was sent, nothing acknowledged is lost, and on a good disk it comes to its one end.',
  unit: 'failures',
  full: 1_500,
  slice: 20,
  honestIn: (count) => Math.ceil(count / 20),
  classes: SCENARIOS.flatMap(({ name }) =>
    FAILURES.flatMap((failure) => [`${name}: once:${failure}`, `${name}: always:${failure}`]),
  ),
  classesFrom: 1_500,

  async run({ seed, from, count, honest }) {
    const tally = new Tally();
    listed ??= points();
    const all = await listed;
    for (let at = from; at < from + count; at += 1) {
      const { point } = pointAt(all, seed, at);
      const { scenario, mishap } = point;
      const problem = await tried(point);
      tally.try(
        `${scenario.name}: ${mishap.how}`,
        problem && `${problem} (failure ${at} of seed ${seed}: ${mishap.how} at call ${mishap.at})`,
      );
    }
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
