import fc from 'fast-check';
import { switches } from '../switches.ts';
import { collect, collectedTests } from './vitest.ts';

/** Of the property tests, so that a mutant meets the same fate each time. */
const SEED = 1;

/**
 * A process that holds all tests in memory. Asked to run some of them with one mutant switched on, it stops at the first
 * that fails; then it runs that one without the mutant, since a mutant may have left a changed memory behind.
 */

export interface Setup {
  readonly tests: readonly (readonly [name: string, module: string])[];
  readonly first: string | null;
}

export type Task =
  | {
      readonly kind: 'measure';
      /** Of the tests that are not used: part of a regular expression. */
      readonly leftOut: string | null;
    }
  | {
      readonly kind: 'try';
      readonly mutant: string;
      readonly tests: readonly string[];
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
  | { readonly kind: 'tried'; readonly killedBy: string | null; readonly clean: boolean };

async function failure(id: string): Promise<string | null> {
  try {
    await collectedTests().get(id)!.run();
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

async function measure(leftOut: string | null): Promise<Measured> {
  const tests: Record<string, number> = {};
  const failed: string[] = [];
  for (const id of collectedTests().keys()) {
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

async function attempt(task: Extract<Task, { kind: 'try' }>): Promise<Answer> {
  switches.activeMutant = task.mutant;
  switches.hitLimit = task.hits;
  for (const id of task.tests) {
    switches.hitCount = 0;
    if ((await failure(id)) === null) continue;
    switches.activeMutant = undefined;
    return { kind: 'tried', killedBy: id, clean: (await failure(id)) === null };
  }
  switches.activeMutant = undefined;
  return { kind: 'tried', killedBy: null, clean: true };
}

const answer = (message: Answer) => void process.send!(message);

const setup = JSON.parse(process.argv[2]!) as Setup;
fc.configureGlobal({ seed: SEED });
if (setup.first !== null) await import(setup.first);
process.on('message', (task: Task) => {
  void (task.kind === 'measure'
    ? measure(task.leftOut).then((measured) => answer({ kind: 'measured', measured }))
    : attempt(task).then(answer));
});
for (const [name, module] of setup.tests) await collect(name, () => import(module));
answer({ kind: 'ready' });
