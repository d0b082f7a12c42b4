import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { switches } from '../switches.ts';
import { type CollectedTest, collect } from './vitest.ts';

/** Of the property tests, so that a mutant meets the same fate each time. */
const SEED = 1;

/**
 * A process that holds all tests in memory, or none and loads them as it is asked. Asked to run some of them with one
 * mutant switched on, it stops at the first that fails; then it runs that one without the mutant, since a mutant may have
 * left a changed memory behind.
 */

export interface Setup {
  readonly tests: readonly (readonly [name: string, module: string])[];
  readonly first: string | null;
  /** For Node's module loader: see again.ts. */
  readonly again: string;
  /** Nothing is loaded before it is asked for. */
  readonly empty: boolean;
}

export type Task =
  | {
      readonly kind: 'measure';
      /** Of the tests that are not used: part of a regular expression. */
      readonly leftOut: string | null;
    }
  | {
      /** With what is in memory, or with each file loaded anew while the mutant is switched on. */
      readonly kind: 'try' | 'load';
      readonly mutant: string;
      readonly tests: readonly string[];
      /** Names of their files, in the order in which they are loaded. */
      readonly files: readonly string[];
      /** How often the mutant's place may be come by: a loop that no longer ends is cut off there. */
      readonly hits: number;
    };

export interface Measured {
  /** Milliseconds of each test. */
  readonly tests: Readonly<Record<string, number>>;
  readonly failed: readonly string[];
  /** By test, how often it comes by each mutant. */
  readonly covered: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Mutants come by while the files were loaded. */
  readonly loading: readonly string[];
}

export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'measured'; readonly measured: Measured }
  | {
      readonly kind: 'tried';
      readonly killedBy: string | null;
      readonly clean: boolean;
      /** Files loaded so far, none of which can be forgotten. */
      readonly loads: number;
    };

type Tests = ReadonlyMap<string, CollectedTest>;
const collected = new Map<string, CollectedTest>();
let loads = 0;

async function failure(id: string, tests: Tests = collected): Promise<string | null> {
  try {
    await tests.get(id)!.run();
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

async function measure(leftOut: string | null): Promise<Measured> {
  const tests: Record<string, number> = {};
  const failed: string[] = [];
  for (const id of collected.keys()) {
    if (leftOut !== null && new RegExp(leftOut).test(id)) continue;
    switches.currentTestId = id;
    const from = performance.now();
    const problem = await failure(id);
    if (problem !== null) failed.push(`${id}: ${problem}`);
    tests[id] = performance.now() - from;
  }
  switches.currentTestId = undefined;
  const { perTest, static: loading } = switches.mutantCoverage ?? { perTest: {}, static: {} };
  return { tests, failed, covered: perTest, loading: Object.keys(loading) };
}

type Attempt = Extract<Task, { kind: 'try' | 'load' }>;

async function attempt(task: Attempt): Promise<Answer> {
  switches.activeMutant = task.mutant;
  switches.hitLimit = task.hits;
  for (const id of task.tests) {
    switches.hitCount = 0;
    if ((await failure(id)) === null) continue;
    switches.activeMutant = undefined;
    return { kind: 'tried', killedBy: id, clean: (await failure(id)) === null, loads };
  }
  switches.activeMutant = undefined;
  return { kind: 'tried', killedBy: null, clean: true, loads };
}

/** The first of a file's tests that fails, each of its modules loaded anew. A file that cannot be loaded has failed. */
async function failing(name: string, ids: readonly string[]): Promise<string | null> {
  loads += 1;
  const [, module] = setup.tests.find(([of]) => of === name)!;
  let tests: Tests;
  try {
    tests = await collect(name, () => import(`${pathToFileURL(module).href}?${loads}`));
  } catch {
    return `${name} > `;
  }
  for (const id of ids) {
    switches.hitCount = 0;
    if (id.startsWith(`${name} > `) && (await failure(id, tests)) !== null) return id;
  }
  return null;
}

async function attemptLoading({ mutant, hits, files, tests }: Attempt): Promise<Answer> {
  for (const name of files) {
    Object.assign(switches, { activeMutant: mutant, hitLimit: hits, hitCount: 0 });
    const killedBy = await failing(name, tests);
    switches.activeMutant = undefined;
    if (killedBy === null) continue;
    const clean =
      (await failing(
        name,
        [killedBy].filter((id) => tests.includes(id)),
      )) === null;
    return { kind: 'tried', killedBy, clean, loads };
  }
  return { kind: 'tried', killedBy: null, clean: true, loads };
}

const answer = (message: Answer) => void process.send!(message);

const setup = JSON.parse(process.argv[2]!) as Setup;
fc.configureGlobal({ seed: SEED });
register(pathToFileURL(setup.again).href);
if (setup.first !== null) await import(setup.first);
process.on('message', (task: Task) => {
  void (task.kind === 'measure'
    ? measure(task.leftOut).then((measured) => answer({ kind: 'measured', measured }))
    : (task.kind === 'try' ? attempt(task) : attemptLoading(task)).then(answer));
});
if (!setup.empty)
  for (const [name, module] of setup.tests)
    for (const [id, test] of await collect(name, () => import(module))) collected.set(id, test);
answer({ kind: 'ready' });
