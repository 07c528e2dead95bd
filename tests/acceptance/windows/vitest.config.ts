import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What only a real Windows machine with SQL Server can show, one after another: it is one machine, and one firewall. */
export default defineConfig({
  test: {
    name: 'windows',
    environment: 'node',
    root: fileURLToPath(new URL('../../..', import.meta.url)),
    include: ['tests/acceptance/windows/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
});
