import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import type { SecureMode } from '#shared/secure-mode.ts';
import { blockDigest } from '#electron/firewall/kept-probe.ts';
import { driftOfBlock, isAllowed } from '#electron/site/secure-mode/drift.ts';
import type { MeantBlock } from '#electron/site/secure-mode/meant-block.ts';
import { secureModeOf } from '#electron/site/secure-mode/secure-mode-view.ts';
import type { SecureModeGround } from '#electron/site/secure-mode/secure-mode-view.ts';
import { now } from './sample-status.ts';
import { browser, firewall, group, noRules, probed, sql, survey } from './secure-mode-ground.ts';

const until = '2026-11-22T08:00:00.000Z';
const workstation = { address: '10.20.4.17', until };

const meant = (different: Partial<MeantBlock> = {}): MeantBlock => ({
  since: '2026-11-21T18:00:00.000Z',
  by: 'SITE\\ines',
  listeners: [sql, browser],
  allowed: [],
  accepted: [],
  ...different,
});

const drift = (
  different: Partial<MeantBlock> = {},
  read: Parameters<typeof driftOfBlock>[1] = firewall(),
  heard = survey(),
  at = now,
) => driftOfBlock(meant(different), read, heard, at);

describe('Drift of secure mode', () => {
  it('is none while everything is as it was switched on', () => {
    expect(drift()).toEqual([]);
  });

  it('is none where it is not meant to be on, whatever is there', () => {
    expect(driftOfBlock(undefined, noRules, survey(), now)).toEqual([]);
  });

  it('is not claimed of a firewall that cannot be read', () => {
    expect(drift({}, unknown(failure('firewall-unreadable', { cause: 'it hangs' }), now))).toEqual([]);
  });

  it.each([
    ['the whole set of rules was flushed', noRules, ['The rules of secure mode are gone.']],
    [
      'one port was taken out',
      firewall({ blocked: [{ protocol: 'udp', port: 1434 }] }),
      ['TCP 1433 is no longer blocked.'],
    ],
    [
      'somebody let an address through',
      firewall({ allowed: [{ address: '10.9.9.9', until: null }] }),
      ['10.9.9.9 is let through, and nobody allowed it here.'],
    ],
    [
      'somebody put an accept before our drops',
      firewall({ findings: [{ effect: 'voids', sentence: 'A foreign rule.', next: '' }] }),
      ['A foreign rule.'],
    ],
  ])('is told when %s', (_what, read, expected) => {
    expect(drift({}, read)).toEqual(expected);
  });

  it('is told when SQL Server listens on another port after a restart', () => {
    const heard = survey({ listeners: [{ ...sql, port: 49172 }, browser] });
    expect(drift({}, firewall(), heard)).toEqual([
      'SQL Server listens on TCP 49172 (T-SQL), which it did not when secure mode was switched on.',
    ]);
  });

  it('is what weakens the block since, and not what weakened it from the first', () => {
    const weakened = firewall({ findings: [{ effect: 'weakens', sentence: 'A flow table.', next: '' }] });
    expect(drift({}, weakened)).toEqual(['A flow table.']);
    expect(drift({ accepted: ['A flow table.'] }, weakened)).toEqual([]);
  });

  it('is none where a port is only written for the next start, or is for this machine alone', () => {
    const heard = survey({
      listeners: [
        sql,
        browser,
        { ...sql, port: 49172, sources: ['configuration'] },
        { ...sql, port: 1440, address: '::1' },
      ],
    });
    expect(drift({}, firewall(), heard)).toEqual([]);
  });

  it('is none when the time of an address has passed, and is when it is let through no longer before that', () => {
    const allowed = [workstation];
    expect(drift({ allowed }, firewall({ allowed }))).toEqual([]);
    expect(drift({ allowed }, firewall(), survey(), new Date(until))).toEqual([]);
    expect(drift({ allowed }, firewall())).toEqual(['10.20.4.17 is no longer let through.']);
    expect(drift({ allowed }, firewall({ allowed }), survey(), new Date(until))).toEqual([
      '10.20.4.17 is still let through, though its time has passed.',
    ]);
  });
});

describe('An allowed address', () => {
  it.each([
    ['10.20.4.17', true],
    ['::ffff:10.20.4.17', true],
    ['10.20.4.18', false],
    ['fe80::1%eth0', false],
    ['<named pipe>', false],
    ['', false],
  ])('is that of the client %s: %s', (client, expected) => {
    expect(isAllowed([workstation], client)).toBe(expected);
  });
});

const view = (different: Partial<SecureModeGround> = {}): SecureMode =>
  secureModeOf({
    kind: 'nftables',
    survey: survey(),
    firewall: firewall(),
    sessions: known([group()], now),
    meant: known(meant(), now),
    probe: null,
    atStart: known('not-installed', now),
    instance: known('everywhere', now),
    layers: [],
    canProbe: false,
    watch: null,
    besides: [],
    now,
    ...different,
  });

describe('What is shown of secure mode', () => {
  const state = probed('filtered');
  const answer = {
    by: 'engineer' as const,
    from: 'OFFICE-7',
    at: now.toISOString(),
    seen: state.state === 'probed' ? state.seen : [],
    untried: [],
  };
  const block = blockDigest(['drop tcp 1433', 'drop udp 1434'], meant().since);

  it('is the answer of another machine about this very block', () => {
    expect(view({ probe: { ...answer, block } }).probe).toMatchObject({ state: 'probed', from: 'OFFICE-7' });
  });

  it.each([
    ['other rules', blockDigest(['drop tcp 1433'], meant().since)],
    [
      'the same rules, taken away and put up again since',
      blockDigest(['drop tcp 1433', 'drop udp 1434'], now.toISOString()),
    ],
  ])('is "not probed" where the answer is about %s', (_what, other) => {
    expect(view({ probe: { ...answer, block: other } }).probe).toEqual({ state: 'not-probed' });
  });

  it('is "not probed" where the firewall cannot be read', () => {
    const read = unknown(failure('firewall-unreadable', { cause: 'it hangs' }), now);
    expect(view({ probe: { ...answer, block }, firewall: read }).probe).toEqual({ state: 'not-probed' });
  });

  it('names as allowed who was allowed here, whatever the firewall says or does not say', () => {
    const allowed = [workstation];
    const rogue = firewall({ allowed: [{ address: '10.9.9.9', until: null }] });
    expect(view({ meant: known(meant({ allowed }), now), firewall: rogue }).allowed).toEqual(allowed);
    const read = unknown(failure('firewall-unreadable', { cause: 'it hangs' }), now);
    expect(view({ meant: known(meant({ allowed }), now), firewall: read }).allowed).toEqual(allowed);
    expect(view({ meant: known(meant({ allowed }), now), now: new Date(until) }).allowed).toEqual([]);
  });

  it('counts no session of an allowed address among those that are left', () => {
    const allowed = [workstation];
    const sessions = known([group({ origin: 'remote', address: workstation.address })], now);
    const shown = view({ meant: known(meant({ allowed }), now), firewall: firewall({ allowed }), sessions });
    expect(shown.reasons.map(({ sentence }) => sentence)).toEqual([
      '10.20.4.17 stays allowed until 2026-11-22 08:00 UTC.',
    ]);
    expect(view({ sessions }).reasons.map(({ sentence }) => sentence)).toEqual([
      '1 session from other machines is still there.',
    ]);
  });
});
