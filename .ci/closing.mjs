// Adds up the counts of every test run and prints the closing line. A stage that failed without a failed test counts as
// one. A test left out is a failure, except those that only a real SQL Server can show: they are counted by themselves.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, failedStages] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;
let notShown = 0;
for (const name of readdirSync(folder)) {
  const report = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const left = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(
      ({ status, fullName }) =>
        status !== 'passed' && status !== 'failed' && fullName.startsWith('On a real SQL Server'),
    );
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests - left.length;
  notShown += left.length;
}
if (failed === 0) failed = Number(failedStages);
if (notShown > 0) console.log(`not shown: ${notShown} (no SQL Server)`);
if (skipped > 0) console.log(`left out: ${skipped}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 && skipped === 0 ? 0 : 1;
