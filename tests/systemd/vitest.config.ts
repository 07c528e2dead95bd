import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Services under a real systemd, the first process of namespaces of its own: nothing of this machine is touched. */
export default defineConfig({
  test: {
    name: 'systemd',
    environment: 'node',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['tests/systemd/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
