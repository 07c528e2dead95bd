import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Real packets between hosts in network namespaces of their own: nothing of this machine's network is touched. */
export default defineConfig({
  test: {
    name: 'network',
    environment: 'node',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['tests/network/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
