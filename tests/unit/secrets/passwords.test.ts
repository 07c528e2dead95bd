import { describe, expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import { isPublishedDefault, publishedDefaultOf, publishedDefaults } from '#electron/secrets/known-defaults.ts';
import { generatePassword } from '#electron/secrets/password-generator.ts';
import { judgePassword } from '#electron/secrets/password-policy.ts';

const many = Array.from({ length: 2000 }, () => generatePassword().reveal());

describe('a generated password', () => {
  it('has 40 characters of all four classes', () => {
    for (const text of many) {
      expect(text).toHaveLength(40);
      for (const each of [/[a-z]/, /[A-Z]/, /[0-9]/, /[-._+]/]) expect(text).toMatch(each);
    }
  });

  it('has no character that connection strings, shells or XML give a meaning to', () => {
    for (const text of many) expect(text).toMatch(/^[A-Za-z][A-Za-z0-9._+-]+[A-Za-z0-9]$/);
  });

  it('is never the same twice', () => {
    expect(new Set(many).size).toBe(many.length);
  });

  it('uses every character equally often', () => {
    const counts = new Map<string, number>();
    const inner = many.map((text) => text.slice(1, -1)).join('');
    for (const character of Array.from(inner)) counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(counts.size).toBe(66);
    // Chi-squared with 65 degrees of freedom; 150 is passed by chance once in a hundred million runs. The rare class of
    // punctuation is a little more frequent, because passwords without it are thrown away: left out here.
    const even = [...counts].filter(([character]) => /[A-Za-z0-9]/.test(character)).map(([, count]) => count);
    const mean = even.reduce((sum, count) => sum + count, 0) / even.length;
    expect(even.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0)).toBeLessThan(150);
  });

  it('is as long as asked, up to what SQL Server takes', () => {
    expect(generatePassword(12).reveal()).toHaveLength(12);
    expect(generatePassword(128).reveal()).toHaveLength(128);
    for (const length of [0, 11, 129, 12.5, Number.NaN]) expect(() => generatePassword(length)).toThrow(RangeError);
  });

  it('passes the policy for typed ones', () => {
    for (const text of many) expect(judgePassword(new Secret(text), 'acs_service')).toEqual([]);
  });
});

const judged = (text: string, login = 'acs_service') => judgePassword(new Secret(text), login);

describe('the policy for typed passwords', () => {
  it('asks for twelve characters of three classes', () => {
    expect(judged('Abcdefghijk1')).toEqual([]);
    expect(judged('Abcdefghij1')).toEqual(['It has fewer than 12 characters.']);
    expect(judged('abcdefghijk1')).toEqual([expect.stringContaining('fewer than 3')]);
    expect(judged('äöüÄÖÜ123456')).toEqual([]);
    expect(judged(`A1${'b'.repeat(127)}`)).toEqual(['It has more than 128 characters.']);
  });

  it('can be configured down to six characters, and no further', () => {
    expect(judgePassword(new Secret('Abcde1'), 'x', { shortest: 6, classes: 3 })).toEqual([]);
    expect(judgePassword(new Secret('Abcd1'), 'x', { shortest: 1, classes: 3 })).toEqual([
      'It has fewer than 6 characters.',
    ]);
  });

  it('refuses the name of the login, white space around it, and control characters', () => {
    expect(judged('xACS_Service123')).toEqual(['It contains the name of the login.']);
    expect(judged(' Abcdefghijk1')).toHaveLength(1);
    expect(judged('Abcdefg\thijk1')).toEqual(['It contains a control character.']);
  });

  it('does not repeat the password in what it says', () => {
    expect(judged('canary').join(' ')).not.toContain('canary');
  });
});

describe('published defaults', () => {
  it('are found by login without regard to case, and password with regard to it', () => {
    expect(isPublishedDefault('SA', new Secret(''))).toBe(true);
    expect(isPublishedDefault('lenel', new Secret('MULTIMEDIA'))).toBe(true);
    expect(isPublishedDefault('lenel', new Secret('multimedia'))).toBe(false);
    expect(isPublishedDefault('acs_service', generatePassword())).toBe(false);
    expect(isPublishedDefault('reports', new Secret('MULTIMEDIA'))).toBe(false);
  });

  it("know the training site's own, and say that it is the training site's", () => {
    expect(publishedDefaultOf('acs_service', new Secret('ChangeMe123'))?.product).toBe('The training site of Mortise');
  });

  it('each name product and source, and stand there once', () => {
    for (const each of publishedDefaults) expect([each.product, each.source]).not.toContain('');
    const keys = publishedDefaults.map(({ login, password }) => `${login.toLowerCase()}\n${password}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
