import { Random } from '#test/verify/world.ts';
import { seedOf } from '../../attack.ts';
import type { Call } from './calls.ts';
import { type Mishap, type Ran, runChild } from './child.ts';
import { argvOf, SCENARIOS, type Scenario } from './scenarios.ts';
import { CrashWorld, type History } from './world.ts';

/** Every call of every scenario, each with what can happen to it. */
export interface Point {
  readonly scenario: Scenario;
  readonly mishap: Mishap;
}

/** A world grows with each history: what the console looks through would grow too. */
const HISTORIES_PER_WORLD = 25;
let world: CrashWorld | undefined;
let histories = 0;

export async function freshHistory(scenario: Scenario): Promise<History> {
  if (world === undefined || histories >= HISTORIES_PER_WORLD) await freshWorld();
  histories += 1;
  return scenario.prepare(world as CrashWorld);
}

async function freshWorld(): Promise<void> {
  await world?.close();
  world = new CrashWorld();
  histories = 0;
}

/** A history in a world of its own, for many tries of which none is seen by the next (`History.tried`). */
export async function staged(scenario: Scenario, work: (history: History) => Promise<void>): Promise<void> {
  await freshWorld();
  const history = await freshHistory(scenario);
  try {
    await work(history);
  } finally {
    await history.end();
  }
}

/** Runs the scenario's process, looks at what it left with `look`, and clears up. */
export async function played<T>(
  scenario: Scenario,
  mishap: Mishap | undefined,
  look: (history: History, ran: Ran) => Promise<T> | T,
): Promise<T> {
  const history = await freshHistory(scenario);
  try {
    const ran = await runChild(argvOf(scenario, history), {
      watch: history.folder,
      ...(mishap && { mishap }),
    });
    return await look(history, ran);
  } finally {
    await history.end();
  }
}

const traces = new Map<Scenario, Promise<readonly Call[]>>();
/** The calls of an undisturbed run. */
export function callsOf(scenario: Scenario): Promise<readonly Call[]> {
  const known = traces.get(scenario);
  if (known) return known;
  const made = played(scenario, undefined, (_, { code, calls, stderr }) => {
    if (code !== 0) throw new Error(`${scenario.name} ends with ${code} undisturbed: ${stderr}`);
    return calls;
  });
  traces.set(scenario, made);
  return made;
}

export async function pointsOf(hows: (call: Call) => readonly Mishap['how'][]): Promise<readonly Point[]> {
  const points: Point[] = [];
  for (const scenario of SCENARIOS)
    for (const call of await callsOf(scenario))
      for (const how of hows(call)) points.push({ scenario, mishap: { at: call.number, how } });
  return points;
}

/** A prime, so that the first points come from everywhere. */
const SPREAD = 7919;
/** The point of this try; behind the end of the list it begins anew, and then a second mishap is drawn. */
export function pointAt(
  points: readonly Point[],
  seed: number,
  at: number,
): { readonly point: Point; readonly lap: number; readonly random: Random } {
  const place = ((at % points.length) * SPREAD) % points.length;
  const point = points[place];
  if (!point) throw new Error('there are no points');
  return { point, lap: Math.floor(at / points.length), random: new Random(seedOf(seed, at)) };
}
