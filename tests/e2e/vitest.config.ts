import { defineConfig } from 'vitest/config';

/** The real window and the real preview, one after the other: they share a display and the machine. */
export default defineConfig({
  test: {
    name: 'end to end',
    environment: 'node',
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: ['tests/e2e/harness/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The screen follows main a moment later.
    expect: { poll: { timeout: 15_000, interval: 50 } },
  },
});
