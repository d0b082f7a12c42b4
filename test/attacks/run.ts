import { availableParallelism } from 'node:os';
import { parentPort, Worker } from 'node:worker_threads';
import type { Attack, Outcome, Slice } from './attack.ts';
import { ATTACKS } from './attacks.ts';

/** All slices of an attack on all cores, and what came of them. */

export interface Result {
  readonly attack: string;
  readonly what: string;
  readonly unit: string;
  readonly seed: number;
  /** Number of the first try. */
  readonly from: number;
  readonly tries: number;
  readonly tried: Readonly<Record<string, number>>;
  readonly honest: number;
  readonly broken: readonly string[];
  readonly refused: readonly string[];
  /** Classes never applied, though the run was long enough. */
  readonly unused: readonly string[];
  readonly plantedMissed: readonly string[];
  readonly seconds: number;
  readonly held: boolean;
}

function slicesOf(attack: Attack, first: number, tries: number, seed: number): readonly Slice[] {
  const slices: Slice[] = [];
  for (let from = first; from < first + tries; from += attack.slice) {
    const count = Math.min(attack.slice, first + tries - from);
    slices.push({ seed, from, count, honest: attack.honestIn(count) });
  }
  return slices;
}

/** A worker's side: does slices of the attack it was started for until it is ended. */
export async function serveSlices(name: string): Promise<void> {
  const attack = await ATTACKS[name]!();
  parentPort?.on('message', (slice: Slice) => {
    void Promise.resolve(attack.run(slice)).then(
      (outcome) => parentPort?.postMessage(outcome),
      // Thrown where nothing waits for it, so that the worker's error event tells it.
      (error: unknown) =>
        setImmediate(() => {
          throw error;
        }),
    );
  });
  parentPort?.postMessage('ready');
}

async function inWorkers(
  attack: Attack,
  slices: readonly Slice[],
  script: URL,
  onDone: () => void,
): Promise<readonly Outcome[]> {
  const left = [...slices];
  const outcomes: Outcome[] = [];
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(script, { workerData: attack.name });
      const next = () => {
        const slice = left.shift();
        if (slice) worker.postMessage(slice);
        else void worker.terminate().then(() => resolve());
      };
      worker.on('message', (message: Outcome | 'ready') => {
        if (message !== 'ready') {
          outcomes.push(message);
          onDone();
        }
        next();
      });
      worker.once('error', reject);
    });
  const workers = Math.min(attack.workers ?? availableParallelism(), slices.length);
  await Promise.all(Array.from({ length: workers }, one));
  return outcomes;
}

/** @param script what a worker is started from; it calls `serveSlices` */
export async function runAttack(
  attack: Attack,
  options: {
    readonly tries: number;
    /** Number of the first try, 0 if left out; a multiple of the attack's slice, so that pieces are what a whole run is. */
    readonly from?: number;
    readonly seed: number;
    readonly script: URL;
    readonly progress: (line: string) => void;
  },
): Promise<Result> {
  const began = performance.now();
  const { seed, from = 0 } = options;
  const tries = attack.fixed ? attack.full : options.tries;
  const slices = slicesOf(attack, from, tries, seed);
  let done = 0;
  let told = began;
  const outcomes = await inWorkers(attack, slices, options.script, () => {
    done += 1;
    if (performance.now() - told < 10_000) return;
    told = performance.now();
    options.progress(`${attack.name}: ${done} of ${slices.length} slices`);
  });
  const tried: Record<string, number> = Object.fromEntries(attack.classes.map((name) => [name, 0]));
  for (const outcome of outcomes)
    for (const [name, times] of Object.entries(outcome.tried)) tried[name] = (tried[name] ?? 0) + times;
  const broken = outcomes.flatMap((outcome) => outcome.broken);
  const refused = outcomes.flatMap((outcome) => outcome.refused);
  const unused =
    tries < attack.classesFrom
      ? []
      : Object.entries(tried).flatMap(([name, times]) => (times === 0 ? [name] : []));
  const plantedMissed = await attack.missedDefects(seed);
  return {
    attack: attack.name,
    what: attack.what,
    unit: attack.unit,
    seed,
    from,
    tries: Object.values(tried).reduce((sum, times) => sum + times, 0),
    tried,
    honest: outcomes.reduce((sum, { honest }) => sum + honest, 0),
    broken,
    refused,
    unused,
    plantedMissed,
    seconds: Math.round((performance.now() - began) / 100) / 10,
    held: [broken, refused, unused, plantedMissed].every((list) => list.length === 0),
  };
}

export function resultText(r: Result): string {
  const worst = (what: string, list: readonly string[]) =>
    `${what.padEnd(28)}${list.length}${list.length > 0 ? `: ${list.slice(0, 5).join('; ')}` : ''}\n`;
  return [
    `${r.what}\n`,
    ...Object.entries(r.tried).map(([name, times]) => `  ${String(times).padStart(9)}  ${name}\n`),
    `seed ${r.seed}${r.from > 0 ? `, from ${r.from} on` : ''}: ${r.tries} ${r.unit} of ${Object.keys(r.tried).length} classes, ${r.honest} honest ones, ${r.seconds} s\n`,
    worst('not stopped', r.broken),
    worst('honest, refused', r.refused),
    worst('classes never applied', r.unused),
    worst('planted defects not found', r.plantedMissed),
    r.held ? 'held\n' : 'NOT held\n',
  ].join('');
}
