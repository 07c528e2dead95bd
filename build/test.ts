import { spawnSync } from 'node:child_process';
import path from 'node:path';

// npm test: everything that has to hold before a change is kept, in the order of how soon it answers.

const root = path.join(import.meta.dirname, '..');

interface Stage {
  readonly name: string;
  /** The tool's own script in its package, run with this Node. */
  readonly script: string;
  readonly args: readonly string[];
}

const stages: readonly Stage[] = [
  { name: 'lint', script: 'oxlint/bin/oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'format', script: 'oxfmt/bin/oxfmt', args: ['--check'] },
  { name: 'types', script: 'typescript/bin/tsc', args: ['-p', 'tsconfig.json', '--noEmit'] },
  { name: 'tests', script: 'vitest/vitest.mjs', args: ['run', ...process.argv.slice(2)] },
];

const results = stages.map(({ name, script, args }) => {
  console.log(`\n── ${name}`);
  const began = performance.now();
  const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  return { name, held: status === 0, seconds: (performance.now() - began) / 1000 };
});

const failed = results.filter((result) => !result.held);
const summary = results.map(
  ({ name, held, seconds }) => `${name} ${held ? 'holds' : 'FAILS'} (${seconds.toFixed(1)} s)`,
);
console.log(`\n── ${summary.join(', ')}`);
console.log(
  failed.length === 0 ? 'Everything holds.' : `Not everything holds: ${failed.map(({ name }) => name).join(', ')}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
