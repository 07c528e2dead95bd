import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import type { Listener } from '#shared/snapshot.ts';
import type { FirewallState, ProbeReport } from '#electron/firewall/firewall.ts';
import { secureModeOf } from '#electron/site/secure-mode-view.ts';
import { now } from './sample-status.ts';

const sql: Listener = { address: '0.0.0.0', port: 1433, protocol: 'tcp', purpose: 'T-SQL' };
const browser: Listener = { address: '0.0.0.0', port: 1434, protocol: 'udp', purpose: 'SQL Server Browser' };
const both = [sql, browser];
const cause = failure('connection-lost');
const noAdapter = failure('firewall-no-adapter');

const firewall = (different: Partial<FirewallState> = {}): Reading<FirewallState> =>
  known({ rules: ['drop'], blocked: both, overriddenBy: [], ...different }, now);
const listening = (listeners: readonly Listener[] = both): Reading<readonly Listener[]> => known(listeners, now);
const report = (reached: readonly Listener[]): ProbeReport => ({
  from: '127.0.0.2',
  at: now.toISOString(),
  reached,
  refused: both.filter((each) => !reached.includes(each)),
});

/** The verdict with its reasons, or "unknown" with its cause. */
function judged(...given: Parameters<typeof secureModeOf>): readonly string[] {
  const mode = secureModeOf(...given);
  return mode.state === 'unknown' ? ['unknown', mode.cause.code] : [mode.value.verdict, ...mode.value.reasons];
}

const sqlOpen = 'TCP 1433 (T-SQL) is not blocked.';
const browserOpen = 'UDP 1434 (SQL Server Browser) is not blocked.';
const none = 'None of our rules is in force.';
const bypass = 'A rule of the group policy allows it.';

const cases: readonly (readonly [string, readonly string[], Parameters<typeof secureModeOf>])[] = [
  ['everything is blocked', ['in-force'], [firewall(), listening(), undefined]],
  ['everything is blocked and the other machine was refused', ['in-force'], [firewall(), listening(), report([])]],
  ['a listener is open', ['in-force-but', browserOpen], [firewall({ blocked: [sql] }), listening(), undefined]],
  [
    'a listener moved to another port after a restart',
    ['in-force-but', 'TCP 49172 (T-SQL) is not blocked.'],
    [firewall(), listening([{ ...sql, port: 49172 }, browser]), report([])],
  ],
  [
    'the port is blocked for the other protocol only',
    ['in-force-but', sqlOpen],
    [firewall({ blocked: [{ ...sql, protocol: 'udp' }, browser] }), listening(), undefined],
  ],
  [
    'rules are there and every listener is open',
    ['not-in-force', sqlOpen, browserOpen],
    [firewall({ blocked: [] }), listening(), undefined],
  ],
  ['there are no rules', ['not-in-force', none], [firewall({ rules: [], blocked: [] }), listening(), undefined]],
  [
    'there are no rules, and a report from before says all is well',
    ['not-in-force', none],
    [firewall({ rules: [], blocked: [] }), listening(), report([])],
  ],
  [
    'something overrides the block',
    ['in-force-but', bypass],
    [firewall({ overriddenBy: [bypass] }), listening(), report([])],
  ],
  [
    'the other machine reached it all the same',
    ['in-force-but', 'The other machine still reached TCP 1433, UDP 1434.'],
    [firewall(), listening(), report(both)],
  ],
  [
    'the firewall cannot be read',
    ['unknown', 'firewall-no-adapter'],
    [unknown(noAdapter, now), listening(), report([])],
  ],
  [
    'the listeners cannot be read though rules are there',
    ['unknown', 'connection-lost'],
    [firewall(), unknown(cause, now), report([])],
  ],
  [
    'nothing can be read',
    ['unknown', 'firewall-no-adapter'],
    [unknown(noAdapter, now), unknown(cause, now), undefined],
  ],
  [
    'there are no rules and the listeners cannot be read',
    ['not-in-force', none],
    [firewall({ rules: [], blocked: [] }), unknown(cause, now), undefined],
  ],
];

describe('Secure mode', () => {
  it.each(cases)('is judged rightly when %s', (_what, expected, given) => {
    expect(judged(...given)).toEqual(expected);
  });

  it('is never in force with anything unknown, open, overridden or reached', () => {
    const firewalls = [
      unknown(noAdapter, now),
      firewall(),
      firewall({ blocked: [sql] }),
      firewall({ overriddenBy: [bypass] }),
    ];
    const listeners = [unknown(cause, now), listening()];
    const reports = [undefined, report([]), report([sql])];
    const inForce = firewalls.flatMap((each) =>
      listeners.flatMap((heard) =>
        reports
          .filter((probed) => judged(each, heard, probed)[0] === 'in-force')
          .map((probed) => [each, heard, probed]),
      ),
    );
    expect(inForce).toEqual([
      [firewall(), listening(), undefined],
      [firewall(), listening(), report([])],
    ]);
  });

  it('says whether it was probed from outside, from where and when', () => {
    expect(secureModeOf(firewall(), listening(), undefined)).toMatchObject({
      value: { probe: { state: 'not-probed' } },
    });
    expect(secureModeOf(firewall(), listening(), report([sql]))).toMatchObject({
      value: {
        probe: {
          state: 'probed',
          from: '127.0.0.2',
          at: now.toISOString(),
          reached: ['TCP 1433'],
          refused: ['UDP 1434'],
        },
      },
    });
  });
});
