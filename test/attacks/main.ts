import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { attackBytes, CLASSES, missedDefects, type Outcome, type Slice } from './bytes.ts';

const USAGE = `npm run attack:bytes -- [--n COUNT] [--seed S] [--json]
  --n     how many mutated proposals, and a hundredth of them honest ones (1,000,000 if left out)
  --seed  of everything that is drawn by lot (1 if left out)
`;
/** One message of a worker: small enough to show progress, large enough that drawing its bases does not count. */
const SLICE = 5_000;
const FULL = 1_000_000;
const HONEST_SHARE = 100;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        n: { type: 'string', default: String(FULL) },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
      },
    });
    const count = Number(values.n);
    const known = positionals.length === 1 && positionals[0] === 'bytes';
    if (!known || !Number.isSafeInteger(count) || count < 1 || !/^\d{1,9}$/.test(values.seed))
      return undefined;
    return { count, seed: Number(values.seed), json: values.json };
  } catch {
    return undefined;
  }
}

/** Slices with seeds of their own: the same seed makes the same proposals, however many cores there are. */
function slicesOf(count: number, seed: number): readonly Slice[] {
  const slices: Slice[] = [];
  for (let from = 0; from < count; from += SLICE) {
    const mutated = Math.min(SLICE, count - from);
    slices.push({ seed: seed * 10_000_019 + from, mutated, honest: Math.ceil(mutated / HONEST_SHARE) });
  }
  return slices;
}

async function inWorkers(slices: readonly Slice[], onDone: () => void): Promise<readonly Outcome[]> {
  const left = [...slices];
  const outcomes: Outcome[] = [];
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: 'bytes' });
      const next = () => {
        const slice = left.shift();
        if (slice) worker.postMessage(slice);
        else void worker.terminate().then(() => resolve());
      };
      worker.on('message', (outcome: Outcome) => {
        outcomes.push(outcome);
        onDone();
        next();
      });
      worker.once('error', reject);
      next();
    });
  await Promise.all(Array.from({ length: Math.min(cpus().length, slices.length) }, one));
  return outcomes;
}

async function main(): Promise<number> {
  const asked = readArguments();
  if (asked === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { count, seed, json } = asked;
  const from = performance.now();
  const slices = slicesOf(count, seed);
  let done = 0;
  const outcomes = await inWorkers(slices, () => {
    done += 1;
    if (done % 20 === 0) process.stderr.write(`${done} of ${slices.length} slices\n`);
  });
  const byClass: Record<string, number> = Object.fromEntries(CLASSES.map((name) => [name, 0]));
  for (const outcome of outcomes)
    for (const [name, times] of Object.entries(outcome.byClass)) byClass[name] = (byClass[name] ?? 0) + times;
  const all = (pick: (outcome: Outcome) => readonly string[]) => outcomes.flatMap(pick);
  const result = {
    attack: 'bytes',
    seed,
    mutated: count,
    classes: CLASSES.length,
    byClass,
    accepted: all(({ accepted }) => accepted),
    misnamed: all(({ misnamed }) => misnamed),
    honest: outcomes.reduce((sum, { honest }) => sum + honest, 0),
    refused: all(({ refused }) => refused),
    unused: Object.entries(byClass).flatMap(([name, times]) => (times === 0 ? [name] : [])),
    plantedMissed: missedDefects(seed),
    seconds: Math.round((performance.now() - from) / 100) / 10,
  };
  const lists = [result.accepted, result.misnamed, result.refused, result.unused, result.plantedMissed];
  const held = lists.every((list) => list.length === 0);
  process.stdout.write(json ? `${JSON.stringify({ ...result, held })}\n` : textOf(result, held));
  return held ? 0 : 1;
}

function textOf(
  r: {
    readonly seed: number;
    readonly mutated: number;
    readonly classes: number;
    readonly byClass: Readonly<Record<string, number>>;
    readonly honest: number;
    readonly seconds: number;
  } & Readonly<Record<'accepted' | 'misnamed' | 'refused' | 'unused' | 'plantedMissed', readonly string[]>>,
  held: boolean,
): string {
  const worst = (what: string, list: readonly string[]) =>
    `${what.padEnd(34)}${list.length}${list.length > 0 ? `: ${list.slice(0, 5).join('; ')}` : ''}\n`;
  return [
    ...Object.entries(r.byClass).map(([name, times]) => `  ${String(times).padStart(8)}  ${name}\n`),
    `seed ${r.seed}: ${r.mutated} mutated proposals of ${r.classes} classes, ${r.honest} honest ones, ${r.seconds} s\n`,
    worst('mutated, called a match', r.accepted),
    worst('mutated, called something else', r.misnamed),
    worst('honest, refused', r.refused),
    worst('classes never applied', r.unused),
    worst('planted defects not found', r.plantedMissed),
    held ? 'held\n' : 'NOT held\n',
  ].join('');
}

if (isMainThread) process.exit(await main());
else if (workerData === 'bytes')
  parentPort?.on('message', (slice: Slice) => parentPort?.postMessage(attackBytes(slice)));
