import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { unknown } from '#shared/reading.ts';
import type { Snapshot } from '#shared/snapshot.ts';
import { keepSeen } from '#electron/site/profile/seen-keeper.ts';
import type { LastSeen, SiteLibrary } from '#electron/site/profile/site-library.ts';
import { commissioned, sampleSnapshot } from '#tests/component/sample/snapshot.ts';

function keeper(write = async () => await Promise.resolve()) {
  const kept: (LastSeen & { readonly id: string })[] = [];
  let now = new Date('2026-11-21T20:00:00.000Z').getTime();
  const library = {
    keepSeen: async (id: string, seen: LastSeen) => {
      await write();
      kept.push({ id, ...seen });
    },
  } as unknown as SiteLibrary;
  const see = keepSeen(library, 'harbour', () => new Date(now));
  return {
    kept,
    later: (seconds: number) => (now += seconds * 1000),
    see: async (snapshot: Snapshot) => {
      see(snapshot);
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    },
  };
}

const snapshot = sampleSnapshot();

describe('What was last seen of a site', () => {
  it('is kept when it was read, with the time of that reading', async () => {
    const { kept, see } = keeper();
    await see(snapshot);
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject({ id: 'harbour', at: snapshot.takenAt });
    expect(snapshot.commissioning).toMatchObject({ value: { state: kept[0]?.commissioning } });
    expect(snapshot.controllers).toMatchObject({ value: { total: kept[0]?.controllers } });
  });

  it('is kept at most once a minute, but at once where commissioning mode was switched', async () => {
    const { kept, see, later } = keeper();
    await see(sampleSnapshot({ commissioning: commissioned('on') }));
    for (let reading = 0; reading < 11; reading += 1) {
      later(5);
      await see(sampleSnapshot({ commissioning: commissioned('on') }));
    }
    expect(kept).toHaveLength(1);
    later(1);
    await see(sampleSnapshot({ commissioning: commissioned('off') }));
    expect(kept.map(({ commissioning }) => commissioning)).toEqual(['on', 'off']);
    later(60);
    await see(sampleSnapshot({ commissioning: commissioned('off') }));
    expect(kept).toHaveLength(3);
  });

  it('is not replaced by what could not be read', async () => {
    const { kept, see } = keeper();
    const nothing = unknown(failure('connection-lost'), new Date());
    await see(sampleSnapshot({ commissioning: nothing }));
    await see(sampleSnapshot({ controllers: nothing }));
    expect(kept).toEqual([]);
  });

  it('troubles nobody where it cannot be kept, and is tried again later', async () => {
    let full = true;
    const { kept, see, later } = keeper(async () => {
      if (full) throw new Error('disk');
      await Promise.resolve();
    });
    await see(snapshot);
    full = false;
    later(61);
    await see(snapshot);
    expect(kept).toHaveLength(1);
  });
});
