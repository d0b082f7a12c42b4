import { defineConfig } from 'vitest/config';

/** The program's tests share one chain and clear it themselves: without isolation they load the SDKs once, not 23 times. */
const PROGRAM = 'test/program/**/*.test.ts';
/** Each starts an engine of its own and leaves nothing behind in the process: the SDKs are loaded once for them, too. */
const ENGINE = 'desktop/engine/services/*.test.ts';
const common = { pool: 'forks', testTimeout: 60_000, hookTimeout: 120_000 } as const;

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...common, name: 'program', include: [PROGRAM], isolate: false } },
      { test: { ...common, name: 'engine', include: [ENGINE], isolate: false } },
      {
        test: {
          ...common,
          name: 'console',
          include: [
            'governance/**/*.test.ts',
            'desktop/**/*.test.{ts,tsx}',
            'test/**/*.test.ts',
            'tools/**/*.test.ts',
          ],
          exclude: [PROGRAM, ENGINE],
          // Its ES modules import folders, which Node does not do.
          server: { deps: { inline: [/@ledgerhq/] } },
        },
      },
    ],
  },
});
