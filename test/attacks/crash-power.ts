import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import bs58 from 'bs58';
import { openJournal } from '#governance/chain/journal.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';
import { Random } from '#test/verify/world.ts';
import { type Attack, seedOf, Tally } from './attack.ts';
import type { Call } from './crash/files/calls.ts';
import { runChild } from './crash/files/child.ts';
import { callsOf, freshHistory } from './crash/files/matrix.ts';
import { PowerDisk } from './crash/files/power.ts';
import { argvOf, DOCUMENT, REASON, SCENARIOS, type Scenario, TEXTS } from './crash/files/scenarios.ts';

/**
 * Power that fails at any call of a real process, or of the one after a killed process: of each such moment one of the
 * states that the disk may be left in, read by the real journal.
 */

interface Recorded {
  readonly scenario: Scenario;
  readonly folder: string;
  readonly before: ReadonlyMap<string, Uint8Array>;
  readonly calls: readonly Call[];
}

function filesBelow(folder: string): ReadonlyMap<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    names
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => [path, new Uint8Array(readFileSync(path))]),
  );
}

/** A run of the scenario; of three in four an earlier process was killed at a call that is drawn. */
async function record(seed: number, number: number): Promise<Recorded> {
  const scenario = SCENARIOS[number % SCENARIOS.length] as Scenario;
  const random = new Random(seedOf(seed, number));
  const all = await callsOf(scenario);
  const writes = all.filter(({ name, path }) => name === 'write' && !path.startsWith('@')).length;
  // Half of the kills come where something was written and is not yet synced.
  const mishap =
    random.below(2) === 0
      ? ({ at: 1 + random.below(writes), how: 'written' } as const)
      : ({ at: 1 + random.below(all.length), how: 'after' } as const);
  const history = await freshHistory(scenario);
  try {
    const { folder } = history;
    const before = filesBelow(folder);
    const killed =
      random.below(4) === 0
        ? []
        : (await runChild(argvOf(scenario, history), { watch: folder, mishap })).calls;
    const { calls, code, stderr } = await runChild(argvOf(scenario, history), { watch: folder });
    if (code !== 0) throw new Error(`${scenario.name} ends with ${code} after a kill: ${stderr}`);
    return { scenario, folder, before, calls: [...killed, ...calls] };
  } finally {
    await history.end();
  }
}

/** Signature of the transaction in a request that was sent; undefined where it is none. */
function sentBy({ path, data }: Call): string | undefined {
  if (path !== '@') return undefined;
  const [, bytes] =
    /"method":"sendTransaction","params":\["([A-Za-z0-9+/=]+)"/.exec(Buffer.from(data).toString('latin1')) ??
    [];
  return bytes === undefined ? undefined : bs58.encode(Buffer.from(bytes, 'base64').subarray(1, 65));
}

/** What the world has been told by these calls, which no power failure takes back. */
interface Told {
  readonly sent: ReadonlySet<string>;
  /** By the killed process, and by the one after it; of the latter undefined until it began. */
  readonly printed: readonly [string, string | undefined];
}

/** @returns what is lost or torn in this state */
async function lostIn(
  { scenario, folder }: Recorded,
  files: ReadonlyMap<string, Uint8Array>,
  told: Told,
): Promise<string | undefined> {
  if (scenario.name === 'save')
    return documentLost(files.get(join(folder, 'data/console/sips', DOCUMENT)), told.printed);
  const journals = [...files].filter(([path]) => /\/journal[^/.]*$/.test(path));
  const written = new Set<string>();
  for (const [, bytes] of journals) {
    const ports = memoryPorts({ stored: new Map([['journal', bytes]]) });
    try {
      const journal = await openJournal(ports);
      for (const { attempts } of journal.intents())
        for (const { signed } of attempts) written.add(signed.signature);
      await journal.close();
    } catch (error) {
      return `the journal can't be opened: ${String(error)}`;
    }
  }
  for (const signature of told.sent)
    if (!written.has(signature)) return `${signature} was sent and is in no journal`;
  // Where it stood before, the reason is said not to be kept.
  const done = told.printed.some((text = '') => /\}\s*$/.test(text) && !/"already-/.test(text));
  const asksReason = scenario.keepsReason === true;
  const kept = [...files].some(([path, bytes]) => /reason/.test(path) && Buffer.from(bytes).includes(REASON));
  return done && asksReason && !kept ? 'it said that it is done, and the reason is not there' : undefined;
}

function documentLost(bytes: Uint8Array | undefined, [first, second]: Told['printed']): string | undefined {
  const saved = (text = ''): number | undefined =>
    [...text.matchAll(/saved (\d)/g)].map(([, at]) => Number(at)).at(-1);
  const last = saved(second) ?? saved(first);
  const text = bytes && Buffer.from(bytes).toString();
  if (text === undefined)
    return last === undefined ? undefined : `saved ${last}, and the document is not there`;
  const found = TEXTS.indexOf(text);
  if (found < 0) return `the document is torn: ${JSON.stringify(text.slice(0, 40))}`;
  if (last === undefined) return undefined;
  // What a process was about to say may be there; a second one begins with the first text again.
  const next = second !== undefined && saved(second) === undefined ? [last + 1, 0] : [last + 1];
  return found === last || next.includes(found)
    ? undefined
    : `saved ${last}, and the document is text ${found}`;
}

async function states(
  recorded: Recorded,
  random: Random,
  count: number,
  each: (problem: string | undefined, call: Call) => void,
): Promise<void> {
  const { folder, before, calls } = recorded;
  const wanted = new Map<number, number>();
  for (let at = 0; at < count; at += 1) {
    const moment = random.below(calls.length);
    wanted.set(moment, (wanted.get(moment) ?? 0) + 1);
  }
  const disk = new PowerDisk(folder, before);
  const sent = new Set<string>();
  const printed: [string, string | undefined] = ['', undefined];
  for (const [moment, call] of calls.entries()) {
    // Each process counts from 1.
    if (call.number === 1 && moment > 0) printed[1] ??= '';
    const speaking = printed[1] === undefined ? 0 : 1;
    disk.apply(call);
    const signature = sentBy(call);
    if (signature !== undefined) sent.add(signature);
    if (call.path === '@out')
      printed[speaking] = (printed[speaking] ?? '') + Buffer.from(call.data).toString();
    for (let times = wanted.get(moment) ?? 0; times > 0; times -= 1)
      each(await lostIn(recorded, disk.state(random), { sent, printed }), call);
  }
}

/** What a careless console would do, as calls. */
const DEFECTS: Readonly<Record<string, (calls: readonly Call[]) => readonly Call[]>> = {
  'files are not synced': (calls) =>
    calls.filter(({ name, path }) => name !== 'fsync' || !/\.(md|tmp-\w+)$|journal/.test(path)),
  'folders are not synced': (calls) =>
    calls.filter(({ name, path }) => name !== 'fsync' || /\.(md|tmp-\w+)$|journal/.test(path)),
  'nothing is synced': (calls) => calls.filter(({ name }) => name !== 'fsync'),
};
const STATES_OF_A_DEFECT = 4_000;

async function finds(seed: number, spoil: (calls: readonly Call[]) => readonly Call[]): Promise<boolean> {
  let found = false;
  for (let number = 0; number < SCENARIOS.length && !found; number += 1) {
    const recorded = await record(seed, number);
    await states(
      { ...recorded, calls: spoil(recorded.calls) },
      new Random(seed),
      STATES_OF_A_DEFECT / SCENARIOS.length,
      (problem) => {
        found ||= problem !== undefined;
      },
    );
  }
  return found;
}

export const crashPower: Attack = {
  name: 'crash:power',
  what: 'Power that fails at any call of saving, submitting, voting and executing: in every state that the disk may be left in, nothing sent or acknowledged is lost and nothing is torn.',
  unit: 'states',
  full: 100_000,
  slice: 500,
  honestIn: (count) => Math.ceil(count / 500),
  classes: SCENARIOS.map(({ name }) => name),
  classesFrom: 500 * SCENARIOS.length,

  async run({ seed, from, count, honest }) {
    const tally = new Tally();
    const number = Math.floor(from / 500);
    const recorded = await record(seed, number);
    const { scenario } = recorded;
    let at = from;
    await states(recorded, new Random(seedOf(seed, from)), count, (problem, call) => {
      tally.try(
        scenario.name,
        problem && `${problem} (state ${at} of seed ${seed}, after ${call.name} ${call.path})`,
      );
      at += 1;
    });
    for (let times = 0; times < honest; times += 1) {
      // The end of the run with nothing lost: what the process left when it was let be.
      const disk = new PowerDisk(recorded.folder, recorded.before);
      for (const call of recorded.calls) disk.apply(call);
      const sent = new Set(recorded.calls.flatMap((call) => sentBy(call) ?? []));
      const printed = recorded.calls
        .filter(({ path }) => path === '@out')
        .map(({ data }) => Buffer.from(data).toString());
      tally.accept(await lostIn(recorded, disk.whole(), { sent, printed: [printed.join(''), undefined] }));
    }
    return tally.outcome;
  },

  async missedDefects(seed) {
    const missed: string[] = [];
    for (const [what, spoil] of Object.entries(DEFECTS)) if (!(await finds(seed, spoil))) missed.push(what);
    return missed;
  },
};
