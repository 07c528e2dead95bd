import { describe, expect, it } from 'vitest';
import { isLocalOnly, openToOthers } from '#electron/listeners/local-only.ts';

describe('A listener', () => {
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '::1',
    '0:0:0:0:0:0:0:1',
    '0000::0001',
    '::1%lo',
    '::ffff:127.0.0.1',
    'localhost',
  ])('at %s is reached from this machine only', (address) => {
    expect(isLocalOnly({ address })).toBe(true);
    expect(openToOthers([{ address }])).toEqual([]);
  });

  it.each(['0.0.0.0', '::', '10.0.0.1', '::ffff:10.0.0.1', '::2', '1::1', 'fe80::1', 'acs', ''])(
    'at %s may be reached from another one',
    (address) => {
      expect(isLocalOnly({ address })).toBe(false);
      expect(openToOthers([{ address }])).toEqual([{ address }]);
    },
  );
});
