import { availableParallelism } from 'node:os';
import type { Judged, Mutant } from '../mutant.ts';
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
  /** Their files, that of the first one first. */
  readonly files: readonly string[];
  readonly hits: number;
  readonly withinMs: number;
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

/** What to try a mutant with: first what found it before, then what finds the file's other mutants at the least cost. */
class Planner {
  private readonly all: readonly string[];
  private readonly loading: ReadonlySet<string>;
  private readonly kills = new Map<string, number>();

  constructor(
    private readonly files: readonly string[],
    private readonly measured: Measured,
    private readonly finderOf: (mutant: Mutant) => string | undefined,
  ) {
    const { tests, loading } = measured;
    this.all = Object.keys(tests).sort((a, b) => tests[a]! - tests[b]!);
    this.loading = new Set(loading);
  }

  /** Come by while files are loaded, where no switch reaches a warm process. */
  isLoading({ id }: Mutant): boolean {
    return this.loading.has(id);
  }

  /** With the tests that come by. */
  warm(mutant: Mutant): Plan {
    const { covered } = this.measured;
    const mine = this.all.filter((test) => covered[test]?.[mutant.id] !== undefined);
    return this.plan(mutant, mine, this.finderOf(mutant));
  }

  /** With all of them, since what is made while loading may be used by any. */
  fresh(mutant: Mutant, finder = this.finderOf(mutant)): Plan {
    return this.plan(mutant, this.isLoading(mutant) ? this.all : this.warm(mutant).tests, finder);
  }

  private plan({ id, file }: Mutant, mine: readonly string[], before: string | undefined): Plan {
    const { tests, covered } = this.measured;
    const worth = (test: string) =>
      test === before
        ? Number.POSITIVE_INFINITY
        : (this.kills.get(`${file} ${test}`) ?? 0) / (tests[test]! + 1);
    const hits = Math.max(...mine.map((test) => covered[test]?.[id] ?? 0), 1_000) * HITS;
    const took = mine.reduce((sum, test) => sum + tests[test]!, 0);
    const ordered = [...mine].sort((a, b) => worth(b) - worth(a));
    const fileOf = (test: string) => this.files.find((name) => test.startsWith(`${name} > `));
    const files = [before ?? '', ...ordered].flatMap((test) => fileOf(test) ?? []);
    return { tests: ordered, files: [...new Set(files)], hits, withinMs: took * PATIENCE + PATIENCE_MS };
  }

  found({ file }: Mutant, test: string): void {
    const key = `${file} ${test}`;
    this.kills.set(key, (this.kills.get(key) ?? 0) + 1);
  }
}

/** Files that a process loads anew before it is ended: what was loaded stays in its memory. */
const LOADS = 120;
const LIKELY_FILES = 2;
const ATTEMPTS = 2;
const LOADING_MS = 120_000;

/** A process that holds all tests and one that loads them anew, each begun again whenever a mutant left it unfit. */
class Judge {
  private warm: Worker | null = null;
  private loader: Worker | null = null;

  constructor(
    private readonly bundle: Bundle,
    private readonly env: NodeJS.ProcessEnv,
    private readonly planner: Planner,
  ) {}

  async judged(mutant: Mutant): Promise<Judged> {
    const loading = this.planner.isLoading(mutant);
    const plan = this.planner.warm(mutant);
    if (!loading && plan.tests.length === 0) return { mutant, fate: 'no coverage' };
    const warm = plan.tests.length === 0 ? null : await this.tryWarm(mutant, plan);
    if (warm !== null && warm.fate !== 'survived' && !loading) return warm;
    // Files that are loaded anew have the last word: where memory was left changed, where no answer came in time, and
    // where the mutant acts while files are loaded. There the warm process only tells which test to begin with.
    const anew = this.planner.fresh(mutant, warm?.killedBy);
    if (warm === null || loading) return await this.tryLoading(mutant, anew);
    // Memory may have hidden it too, by what was derived without it. All files would take longer than all else together.
    return await this.tryLoading(mutant, { ...anew, files: anew.files.slice(0, LIKELY_FILES) });
  }

  end(): void {
    this.warm?.end();
    this.loader?.end();
    this.warm = this.loader = null;
  }

  private async tryWarm(mutant: Mutant, plan: Plan): Promise<Judged | null> {
    this.warm ??= new Worker(this.bundle, this.env);
    const answer = await this.warm.ask({ kind: 'try', mutant: mutant.id, ...plan }, plan.withinMs);
    if (answer?.kind === 'tried' && answer.clean) return this.told(mutant, answer.killedBy);
    this.warm.end();
    this.warm = null;
    return null;
  }

  private async tryLoading(mutant: Mutant, plan: Plan): Promise<Judged> {
    for (let nth = 1; ; nth += 1) {
      this.loader ??= new Worker(this.bundle, this.env, true);
      const withinMs = plan.withinMs + LOADING_MS;
      const answer = await this.loader.ask({ kind: 'load', mutant: mutant.id, ...plan }, withinMs);
      const fit = answer?.kind === 'tried' && answer.clean;
      if (!fit || answer.loads >= LOADS) {
        this.loader.end();
        this.loader = null;
      }
      if (fit) return this.told(mutant, answer.killedBy);
      if (nth < ATTEMPTS) continue;
      // A busy machine is slow, but hardly each time.
      if (answer?.kind !== 'tried') return { mutant, fate: 'timeout' };
      throw new Error(`Fails without a mutant, too: ${answer.killedBy}`);
    }
  }

  private told(mutant: Mutant, killedBy: string | null): Judged {
    if (killedBy === null) return { mutant, fate: 'survived' };
    this.planner.found(mutant, killedBy);
    return { mutant, fate: 'killed', killedBy };
  }
}

/**
 * @param onDone called after each mutant
 * @param finderOf the test that found it when it was last judged
 */
export async function judgeAll(
  bundle: Bundle,
  mutants: readonly Mutant[],
  measured: Measured,
  env: NodeJS.ProcessEnv,
  onDone: (judged: Judged) => void,
  finderOf: (mutant: Mutant) => string | undefined = () => undefined,
): Promise<readonly Judged[]> {
  const left = [...mutants];
  const judged: Judged[] = [];
  const planner = new Planner(
    bundle.tests.map(([name]) => name),
    measured,
    finderOf,
  );
  const one = async () => {
    const judge = new Judge(bundle, env, planner);
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
      const of = await judge.judged(mutant);
      judged.push(of);
      onDone(of);
    }
    judge.end();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, one));
  return judged;
}
