import { describe, expect, it } from 'vitest';
import { guardPromises } from '#tests/unit/guard/guard-promises.ts';
import { guardOverTheWire } from './guarded-over-the-wire.ts';
import { servers } from './servers.ts';

describe.each(servers)('$name, the guard', ({ open }) => {
  it.skipIf(open === undefined).each(guardPromises)('$name', async ({ broken }) => {
    const server = await open?.();
    if (server === undefined) throw new Error('There is no server.');
    try {
      const guard = await guardOverTheWire(server);
      try {
        expect(await broken(guard.site)).toBeUndefined();
      } finally {
        await guard.close();
      }
    } finally {
      await server.close();
    }
  });
});
