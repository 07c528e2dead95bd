import { defineConfig } from 'vitest/config';

/** Real processes, killed for real: minutes, not seconds. */
export default defineConfig({
  test: {
    include: ['tests/faults/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxConcurrency: 3,
  },
});
