import { describe, expect, it } from 'vitest';
import { errorCodes, failure, failureSchema } from '#shared/errors.ts';
import type { ErrorCode, Failure } from '#shared/errors.ts';
import { Secret } from '#shared/secret.ts';

type Facts = Readonly<Record<string, unknown>>;
const word = failure as unknown as (code: ErrorCode, facts: Facts) => Failure;

/** Every fact that a sentence may ask for. */
const everyFact: Facts = new Proxy({}, { get: (_target, name) => `<${String(name)}>` });

describe.each(errorCodes)('The failure %s', (code) => {
  const filled = word(code, everyFact);

  it('has a sentence and says what to do next, each a whole sentence for a person', () => {
    expect(filled.code).toBe(code);
    const ends = /[.!?)>]$/;
    expect(filled.sentence).toMatch(ends);
    expect(filled.next).toMatch(ends);
    expect(filled.next.length).toBeGreaterThan(8);
    expect(`${filled.sentence}${filled.next}`).not.toContain('!');
  });

  it('leaves no placeholder when its facts are given', () => {
    expect(`${filled.sentence} ${filled.next}`).not.toMatch(/[{}]/);
  });

  it('fits its schema, and not with a key too many', () => {
    expect(failureSchema.safeParse(filled).success).toBe(true);
    expect(failureSchema.safeParse({ ...filled, password: 'x' }).success).toBe(false);
  });
});

describe('A failure', () => {
  it('never prints a secret that was given for a fact', () => {
    const secret = new Secret('hunter2hunter2');
    for (const code of errorCodes) {
      const facts: Facts = new Proxy({}, { get: () => secret });
      expect(JSON.stringify(word(code, facts)), code).not.toContain('hunter2');
    }
  });

  it('names the facts of the case', () => {
    expect(failure('service-did-not-stop', { service: 'AcsService', seconds: 20 }).sentence).toBe(
      'The service AcsService did not stop within 20 s.',
    );
  });

  it('takes a fact as it is, even one that looks like a placeholder or a replacement pattern', () => {
    const facts = { holder: '{since} $& $1', since: 'noon' };
    expect(failure('busy', facts).sentence).toBe('{since} $& $1 is changing this site since noon.');
  });

  it('is one of the closed list', () => {
    expect(failureSchema.safeParse({ code: 'no-such-code', sentence: 'a', next: 'b' }).success).toBe(false);
    expect(new Set(errorCodes).size).toBe(errorCodes.length);
  });
});
