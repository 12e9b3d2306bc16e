import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: '.',
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // TensorFlow's native add-on can be loaded by one environment of a process only.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A machine that does other things too answers late, not wrongly.
    expect: { poll: { timeout: 20_000, interval: 100 } },
  },
});
