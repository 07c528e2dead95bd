import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// One command for the acceptance on Windows. Elsewhere it says that nothing was shown, and fails: silence would read as
// success. MORTISE_WINDOWS_INSTANCE names the instance; SQLEXPRESS where it is not set.
if (process.platform !== 'win32') {
  process.stderr.write(
    'NOT SHOWN: this acceptance needs a real Windows machine with SQL Server, as an administrator. Nothing was run.\n',
  );
  process.exit(2);
}
const root = fileURLToPath(new URL('../../..', import.meta.url));
const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--config', 'tests/acceptance/windows/vitest.config.ts', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', timeout: 20 * 60_000 },
);
process.exit(status ?? 1);
