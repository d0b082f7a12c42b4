import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['governance/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
