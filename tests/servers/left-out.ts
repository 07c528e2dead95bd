import type { Reporter, TestModule } from 'vitest/node';
import { onRealServer } from './servers.ts';

/** Says at the end of a run how many tests only a real SQL Server could have shown, and how to have them shown. */
export class LeftOutReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const left = modules.flatMap((module) =>
      [...module.children.allTests()].filter(
        (test) => test.fullName.startsWith(onRealServer) && test.result().state === 'skipped',
      ),
    );
    if (left.length > 0)
      process.stdout.write(
        `\nnot shown: ${left.length} (no SQL Server). MORTISE_TEST_SQLSERVER names one: the connection string of a disposable server.\n`,
      );
  }
}
