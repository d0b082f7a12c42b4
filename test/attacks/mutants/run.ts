import { rmSync } from 'node:fs';
import { type Equivalent, hasReason, staleEntries } from './equivalent.ts';
import { Kept } from './kept.ts';
import type { Fate, Judged, Mutant } from './mutant.ts';
import { bundleFolder, type Prepared, prepareTypescript } from './prepare.ts';
import { prepareProgram } from './program/prepare.ts';
import { CONTROL, type Target } from './targets.ts';

/** The mutants of some targets, or some of them drawn by lot, and what the tests found of them. */

export interface TargetResult {
  readonly target: string;
  /** All there are, and how many were drawn. */
  readonly mutants: number;
  readonly drawn: number;
  readonly fates: Readonly<Record<Fate, number>>;
  /** Survivors that the list gives a reason for. */
  readonly equivalent: number;
  readonly words: number;
}

export interface Result {
  readonly seed: number;
  readonly targets: readonly TargetResult[];
  /** Survivors without a reason. */
  readonly survivors: readonly string[];
  readonly stale: readonly string[];
  /** What the control run got wrong. */
  readonly control: readonly string[];
  readonly seconds: number;
  readonly held: boolean;
}

export interface Options {
  readonly targets: readonly Target[];
  /** Of all targets together; all of them if left out. */
  readonly count?: number | undefined;
  readonly seed: number;
  /** Part of the name of those that are meant; empty for all. */
  readonly only: string;
  readonly equivalents: readonly Equivalent[];
  readonly progress: (line: string) => void;
}

const prepare = (target: Target): Promise<Prepared> =>
  target.language === 'rust' ? prepareProgram(target) : prepareTypescript(target);

/** Mulberry32: a number in [0, 1). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function drawn<T>(all: readonly T[], count: number, seed: number): readonly T[] {
  const next = random(seed);
  return all
    .map((one) => [next(), one] as const)
    .sort(([a], [b]) => a - b)
    .slice(0, count)
    .map(([, one]) => one);
}

export const nameOf = ({ file, line, kind, original, replacement }: Mutant): string =>
  `${file}:${line} ${kind}: ${original} → ${replacement || 'nothing'}`;

const survives = ({ fate }: Judged) => fate === 'survived' || fate === 'no coverage';

async function judged(target: Target, prepared: Prepared, mutants: readonly Mutant[], options: Options) {
  const kept = new Kept(target.name, prepared.hashes);
  const known: Judged[] = [];
  const open: Mutant[] = [];
  for (const mutant of mutants) {
    const fate = prepared.unviable.has(mutant.id) ? 'unviable' : kept.get(mutant);
    if (fate === undefined) open.push(mutant);
    else known.push({ mutant, fate });
  }
  options.progress(`${target.name}: ${known.length} of ${mutants.length} known from before`);
  if (open.length === 0) return known;
  let told = performance.now();
  let done = 0;
  const onDone = (one: Judged) => {
    kept.add(one);
    done += 1;
    if (performance.now() - told < 10_000) return;
    told = performance.now();
    options.progress(`${target.name}: ${done} of ${open.length} mutants`);
  };
  const fresh = await prepared.judge(open, onDone, (mutant) => kept.finderOf(mutant));
  kept.save();
  return [...known, ...fresh];
}

/** What must come of the control's mutants, else no other result means anything. */
const IN_CONTROL: readonly (readonly [original: string, replacement: string, fate: Fate])[] = [
  ['votes < 2', 'votes <= 2', 'killed'],
  ['seconds >= 60', 'seconds > 60', 'survived'],
  ['votes > 2', 'votes >= 2', 'no coverage'],
];

async function wrongInControl(): Promise<readonly string[]> {
  const { mutants, judge } = await prepareTypescript(CONTROL);
  const fates = await judge(mutants, () => {});
  return IN_CONTROL.flatMap(([original, replacement, fate]) => {
    const of = fates.find(({ mutant }) => mutant.original === original && mutant.replacement === replacement);
    return of?.fate === fate ? [] : [`${original} → ${replacement}: ${of?.fate ?? 'not there'}, not ${fate}`];
  });
}

export async function runMutants(options: Options): Promise<Result> {
  const from = performance.now();
  const prepared: (readonly [Target, Prepared])[] = [];
  try {
    const control = await wrongInControl();
    for (const target of options.targets) prepared.push([target, await prepare(target)]);
    const all = prepared.flatMap(([target, { mutants }]) => mutants.map((mutant) => ({ target, mutant })));
    const meant = all.filter(({ mutant }) => nameOf(mutant).includes(options.only));
    const chosen = drawn(meant, options.count ?? meant.length, options.seed);
    const targets: TargetResult[] = [];
    const everyone: Judged[] = [];
    for (const [target, of] of prepared) {
      const mine = chosen.filter((one) => one.target === target).map(({ mutant }) => mutant);
      const fates = await judged(target, of, mine, options);
      everyone.push(...fates);
      const count = (fate: Fate) => fates.filter((one) => one.fate === fate).length;
      targets.push({
        target: target.name,
        mutants: of.mutants.length,
        drawn: mine.length,
        fates: {
          killed: count('killed'),
          timeout: count('timeout'),
          survived: count('survived'),
          'no coverage': count('no coverage'),
          unviable: count('unviable'),
        },
        equivalent: fates.filter((one) => survives(one) && hasReason(options.equivalents, one.mutant)).length,
        words: of.words,
      });
    }
    const survivors = everyone
      .filter((one) => survives(one) && !hasReason(options.equivalents, one.mutant))
      .map(({ mutant, fate }) => `${nameOf(mutant)}${fate === 'no coverage' ? ' (no test comes by)' : ''}`)
      .sort();
    const files = new Set(options.targets.flatMap((target) => target.files));
    const stale = staleEntries(
      options.equivalents.filter(({ file }) => files.has(file)),
      all.map(({ mutant }) => mutant),
      everyone,
    );
    return {
      seed: options.seed,
      targets,
      survivors,
      stale,
      control,
      seconds: Math.round((performance.now() - from) / 100) / 10,
      held: [survivors, stale, control].every((list) => list.length === 0),
    };
  } finally {
    for (const target of [CONTROL, ...options.targets])
      rmSync(bundleFolder(target), { recursive: true, force: true });
  }
}
