import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The way over a real site: a server reached by its own profile, with secrets in a real keychain. */
export default defineConfig({
  test: {
    name: 'real site',
    environment: 'node',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['tests/real-site/**/*.test.ts'],
    globalSetup: ['tests/e2e/harness/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000, interval: 50 } },
  },
});
