import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '#governance/sandbox/project.ts';
import { startDisplay } from '#test/app/support/display.ts';
import { prepared } from '#test/app/support/prepared.ts';
import { median } from '../measure.ts';
import { figure, ms, type Section } from '../section.ts';
import { gzippedBytes, startFiles } from './assets.ts';
import { freshHome, type Started, start } from './start.ts';

const BARE = 'test/bench/desktop/bare';
/** Until what starts with a window has come to rest. */
const REST_MS = 3_000;
const MIB = 2 ** 20;

interface Live {
  /** The engine says that the network is up; then the inbox shows its first row. */
  readonly readyAt: number;
  readonly rowsAt: number;
}

/** In the page: asks as the window does, and looks for the inbox's first row at each frame. */
const LIVE = `(async () => {
  let readyAt = 0;
  for (;;) {
    if (readyAt === 0) {
      const state = await council.call('state.read', {});
      if (state.ok && state.value.phase === 'ready') readyAt = performance.timeOrigin + performance.now();
    }
    if (readyAt > 0 && document.querySelector('.row')) return { readyAt, rowsAt: performance.timeOrigin + performance.now() };
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
})()`;

/** In the page: clicks through the screens; milliseconds from each click to the frame after its screen stands there. */
const CLICKS = `(async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const times = [];
  for (let round = 0; round < 6; round += 1)
    for (const link of document.querySelectorAll('a.nav')) {
      const before = performance.now();
      link.click();
      while (!link.matches('[aria-current="page"]')) await frame();
      await frame();
      times.push(performance.now() - before);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  return times;
})()`;

export const desktop: Section = {
  name: 'desktop',
  title: 'The window beside a bare Electron window',
  async measure({ quick }) {
    const rounds = quick ? 1 : 9;
    const display = await startDisplay({ width: 1400, height: 1000 });
    try {
      const [ours, bare] = [await prepared(), await prepared(join(projectRoot(), BARE))];
      const seen = {
        bareMs: [] as number[],
        firstMs: [] as number[],
        againMs: [] as number[],
        liveMs: [] as number[],
      };
      const memory = { bare: [] as number[], ours: [] as number[] };
      const clicks: number[] = [];
      const home = freshHome();
      for (let round = 0; round < rounds; round += 1) {
        await turn(await start(bare, display, freshHome()), async (window) => {
          seen.bareMs.push(window.paintedAt - window.spawnedAt);
          await delay(REST_MS);
          memory.bare.push(window.memoryBytes());
        });
        await turn(await start(ours, display, freshHome()), async (window) => {
          seen.firstMs.push(window.paintedAt - window.spawnedAt);
        });
        await turn(await start(ours, display, home), async (window) => {
          seen.againMs.push(window.paintedAt - window.spawnedAt);
          const { readyAt, rowsAt } = (await window.page.evaluate(LIVE)) as Live;
          seen.liveMs.push(rowsAt - readyAt);
          await delay(REST_MS);
          memory.ours.push(window.memoryBytes());
          clicks.push(...((await window.page.evaluate(CLICKS)) as number[]));
        });
      }
      rmSync(home, { recursive: true, force: true });
      const renderer = join(ours.app, 'out', 'renderer');
      const files = startFiles(renderer);
      const bareMs = median(seen.bareMs);
      const more = (median(memory.ours) - median(memory.bare)) / MIB;
      const sorted = [...clicks].sort((a, b) => a - b);
      const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
      const kib = gzippedBytes(renderer, files) / 1024;
      const row = (what: string, found: string, wanted: string, met: boolean) => [
        what,
        found,
        wanted,
        met ? 'yes' : 'no',
      ];
      const times = (values: readonly number[]) => median(values) / bareMs;
      return {
        tables: [
          {
            columns: ['What', 'Measured', 'Wanted', 'Met'],
            rows: [
              row('bare window, first paint', ms(bareMs), '', true),
              row(
                'window, first paint, later start',
                `${figure(times(seen.againMs))} × bare`,
                '≤ 1.25 ×',
                times(seen.againMs) <= 1.25,
              ),
              row(
                'skeleton, first start ever',
                `${figure(times(seen.firstMs))} × bare`,
                '≤ 2.0 ×',
                times(seen.firstMs) <= 2,
              ),
              row(
                'live data after the network is ready',
                ms(median(seen.liveMs)),
                '≤ 300 ms',
                median(seen.liveMs) <= 300,
              ),
              row('memory above bare, without the network', `${figure(more)} MiB`, '≤ 80 MiB', more <= 80),
              row(
                `JavaScript at start, gzipped, ${files.length} file(s)`,
                `${figure(kib)} KiB`,
                '≤ 350 KiB',
                kib <= 350,
              ),
              row('click to screen, 95 of 100', ms(p95), '≤ 100 ms', p95 <= 100),
            ],
          },
        ],
        notes: [
          `Median of ${rounds} start(s) of each kind, in turn, from the making of the process to the first contentful paint that Chromium reports; as a user who is not root, with the sandbox on, under a virtual display and without a graphics card. ${clicks.length} clicks.`,
          'Not measured: an inbox from cache (there is none), a list of 10,000 proposals, stalls of the main process.',
        ],
      };
    } finally {
      await display.stop();
    }
  },
};

async function turn(window: Started, look: (window: Started) => Promise<void>): Promise<void> {
  try {
    await look(window);
  } finally {
    await window.end();
  }
}
