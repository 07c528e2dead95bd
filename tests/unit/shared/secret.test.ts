import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';

const text = 'Corr3ct-h0rse-battery';
const secret = new Secret(text);

const printings: readonly (readonly [string, () => string])[] = [
  ['String()', () => String(secret)],
  // As text that was not declared to be anything else.
  ['a template', () => `It is ${secret as unknown as string}.`],
  ['concatenation', () => ['', secret].join('')],
  ['JSON', () => JSON.stringify(secret)],
  ['JSON of an object that holds it deep inside', () => JSON.stringify({ a: [{ b: { secret } }] })],
  ['util.inspect', () => inspect(secret)],
  ['util.inspect of an object, as deep as it goes', () => inspect({ a: [{ b: { secret } }] }, { depth: null })],
  ['util.inspect with hidden properties', () => inspect({ secret }, { showHidden: true })],
  ['util.inspect in a map and a set', () => inspect([new Map([[secret, secret]]), new Set([secret])])],
  ['the format of console.log', () => format('%s %o %O %j', secret, secret, { secret }, { secret })],
  ['the cause of an error', () => inspect(new Error('It failed', { cause: secret }))],
  ['the causes below the cause', () => inspect(new Error('a', { cause: new Error('b', { cause: { secret } }) }))],
];

describe('A secret', () => {
  it.each(printings)('prints as [secret] in %s', (_how, print) => {
    expect(print()).toContain('[secret]');
    expect(print()).not.toContain(text);
  });

  it('is not printed by what looks past its own printing', () => {
    expect(inspect(secret, { customInspect: false, showHidden: true })).not.toContain(text);
    expect(JSON.stringify(Object.assign({}, secret))).toBe('{}');
    expect(Object.getOwnPropertyNames(secret)).toEqual([]);
  });

  it('is revealed only by asking for it', () => {
    expect(secret.reveal()).toBe(text);
  });

  it('equals another one with the same text, and no other', () => {
    expect(secret.equals(new Secret(text))).toBe(true);
    expect(secret.equals(new Secret(`${text} `))).toBe(false);
    expect(new Secret('').equals(new Secret(''))).toBe(true);
  });
});
