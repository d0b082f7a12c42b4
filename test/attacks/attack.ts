/** What an attack is: tries that all have to fail, drawn from a seed, and the same seed makes the same tries on any number of cores. */

/** A run of tries with consecutive numbers; every try draws from a seed of its own, made of `seed` and its number. */
export interface Slice {
  readonly seed: number;
  /** Number of its first try, from 0. */
  readonly from: number;
  readonly count: number;
  /** Honest cases beside them, which all have to pass. */
  readonly honest: number;
}

export interface Outcome {
  /** Tries made, by class. */
  readonly tried: Readonly<Record<string, number>>;
  /** A sentence for each try that was not stopped as it should have been, with what makes it again. */
  readonly broken: readonly string[];
  /** A sentence for each honest case that was refused. */
  readonly refused: readonly string[];
  readonly honest: number;
}

export interface Attack {
  /** As its command is called: `attack:bytes`. */
  readonly name: string;
  /** One sentence: what is tried, and what must not happen. */
  readonly what: string;
  /** What one try is called, in the plural. */
  readonly unit: string;
  /** Tries of a full run. */
  readonly full: number;
  /** A matrix: always `full` tries, whatever `--n` says. */
  readonly fixed?: true;
  /** Tries of a slice: small enough to show progress, large enough that what it sets up does not count. */
  readonly slice: number;
  /** Honest cases of a slice of `count` tries. */
  honestIn(count: number): number;
  /** At most so many slices at once; as many as there are cores if left out. */
  readonly workers?: number;
  /** Every class that a run of at least `full` or `classesFrom` tries has to apply. */
  readonly classes: readonly string[];
  /** From so many tries on a class that was never applied is a failure. */
  readonly classesFrom: number;
  run(slice: Slice): Outcome | Promise<Outcome>;
  /** The control run: the planted defects that these tries do not find, empty when the attack works. */
  missedDefects(seed: number): readonly string[] | Promise<readonly string[]>;
}

/** Collects an outcome while a slice runs. */
export class Tally {
  private readonly tried: Record<string, number> = {};
  private readonly broken: string[] = [];
  private readonly refused: string[] = [];
  private honest = 0;

  /** @param problem undefined when it was stopped as it should be */
  try(name: string, problem: string | undefined): void {
    this.count(name, 1);
    if (problem !== undefined) this.broken.push(`${name}: ${problem}`);
  }

  /** Tries that another program made and judged. */
  count(name: string, times: number): void {
    if (times > 0) this.tried[name] = (this.tried[name] ?? 0) + times;
  }

  /** What that program found not stopped. */
  found(problems: readonly string[]): void {
    this.broken.push(...problems);
  }

  /** @param problem undefined when it passed as it should */
  accept(problem: string | undefined): void {
    this.honest += 1;
    if (problem !== undefined) this.refused.push(problem);
  }

  get outcome(): Outcome {
    return { tried: this.tried, broken: this.broken, refused: this.refused, honest: this.honest };
  }
}

/** A seed for the try with this number. */
export const seedOf = (seed: number, at: number): number =>
  (Math.imul(seed, 0x9e3779b1) ^ (at * 7919 + 1)) >>> 0;
