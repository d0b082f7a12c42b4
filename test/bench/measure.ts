import { performance } from 'node:perf_hooks';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(at)] ?? Number.NaN) + (sorted[Math.ceil(at)] ?? Number.NaN)) / 2;
}

type Work = () => unknown;

/**
 * Milliseconds of each work, the median of so many rounds. A round runs every work once, so that a load which comes
 * and goes meets all of them: what is compared was measured side by side.
 */
export async function medianMs<K extends string>(
  works: Readonly<Record<K, Work>>,
  rounds: number,
): Promise<Readonly<Record<K, number>>> {
  return inRounds(works, rounds, elapsedMs);
}

export async function elapsedMs(work: Work): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Calls per second of each synchronous work, the median of rounds as above; a turn lasts `turnMs`. */
export async function perSecond<K extends string>(
  works: Readonly<Record<K, Work>>,
  { rounds, turnMs }: { readonly rounds: number; readonly turnMs: number },
): Promise<Readonly<Record<K, number>>> {
  const turn = (work: Work) => {
    const started = performance.now();
    let calls = 0;
    let elapsed = 0;
    while (elapsed < turnMs) {
      work();
      calls += 1;
      elapsed = performance.now() - started;
    }
    return (calls * 1000) / elapsed;
  };
  // The first round is for the compiler of the engine.
  await inRounds(works, 1, turn);
  return inRounds(works, rounds, turn);
}

async function inRounds<K extends string>(
  works: Readonly<Record<K, Work>>,
  rounds: number,
  measure: (work: Work) => number | Promise<number>,
): Promise<Readonly<Record<K, number>>> {
  const entries = Object.entries<Work>(works);
  const seen = new Map<string, number[]>(entries.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of entries) seen.get(name)?.push(await measure(work));
  }
  return Object.fromEntries([...seen].map(([name, values]) => [name, median(values)])) as Record<K, number>;
}
