/** Left with this code when the window may not be opened; 0 would tell a script that it was. */
const refusedExitCode = 2;

/** Says why on the terminal and ends at once, before a window or a process of Chromium's exists. */
export function refuseToStart(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(refusedExitCode);
}

/** Whether this is root on a system that knows one. */
export const runsAsRoot = (): boolean => process.getuid?.() === 0;
