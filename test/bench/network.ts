import { join } from 'node:path';
import { startHost } from '#governance/sandbox/host.ts';
import { loadPrograms, type ProgramBinary } from '#governance/sandbox/programs.ts';
import { projectRoot } from '#governance/sandbox/project.ts';
import { startSandbox } from '#governance/sandbox/start.ts';
import { runNode } from './child.ts';
import { elapsedMs, median } from './measure.ts';
import { ms, ratio, type Section } from './section.ts';
import { withFolder } from './temporary.ts';

export interface NetworkRow {
  readonly what: string;
  readonly ms: readonly number[];
}

const SLOT_MS = 50;

/** One start of each kind per round, what the others are compared with first. */
export async function networkRows(dataDir: string, rounds: number): Promise<readonly NetworkRow[]> {
  const binaries = await loadPrograms();
  const starts: Readonly<Record<string, () => Promise<number>>> = {
    '`Surfnet.startWithConfig` until it is healthy': async () =>
      Number(await runNode([join(projectRoot(), 'test/bench/bare-network.mjs')])),
    'the same in a child process, with its start (`startHost`)': () => timed(() => startHost(SLOT_MS)),
    '`startSandbox` until it is ready': () => timed(() => sandbox(dataDir, binaries)),
    'the same, with looking up the program binaries': () => timed(() => sandbox(dataDir, loadPrograms())),
  };
  const seen = new Map<string, number[]>(Object.keys(starts).map((what) => [what, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [what, start] of Object.entries(starts)) seen.get(what)?.push(await start());
  }
  return [...seen].map(([what, values]) => ({ what, ms: values }));
}

const sandbox = (dataDir: string, programs: readonly ProgramBinary[] | Promise<readonly ProgramBinary[]>) =>
  startSandbox({ dataDir, name: 'bench', programs, slotMs: SLOT_MS });

/** Milliseconds until it has started; ending it is not counted. */
async function timed(start: () => Promise<{ stop(): Promise<void> }>): Promise<number> {
  let started: { stop(): Promise<void> } | undefined;
  const elapsed = await elapsedMs(async () => {
    started = await start();
  });
  await started?.stop();
  return elapsed;
}

export const network: Section = {
  name: 'network',
  title: 'Start of the embedded network',
  async measure({ quick }) {
    const rounds = quick ? 1 : 5;
    const rows = await withFolder((folder) => networkRows(folder, rounds));
    const base = median(rows[0]?.ms ?? []);
    return {
      tables: [
        {
          columns: ['Start', 'Median', 'Least to most', '÷ bare'],
          rows: rows.map(({ what, ms: all }) => [
            what,
            ms(median(all)),
            `${ms(Math.min(...all))} to ${ms(Math.max(...all))}`,
            ratio(median(all), base),
          ]),
        },
      ],
      notes: [
        `${rounds} start(s) of each kind, in turn. A sandbox is ready with four programs, the LSTs, a council of five and the restaking program initialized. Wanted is at most one second.`,
      ],
    };
  },
};
