import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { failure } from '#shared/errors.ts';
import { known, mapReading, readingOf, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';

const at = new Date('2026-11-21T20:00:00.000Z');
const cause = failure('connection-lost');

describe('A reading', () => {
  it('is known with the time at which it was read', () => {
    expect(known(3, at)).toEqual({ state: 'known', at: '2026-11-21T20:00:00.000Z', value: 3 });
  });

  it('is unknown with its cause, and has no value at all', () => {
    expect(unknown(cause, at)).toEqual({ state: 'unknown', at: '2026-11-21T20:00:00.000Z', cause });
  });

  it('that is derived from a known one keeps the time', () => {
    expect(mapReading(known(3, at), (value) => value * 2)).toEqual(known(6, at));
  });

  it('that is derived from an unknown one stays unknown with the same cause; nothing is derived', () => {
    const from: Reading<number> = unknown(cause, at);
    const derived = mapReading(from, () => {
      throw new Error('There is nothing to derive from.');
    });
    expect(derived).toEqual(unknown(cause, at));
  });

  it('crosses the door only as one of the two', () => {
    const schema = readingOf(z.boolean());
    expect(schema.safeParse(known(false, at)).success).toBe(true);
    expect(schema.safeParse(unknown(cause, at)).success).toBe(true);
    expect(schema.safeParse({ state: 'known', at: at.toISOString() }).success).toBe(false);
    expect(schema.safeParse({ ...unknown(cause, at), value: false }).success).toBe(false);
    expect(schema.safeParse({ state: 'unknown', at: at.toISOString() }).success).toBe(false);
  });
});
