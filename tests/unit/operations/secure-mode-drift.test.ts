import { describe, expect, it, vi } from 'vitest';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import { succeed } from '#shared/result.ts';
import type { SecureMode } from '#shared/secure-mode.ts';
import type { Progress, TrailEntry } from '#shared/snapshot.ts';
import type { Firewall } from '#electron/firewall/firewall.ts';
import { DriftReporter } from '#electron/operations/secure-mode/drift-reporter.ts';
import { FirewallWatch } from '#electron/operations/secure-mode/firewall-watch.ts';
import { noFirewall } from '#electron/firewall/no-firewall.ts';
import { sampleSecureMode, unknownSecureMode } from '#tests/component/sample/secure-mode.ts';
import { FakeClock } from './fakes/fake-clock.ts';

const now = new Date();
const meant = known({ since: now.toISOString(), by: 'ines' }, now);
const gone = 'The rules of secure mode are gone.';
const moved = 'TCP 1433 is no longer blocked.';

function world() {
  const entries: TrailEntry[] = [];
  const told: string[] = [];
  const reporter = () =>
    new DriftReporter({
      trail: {
        record: async (operation, phase, text) => {
          const sequence = entries.length + 1;
          const entry = { sequence, at: now.toISOString(), actor: 'ines', operation, phase, text, hash: '' };
          entries.unshift(entry);
          return await Promise.resolve(succeed(entry));
        },
        recent: (most) => entries.slice(0, most),
      },
      notify: ({ sentence }) => told.push(sentence),
    });
  return { reporter, told, texts: () => entries.map(({ text }) => text).toReversed() };
}

const seen = (drift: string[], different: Partial<SecureMode> = {}) => ({
  secureMode: sampleSecureMode({ meant, drift, ...different }),
  operation: null,
});

describe('Drift of secure mode is told', () => {
  it('once when it comes, again when it is another one, and when it is over', async () => {
    const { reporter, told, texts } = world();
    const one = reporter();
    for (const drift of [[], [gone], [gone], [moved], [], []]) await one.see(seen(drift));
    expect(texts()).toEqual([gone, moved, 'Secure mode is again as it was switched on.']);
    expect(told).toEqual([gone, moved]);
  });

  it('once for all windows and commands: the trail says what was told', async () => {
    const { reporter, told, texts } = world();
    for (const each of [reporter(), reporter()]) await each.see(seen([gone]));
    expect(texts()).toEqual([gone]);
    expect(told).toEqual([gone]);
    await reporter().see(seen([], { meant: known(null, now) }));
    expect(texts().at(-1)).toBe('Secure mode is no longer meant to be on.');
  });

  it('neither while a change is under way nor when nobody could read', async () => {
    const { reporter, texts } = world();
    const one = reporter();
    const operation: Progress = {
      operationId: 'o',
      change: 'secureMode.on',
      title: '',
      startedAt: now.toISOString(),
      steps: [],
      cancellable: false,
      ended: { how: 'not-yet' },
    };
    await one.see({ ...seen([gone]), operation });
    await one.see({
      secureMode: unknownSecureMode(failure('firewall-unreadable', { cause: 'it hangs' })),
      operation: null,
    });
    await one.see(seen([gone], { meant: unknown(failure('connection-lost'), now) }));
    expect(texts()).toEqual([]);
  });
});

const watched = () => {
  let changed: (() => void) | undefined;
  let ended: ((why: Failure) => void) | undefined;
  const calls: string[] = [];
  const firewall: Firewall = {
    ...noFirewall(new FakeClock()),
    watch: (onChange, onEnd) => {
      calls.push('begun');
      changed = onChange;
      ended = onEnd;
      return { close: async () => await Promise.resolve(void calls.push('closed')) };
    },
  };
  return { firewall, calls, change: () => changed?.(), end: (why: Failure) => ended?.(why) };
};

describe('The watch over the firewall', () => {
  it('is under way only while somebody looks, and once', async () => {
    const { firewall, calls, change } = watched();
    const told = vi.fn<() => void>();
    const watch = new FirewallWatch(firewall, told);
    watch.begin();
    watch.begin();
    change();
    await watch.end();
    expect(calls).toEqual(['begun', 'closed']);
    expect(told).toHaveBeenCalledTimes(1);
    expect(watch.ended()).toBeNull();
  });

  it('that ends by itself says why, and is begun again after a while', async () => {
    vi.useFakeTimers();
    try {
      const { firewall, calls, end } = watched();
      const watch = new FirewallWatch(firewall, () => undefined);
      watch.begin();
      end(failure('firewall-no-right', { what: 'watch' }));
      expect(watch.ended()?.code).toBe('firewall-no-right');
      vi.advanceTimersByTime(30_000);
      expect(calls).toEqual(['begun', 'begun']);
      expect(watch.ended()).toBeNull();
      await watch.end();
    } finally {
      vi.useRealTimers();
    }
  });
});
