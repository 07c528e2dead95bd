import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Programs that others wrote, run against ours. They are not on every machine: see `peer.ts`. */
export default defineConfig({
  test: {
    name: 'peers',
    environment: 'node',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['tests/peers/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A build and a run each want a processor of their own.
    fileParallelism: false,
  },
});
