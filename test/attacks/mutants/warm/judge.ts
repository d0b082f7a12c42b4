import { availableParallelism } from 'node:os';
import type { Fate, Judged, Mutant } from '../mutant.ts';
import type { Bundle } from './bundle.ts';
import { Worker } from './process.ts';
import type { Measured } from './worker.ts';

/** So many times what a test takes without a mutant, and then some. */
const PATIENCE = 5;
const PATIENCE_MS = 5_000;
/** So many times as often as without it a mutant may be come by. */
const HITS = 100;
const MEASURE_MS = 600_000;

interface Plan {
  /** In the order in which they are tried. */
  readonly tests: readonly string[];
  readonly hits: number;
  readonly withinMs: number;
  /** Come by while files are loaded, where no switch reaches a warm process. */
  readonly loading: boolean;
}

/** @throws where a test fails without any mutant */
export async function measure(bundle: Bundle, env: NodeJS.ProcessEnv, leftOut?: RegExp): Promise<Measured> {
  const worker = new Worker(bundle, env);
  try {
    const answer = await worker.ask({ kind: 'measure', leftOut: leftOut?.source ?? null }, MEASURE_MS);
    if (answer?.kind !== 'measured')
      throw new Error(`The tests could not be loaded or did not end: ${worker.said}`);
    const { failed } = answer.measured;
    if (failed.length > 0) throw new Error(`Fails without a mutant: ${failed.join('\n')}`);
    return answer.measured;
  } finally {
    worker.end();
  }
}

/** What to try a mutant with: first the tests that find the file's other mutants at the least cost. */
class Planner {
  private readonly all: readonly string[];
  private readonly loading: ReadonlySet<string>;
  private readonly kills = new Map<string, number>();

  constructor(private readonly measured: Measured) {
    const { tests, loading } = measured;
    this.all = Object.keys(tests).sort((a, b) => tests[a]! - tests[b]!);
    this.loading = new Set(loading);
  }

  plan({ id, file }: Mutant): Plan {
    const { tests, covered } = this.measured;
    const loading = this.loading.has(id);
    // What is made while loading may be used by any test.
    const mine = loading ? this.all : this.all.filter((test) => covered[test]?.[id] !== undefined);
    const worth = (test: string) => (this.kills.get(`${file} ${test}`) ?? 0) / (tests[test]! + 1);
    const hits = Math.max(...mine.map((test) => covered[test]?.[id] ?? 0), 1_000) * HITS;
    const took = mine.reduce((sum, test) => sum + tests[test]!, 0);
    const ordered = [...mine].sort((a, b) => worth(b) - worth(a));
    return { tests: ordered, hits, withinMs: took * PATIENCE + PATIENCE_MS, loading };
  }

  found({ file }: Mutant, test: string): void {
    const key = `${file} ${test}`;
    this.kills.set(key, (this.kills.get(key) ?? 0) + 1);
  }
}

/** One warm process after the other, begun again whenever a mutant left it unfit. */
class Judge {
  private worker: Worker | null = null;

  constructor(
    private readonly bundle: Bundle,
    private readonly env: NodeJS.ProcessEnv,
    private readonly planner: Planner,
  ) {}

  async fate(mutant: Mutant): Promise<Fate> {
    const plan = this.planner.plan(mutant);
    if (plan.tests.length === 0) return 'no coverage';
    const warm = plan.loading ? null : await this.tryWarm(mutant, plan);
    // A process of its own has the last word where the warm one was left with a changed memory.
    return warm ?? (await this.tryFresh(mutant, plan));
  }

  end(): void {
    this.worker?.end();
    this.worker = null;
  }

  private async tryWarm(mutant: Mutant, plan: Plan): Promise<Fate | null> {
    this.worker ??= new Worker(this.bundle, this.env);
    const answer = await this.worker.ask({ kind: 'try', mutant: mutant.id, ...plan }, plan.withinMs);
    if (answer?.kind !== 'tried') {
      this.end();
      return 'timeout';
    }
    if (!answer.clean) {
      this.end();
      return null;
    }
    if (answer.killedBy === null) return 'survived';
    this.planner.found(mutant, answer.killedBy);
    return 'killed';
  }

  private async tryFresh(mutant: Mutant, plan: Plan): Promise<Fate> {
    const fresh = new Worker(this.bundle, this.env, mutant.id);
    try {
      if (!(await fresh.ready)) return 'killed';
      const answer = await fresh.ask({ kind: 'try', mutant: mutant.id, ...plan }, plan.withinMs);
      if (answer?.kind !== 'tried') return 'timeout';
      return answer.killedBy === null ? 'survived' : 'killed';
    } finally {
      fresh.end();
    }
  }
}

/** @param onDone called after each mutant with how many are judged */
export async function judgeAll(
  bundle: Bundle,
  mutants: readonly Mutant[],
  measured: Measured,
  env: NodeJS.ProcessEnv,
  onDone: (judged: Judged) => void,
): Promise<readonly Judged[]> {
  const left = [...mutants];
  const judged: Judged[] = [];
  const planner = new Planner(measured);
  const one = async () => {
    const judge = new Judge(bundle, env, planner);
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
      const of = { mutant, fate: await judge.fate(mutant) };
      judged.push(of);
      onDone(of);
    }
    judge.end();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, one));
  return judged;
}
