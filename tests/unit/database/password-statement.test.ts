import { describe, expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import { statementFailure, withoutPasswords } from '#electron/database/database-failure.ts';

const passwords = [new Secret("old'Kanarie)"), new Secret('Fjord-new_one')];
const judged = (number: number, message: string) =>
  withoutPasswords(
    statementFailure(Object.assign(new Error(message), { number }), 'acs_service'),
    passwords,
    'acs_service',
  );

describe('The failure of a statement that holds passwords', () => {
  it.each([
    [102, "Incorrect syntax near 'Kanarie'."],
    [105, "Unclosed quotation mark after the character string 'Fjord-new_one;'."],
    [102, "Incorrect syntax near 'RD-NE'."],
  ])('never quotes a part of one of them (error %i)', (number, message) => {
    const { code, sentence } = judged(number, message);
    expect(code).toBe('statement-failed');
    expect(sentence).toContain(String(number));
    expect(sentence).not.toMatch(/kanarie|fjord|rd-ne/i);
  });

  it('says everything else as the server said it', () => {
    expect(judged(15151, "Cannot alter the login 'acs_service', because it does not exist.").sentence).toContain(
      "Cannot alter the login 'acs_service', because it does not exist.",
    );
  });
});
