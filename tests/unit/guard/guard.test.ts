import { describe, expect, it } from 'vitest';
import { guardPromises } from './guard-promises.ts';
import { guardedSite } from './guarded-site.ts';

describe('The guard in the database', () => {
  it.each(guardPromises)('$name', async ({ broken }) => {
    expect(await broken(await guardedSite())).toBeUndefined();
  });
});
