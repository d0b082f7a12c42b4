import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Mishap, type Ran, runChild } from './child.ts';
import { argvOf, type Scenario } from './scenarios.ts';
import type { History } from './world.ts';

/**
 * All that a process left: its files with their content, what it handed over and what of it landed, and what it said. Two
 * that left the same are the same to whatever comes after them.
 */
export interface Left {
  readonly files: ReadonlyMap<string, string>;
  readonly handedOver: string;
  readonly landed: number;
  readonly said: string;
  readonly code: number | null;
}

/** What is drawn by lot, or is the process's own, as one word each: nothing follows from it. */
function plain(text: string, folder: string): string {
  return text
    .replaceAll(folder, 'FOLDER')
    .replace(/(\.tmp-|\.lock\.)[0-9a-f]{16}/g, '$1RANDOM')
    .replace(/\.stale-[0-9a-f]{8}/g, '.stale-RANDOM');
}
/** Also where only the first half of it is there. */
const plainHolder = (text: string): string =>
  text
    .replace(/("pid":)\d+/, '$1PID')
    .replace(/("startedAt":")[^"]*/, '$1START')
    .replace(/("token":")[^"]*/, '$1RANDOM');

export function leftBy(history: History, { stdout, code }: Ran): Left {
  const { folder } = history;
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = plain(path, folder);
    const text = entry.isFile() ? readFileSync(path, 'latin1') : undefined;
    const holds = /\.lock/.test(name) && text !== undefined;
    files.set(name, text === undefined ? 'a folder' : holds ? plainHolder(text) : text);
  }
  return {
    files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))),
    handedOver: history.handedOver.map((bytes) => Buffer.from(bytes).toString('base64')).join(' '),
    landed: history.landed,
    said: plain(stdout, folder),
    code,
  };
}

export const keyOf = ({ files, ...rest }: Left): string => JSON.stringify([[...files], rest]);

/** @returns the first difference */
function differenceOf(one: Left, other: Left): string | undefined {
  for (const name of new Set([...one.files.keys(), ...other.files.keys()]))
    if (one.files.get(name) !== other.files.get(name)) return `${name} is not the same`;
  for (const what of ['handedOver', 'landed', 'said', 'code'] as const)
    if (one[what] !== other[what]) return `${what} is not the same`;
  return undefined;
}

/**
 * What is left, and the calls on files that came before, by name: which of two that are under way at a time comes first is left
 * to chance, as is the number of requests.
 */
export interface Place {
  readonly left: Left;
  readonly before: readonly string[];
}
export const placeOf = (history: History, ran: Ran, at: number): Place => ({
  left: leftBy(history, ran),
  before: ran.calls
    .filter(({ number, path }) => path !== '@' && number < at)
    .map(({ name, path }) => `${name} ${plain(path, history.folder)}`)
    .toSorted(),
});

/** Where other calls came before, a process is not at the same place, and another is started. */
const ATTEMPTS = 10;
/** So many of a slice may be nowhere near. */
const ELSEWHERE = 2;

/** The processes of a slice that others are compared with. */
export class Processes {
  #compared = 0;
  #elsewhere = 0;

  count(what: 'compared' | 'elsewhere'): void {
    if (what === 'compared') this.#compared += 1;
    else this.#elsewhere += 1;
  }

  /** @returns a sentence where so few came to their call that nothing follows from the others */
  get problems(): readonly string[] {
    const [compared, elsewhere] = [this.#compared, this.#elsewhere];
    return elsewhere > ELSEWHERE && elsewhere > compared
      ? [`${elsewhere} of ${elsewhere + compared} calls were reached by no process of its own`]
      : [];
  }
}

/**
 * @param how what happens to it at the same call on a file; nothing if undefined
 * @returns what a process of its own leaves otherwise
 */
export async function differenceInProcess(
  scenario: Scenario,
  history: History,
  options: {
    readonly how: Mishap['how'] | undefined;
    readonly standsMs: number;
    readonly same: Place;
    readonly processes: Processes;
  },
): Promise<string | undefined> {
  const { how, standsMs, same, processes } = options;
  const at = same.before.length + 1;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { before, left } = await history.tried(async (copy) => {
      const ran = await runChild(argvOf(scenario, copy), {
        ...{ watch: copy.folder, standsMs, filesOnly: true },
        ...(how && { mishap: { at, how } }),
      });
      return copy.shut(0, async () => placeOf(copy, ran, at));
    });
    if (before.join() !== same.before.join()) continue;
    processes.count('compared');
    const difference = differenceOf(same.left, left);
    return difference && `in a process of its own: ${difference}`;
  }
  processes.count('elsewhere');
  return undefined;
}
