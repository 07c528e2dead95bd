import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The parts that only Windows runs, under Wine: a Node for Windows runs a bundle of their code and of their tests. */
export default defineConfig({
  test: {
    name: 'wine',
    environment: 'node',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['tests/wine/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
