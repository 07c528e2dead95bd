import { defineConfig } from 'vitest/config';
import { LeftOutReporter } from './tests/servers/left-out.ts';

/** Two kinds of tests: those of the privileged side run in Node, those of the screens in jsdom. */
export default defineConfig({
  test: {
    reporters: ['default', new LeftOutReporter()],
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/{unit,contract,lockdown,servers}/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'screens',
          environment: 'jsdom',
          include: ['tests/component/**/*.test.tsx'],
          setupFiles: ['tests/component/setup.ts'],
          testTimeout: 30_000,
        },
      },
    ],
  },
});
