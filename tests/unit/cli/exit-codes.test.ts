import { describe, expect, it } from 'vitest';
import { errorCodes } from '#shared/errors.ts';
import type { ErrorCode } from '#shared/errors.ts';
import { serverErrorCodes } from '#shared/server-errors.ts';
import { exitCodeOf, exitCodes } from '#electron/cli/exit-codes.ts';
import { help } from '#electron/cli/help.ts';

/** What scripts rely on; whatever is not here is a plain failure. */
const promised: Partial<Record<ErrorCode, number>> = {
  'consent-refused': 3,
  'not-allowed': 3,
  'already-so': 3,
  'plan-outdated': 3,
  'not-prepared': 3,
  'login-not-rotatable': 3,
  'nothing-to-resume': 3,
  cancelled: 3,
  busy: 4,
  ...Object.fromEntries(serverErrorCodes.map((code) => [code, 5])),
  'connection-lost': 5,
  'journal-damaged': 6,
  'bad-request': 2,
};

describe('The exit code', () => {
  it.each(errorCodes)('of %s is the documented one', (code) => {
    expect(exitCodeOf(code)).toBe(promised[code] ?? 1);
  });

  it('of a failure is never that of success', () => {
    for (const code of errorCodes) expect(exitCodeOf(code)).not.toBe(exitCodes.done);
  });

  it('stays what it was: scripts rely on the numbers', () => {
    expect(exitCodes).toEqual({ done: 0, failed: 1, usage: 2, refused: 3, busy: 4, unreachable: 5, notAsItShould: 6 });
  });

  it('is explained in the help, each one', () => {
    const explained = help.slice(help.indexOf('Exit codes'));
    for (const code of Object.values(exitCodes)) expect(explained).toContain(`${code} `);
  });
});
