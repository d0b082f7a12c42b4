import { printedBy } from './calls.ts';
import type { Mishap, Ran, Stop } from './child.ts';
import { runChild } from './child.ts';
import { differenceInProcess, keyOf, leftBy, type Place, type Processes, placeOf } from './left.ts';
import { staged } from './matrix.ts';
import { argvOf, type Scenario } from './scenarios.ts';
import { runServed } from './served.ts';
import type { History } from './world.ts';

/**
 * Many kills of one process. SIGKILL leaves what the kernel has at that call, and so does a process that stands still
 * there: it is looked at as if it were dead, at every call of one run, and then goes on. Some are killed for real beside it,
 * and have to leave the same.
 */

export interface Kill {
  readonly mishap: Mishap;
  /** The process after it stands still behind this call. */
  readonly second?: number | undefined;
  /** Killed for real, too, where the call is one on a file. */
  readonly forReal: boolean;
}
/** @returns what is wrong with what a process left */
export type Judge = (scenario: Scenario, history: History, ran: Ran) => Promise<string | undefined>;

function standing(stop: Stop): Ran {
  const calls = stop.calls();
  return { code: null, stdout: printedBy(calls), stderr: '', calls };
}

/** Two that left the same have the same end: it is found out once, on a copy. */
export class Ends {
  readonly #known = new Map<string, Promise<string | undefined>>();

  constructor(
    readonly scenario: Scenario,
    readonly judge: Judge,
  ) {}

  of(history: History, ran: Ran): Promise<string | undefined> {
    return this.#once(history, ran, '', (copy) => this.judge(this.scenario, copy, ran));
  }

  /** Of the process after it, which stands still behind its call `second`. */
  ofNext(
    history: History,
    ran: Ran,
    second: number,
    options: { readonly standsMs: number; readonly dead: readonly number[] },
  ): Promise<string | undefined> {
    return this.#once(history, ran, ` ${second}`, async (copy) => {
      let found: { readonly problem: string | undefined } | undefined;
      const { scenario } = this;
      const next = await runServed(scenario.program, scenario.words(copy, 1), copy.folder, {
        ...options,
        stopAt: second,
        onStop: async (stop) => {
          if (stop.how !== 'after') return;
          found = { problem: await copy.shut(1, () => this.of(copy, standing(stop))) };
        },
      });
      if (next.code !== 0) return `the next ends with ${next.code}: ${next.stdout}${next.stderr}`;
      return found ? found.problem : this.of(copy, next);
    });
  }

  #once(
    history: History,
    ran: Ran,
    more: string,
    find: (copy: History) => Promise<string | undefined>,
  ): Promise<string | undefined> {
    const key = `${keyOf(leftBy(history, ran))}${more}`;
    const found = this.#known.get(key) ?? history.tried(find);
    this.#known.set(key, found);
    return found;
  }
}

/**
 * @param told once for each kill, with what is wrong
 * @param lateBy calls by which it stands still too late, as a planted defect
 */
export async function killAll<T extends Kill>(
  scenario: Scenario,
  kills: readonly T[],
  judge: Judge,
  processes: Processes,
  told: (kill: T, problem: string | undefined) => void,
  lateBy = 0,
): Promise<void> {
  await staged(scenario, async (history) => {
    const ends = new Ends(scenario, judge);
    // One time for all, so that they write the same.
    const standsMs = Date.now();
    const places = new Map<Kill, Place>();
    const problems = new Map<Kill, string | undefined>();
    await history.tried(async (first) => {
      const look = async (kill: Kill, ran: Ran, dead: readonly number[]): Promise<void> => {
        if (kill.forReal) places.set(kill, placeOf(first, ran, kill.mishap.at));
        const { second } = kill;
        problems.set(
          kill,
          await (second === undefined || scenario.program === 'save'
            ? ends.of(first, ran)
            : ends.ofNext(first, ran, second, { standsMs, dead })),
        );
      };
      const ran = await runChild(argvOf(scenario, first), {
        ...{ watch: first.folder, standsMs },
        async onStop(stop) {
          const here = kills.filter(
            ({ mishap: { at, how } }) => at + lateBy === stop.number && how === stop.how,
          );
          if (here.length === 0) return;
          await first.shut(0, async () => {
            const ran = standing(stop);
            for (const kill of here) await look(kill, ran, [stop.pid]);
          });
        },
      });
      if (ran.code !== 0)
        throw new Error(`${scenario.name} ends with ${ran.code}: ${ran.stdout}${ran.stderr}`);
      // What another process can't be brought to.
      for (const kill of kills)
        if (ran.calls.some(({ number, path }) => number === kill.mishap.at && path === '@'))
          places.delete(kill);
      // Those at calls that this run did not make.
      for (const kill of kills) if (!problems.has(kill)) await look(kill, ran, []);
    });
    for (const kill of kills) {
      const { how } = kill.mishap;
      const same = places.get(kill);
      const problem = problems.get(kill);
      told(
        kill,
        problem ??
          (same && (await differenceInProcess(scenario, history, { how, standsMs, same, processes }))),
      );
    }
  });
}
