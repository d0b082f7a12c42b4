import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rehearse } from '#governance/rehearse/rehearse.ts';
import type { Stage } from '#governance/rehearse/stages.ts';
import { nowIn } from '#governance/rehearse/world.ts';
import { loadPrograms } from '#governance/sandbox/programs.ts';
import { projectRoot } from '#governance/sandbox/project.ts';
import { rehearsalWorld } from '#governance/sandbox/rehearsal-world.ts';
import { startSandbox } from '#governance/sandbox/start.ts';
import { isSipFile, parseSip, rebaseFolder } from '#governance/sip/index.ts';
import { renderTime } from '#governance/times.ts';
import { elapsedMs } from './measure.ts';
import { ms, type Section, whole } from './section.ts';
import { withFolder } from './temporary.ts';

export interface RehearsalRow {
  readonly sip: number;
  readonly title: string;
  readonly stages: number;
  readonly ms: number;
  /** The stage that took longest. */
  readonly longest: Stage;
}

export interface Rehearsed {
  readonly rows: readonly RehearsalRow[];
  readonly totalMs: number;
  readonly readyMs: number;
}

/** Every SIP of the repository once, on a fresh network. @throws where a stage is not as expected */
export async function rehearsalRows(folder: string): Promise<Rehearsed> {
  const programs = await loadPrograms();
  let sandbox: Awaited<ReturnType<typeof startSandbox>> | undefined;
  const readyMs = await elapsedMs(async () => {
    sandbox = await startSandbox({ dataDir: folder, name: 'bench', programs });
  });
  if (!sandbox) throw new Error('unreachable');
  try {
    const world = await rehearsalWorld(sandbox, join(folder, 'console'));
    try {
      const sips = rebasedSips(renderTime(await nowIn(world)).slice(0, 10));
      let stages: readonly Stage[] = [];
      const totalMs = await elapsedMs(async () => {
        ({ stages } = await rehearse(world, sips, () => {}));
      });
      const failed = stages.find(({ ok }) => !ok);
      if (failed) throw new Error(`SIP-${failed.sip}, ${failed.name}: ${failed.error?.message}`);
      const rows = sips.map(({ header: { sip, title } }) => {
        const own = stages.filter((stage) => stage.sip === sip);
        const longest = own.reduce((a, b) => (b.ms > a.ms ? b : a));
        const sum = own.reduce((total, stage) => total + stage.ms, 0);
        return { sip, title, stages: own.length, ms: sum, longest };
      });
      return { rows, totalMs, readyMs };
    } finally {
      await world.close();
    }
  } finally {
    await sandbox.stop();
  }
}

function rebasedSips(today: string) {
  const folder = join(projectRoot(), 'sips');
  const files = readdirSync(folder)
    .filter(isSipFile)
    .sort()
    .map((file) => ({ file, bytes: new Uint8Array(readFileSync(join(folder, file))) }));
  return rebaseFolder(files, today).files.map(({ file, bytes }) => {
    const { sip } = parseSip(bytes, file);
    if (sip === null) throw new Error(`${file} is not valid`);
    return sip;
  });
}

export const rehearsal: Section = {
  name: 'rehearsal',
  title: 'Rehearsal of the SIPs in sips/',
  async measure() {
    const { rows, totalMs, readyMs } = await withFolder(rehearsalRows);
    const all = rows.reduce((sum, row) => sum + row.ms, 0);
    return {
      tables: [
        {
          columns: ['SIP', 'Stages', 'Time', 'Share', 'Longest stage'],
          rows: rows.map((row) => [
            `${row.sip}`,
            `${row.stages}`,
            ms(row.ms),
            `${whole((100 * row.ms) / all)} %`,
            `${row.longest.name}, ${ms(row.longest.ms)}`,
          ]),
        },
      ],
      notes: [
        `One rehearsal of ${rows.length} SIPs, from text to epochs with every refusal on the way: ${ms(totalMs)} in all, ${ms(totalMs / rows.length)} per SIP, of which wanted is at most three seconds. The network was ready after ${ms(readyMs)}, which is not counted.`,
      ],
    };
  },
};
