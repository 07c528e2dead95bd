import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import type { Finding } from '#shared/secure-mode.ts';
import { judgeSecureMode } from '#electron/site/secure-mode/verdict.ts';
import type { VerdictGround } from '#electron/site/secure-mode/verdict.ts';
import { now } from './sample-status.ts';
import {
  adminPort,
  browser,
  firewall,
  ground,
  group,
  noRules,
  probed,
  sql,
  survey,
  unread,
} from './secure-mode-ground.ts';

const told = (given: Partial<VerdictGround>) => {
  const { verdict, reasons } = judgeSecureMode(ground(given));
  return [verdict, ...reasons.map(({ sentence }) => sentence)];
};

const finding = (effect: Finding['effect'], sentence: string): Finding => ({ effect, sentence, next: '' });
const noAdapter = failure('firewall-no-adapter');
const remote = group({ origin: 'remote', address: '10.0.0.9', login: 'acs_reports' });
const moved = { ...sql, port: 49172 };
const udpOnly = [{ protocol: 'udp', port: 1434 }] as const;
const tcpOnly = [{ protocol: 'tcp', port: 1433 }] as const;
const lost = 'The connection to SQL Server was lost.';
const sqlOpen = 'TCP 1433 (T-SQL) is not blocked.';
const none = 'None of our rules is in force.';

const cases: readonly (readonly [string, readonly string[], Partial<VerdictGround>])[] = [
  ['everything is blocked', ['in-force'], {}],
  ['everything is blocked and another machine met silence', ['in-force'], { probe: probed('filtered') }],
  ['everything is blocked and another machine was turned away', ['in-force'], { probe: probed('refused') }],
  [
    'only the port for this machine alone is not blocked',
    ['in-force'],
    { survey: survey({ listeners: [sql, adminPort, browser] }) },
  ],
  [
    'services come over shared memory and a pipe, and pipes are for this machine alone',
    ['in-force'],
    { sessions: known([group({ origin: 'cannot-tell', transport: 'Named pipe', address: '' })], now) },
  ],
  ['there are no rules', ['not-in-force', none], { firewall: noRules }],
  [
    'there are no rules, and somebody is connected: said once',
    ['not-in-force', none],
    { firewall: noRules, sessions: known([remote], now) },
  ],
  [
    'SQL Server is open to IPv4 and IPv6',
    ['not-in-force', sqlOpen, sqlOpen],
    { firewall: firewall({ blocked: udpOnly }) },
  ],
  [
    'the port is blocked for the other protocol only',
    ['not-in-force', sqlOpen],
    {
      survey: survey({ listeners: [sql, browser] }),
      firewall: firewall({ blocked: [...udpOnly, { protocol: 'udp', port: 1433 }] }),
    },
  ],
  [
    'SQL Server moved to another port after a restart',
    ['not-in-force', 'TCP 49172 (T-SQL) is not blocked.'],
    { survey: survey({ listeners: [moved, browser] }) },
  ],
  [
    'a container passes another port on to it',
    [
      'not-in-force',
      'TCP 14330 (passed on to TCP 1433) is not blocked.',
      "SQL Server is in a container: its published ports are blocked, but not traffic that is routed to the container's own address.",
    ],
    {
      survey: survey({
        listeners: [sql, browser, { ...sql, port: 14330, purpose: 'passed on to TCP 1433', sources: ['containers'] }],
      }),
    },
  ],
  [
    'the Browser is open',
    ['in-force-but', 'UDP 1434 (SQL Server Browser) is not blocked: it tells where instances listen.'],
    { firewall: firewall({ blocked: tcpOnly }) },
  ],
  [
    'the configuration names another port for the next start',
    ['in-force-but', 'TCP 49172 (T-SQL) is not blocked; SQL Server listens there from its next start on.'],
    { survey: survey({ listeners: [sql, browser, { ...moved, sources: ['configuration'] }] }) },
  ],
  [
    'an address stays allowed',
    ['in-force-but', '10.20.4.17 stays allowed until 2026-11-22 08:00 UTC.'],
    { firewall: firewall({ allowed: [{ address: '10.20.4.17', until: '2026-11-22T08:00:00.000Z' }] }) },
  ],
  [
    'an address stays allowed without an end',
    ['in-force-but', '10.20.4.17 stays allowed.'],
    { firewall: firewall({ allowed: [{ address: '10.20.4.17', until: null }] }) },
  ],
  [
    'SQL Server takes pipes from other machines',
    [
      'in-force-but',
      'SQL Server takes named pipes from other machines (file sharing, TCP 445), which no block of its ports stops.',
    ],
    { survey: survey({ remotePipes: known(true, now) }) },
  ],
  [
    'somebody comes through a pipe, and pipes are for other machines too',
    [
      'in-force-but',
      'SQL Server takes named pipes from other machines (file sharing, TCP 445), which no block of its ports stops.',
      '1 session comes through a named pipe, which shows no address.',
    ],
    {
      survey: survey({ remotePipes: known(true, now) }),
      sessions: known([group({ origin: 'cannot-tell', transport: 'Named pipe', address: '' })], now),
    },
  ],
  [
    'sessions from other machines are still there',
    ['in-force-but', '3 sessions from other machines are still there.'],
    { sessions: known([remote, { ...remote, sessions: 2 }], now) },
  ],
  [
    'only SQL Server itself keeps others out',
    [
      'in-force-but',
      "Only SQL Server's own setting keeps other machines out: it listens on this machine alone, and no rule blocks it.",
    ],
    { firewall: noRules, survey: survey({ listeners: [{ ...sql, address: '127.0.0.1' }, browser] }) },
  ],
  [
    'the adapter found something that weakens it',
    ['in-force-but', 'A rule of an old program path is left.'],
    { firewall: firewall({ findings: [finding('weakens', 'A rule of an old program path is left.')] }) },
  ],
  [
    'a policy voids it',
    ['not-in-force', 'The group policy ignores local rules.'],
    { firewall: firewall({ findings: [finding('voids', 'The group policy ignores local rules.')] }) },
  ],
  [
    'another product may decide',
    ['unknown', 'Another firewall is registered.'],
    { firewall: firewall({ findings: [finding('doubts', 'Another firewall is registered.')] }) },
  ],
  [
    'another machine reached SQL Server all the same',
    ['not-in-force', 'OFFICE-7 still reached TCP 1433.'],
    { probe: probed('answered') },
  ],
  [
    'another machine could open the port, though nothing spoke',
    ['not-in-force', 'OFFICE-7 still reached TCP 1433.'],
    { probe: probed('open') },
  ],
  [
    'another machine was answered by the Browser',
    ['in-force-but', 'OFFICE-7 still reached UDP 1434.'],
    { probe: probed('answered', 'udp') },
  ],
  [
    'the machine that got through is one that is allowed',
    ['in-force-but', '10.20.4.17 stays allowed.'],
    {
      firewall: firewall({ allowed: [{ address: '10.20.4.17', until: null }] }),
      probe: { ...probed('answered'), from: 'OFFICE-7 (10.20.4.17)' } as VerdictGround['probe'],
    },
  ],
  ['the firewall cannot be read', ['unknown', noAdapter.sentence], { firewall: unknown(noAdapter, now) }],
  [
    'the firewall cannot be read, and another machine got through',
    ['not-in-force', 'OFFICE-7 still reached TCP 1433.', noAdapter.sentence],
    { firewall: unknown(noAdapter, now), probe: probed('answered') },
  ],
  [
    'SQL Server could not be asked where it listens',
    ['unknown', lost],
    { survey: survey({ listeners: [], asked: [{ source: 'server', found: unread }] }) },
  ],
  [
    'nobody asked SQL Server',
    ['unknown', 'SQL Server itself was not asked where it listens.'],
    { survey: survey({ asked: [] }) },
  ],
  [
    'the open sockets could not be read',
    ['unknown', lost],
    {
      survey: survey({
        asked: [
          { source: 'server', found: known(4, now) },
          { source: 'sockets', found: unread },
        ],
      }),
    },
  ],
  [
    'no socket of SQL Server is open on this machine',
    ['unknown', 'SQL Server answers, but no socket of it is open on this machine: it may run on another one.'],
    { survey: survey({ asked: [...survey().asked, { source: 'sockets', found: known(0, now) }] }) },
  ],
  [
    'SQL Server is in a container on this machine, whose published port is blocked too',
    [
      'in-force-but',
      "SQL Server is in a container: its published ports are blocked, but not traffic that is routed to the container's own address.",
    ],
    {
      survey: survey({
        listeners: [{ ...sql, sources: ['server', 'containers'] }, browser],
        asked: [
          ...survey().asked,
          { source: 'sockets', found: known(0, now) },
          { source: 'containers', found: known(1, now) },
        ],
      }),
    },
  ],
  ['whether pipes are taken is not known', ['unknown', lost], { survey: survey({ remotePipes: unread }) }],
  ['the sessions could not be read', ['unknown', lost], { sessions: unread }],
  [
    'the server keeps an address to itself',
    ['unknown', 'Of 1 session it cannot be told whether another machine holds it.'],
    { sessions: known([group({ origin: 'cannot-tell', address: '' })], now) },
  ],
  [
    'SQL Server is on another machine',
    ['unknown', 'The profile names SQL-2.'],
    { besides: [finding('doubts', 'The profile names SQL-2.')] },
  ],
  [
    'it is open for certain, and something else is unknown: the certain one first',
    ['not-in-force', 'TCP 49172 (T-SQL) is not blocked.', lost],
    { survey: survey({ listeners: [moved, browser] }), sessions: unread },
  ],
];

describe('The verdict on secure mode', () => {
  it('is shown by more than 25 cases of their own', () => {
    expect(new Set(cases.map(([name]) => name)).size).toBeGreaterThan(25);
  });

  it.each(cases)('is right when %s', (_name, expected, given) => {
    expect(told(given)).toEqual(expected);
  });

  it('names for every reason what to do', () => {
    const reasons = cases
      .filter(
        ([, , { besides, firewall: read }]) =>
          besides === undefined && (read?.state !== 'known' || read.value.findings.length === 0),
      )
      .flatMap(([, , given]) => judgeSecureMode(ground(given)).reasons);
    expect(reasons.filter(({ next }) => next === '')).toEqual([]);
  });
});

/** Every part in every state that it can be in; those marked hold something that could not be read. */
const parts = {
  survey: [
    { value: survey() },
    { value: survey({ listeners: [moved, browser] }) },
    { value: survey({ listeners: [{ ...sql, address: '127.0.0.1' }] }) },
    { value: survey({ remotePipes: known(true, now) }) },
    { value: survey({ remotePipes: unread }), unknown: true },
    { value: survey({ asked: [{ source: 'server', found: unread }] }), unknown: true },
    { value: survey({ asked: [...survey().asked, { source: 'containers', found: unread }] }), unknown: true },
    { value: survey({ asked: [] }), unknown: true },
  ],
  firewall: [
    { value: firewall() },
    { value: noRules },
    { value: firewall({ blocked: tcpOnly }) },
    { value: firewall({ allowed: [{ address: '10.0.0.9', until: null }] }) },
    { value: firewall({ findings: [finding('voids', 'void')] }) },
    { value: firewall({ findings: [finding('doubts', 'doubt')] }), unknown: true },
    { value: unknown(noAdapter, now), unknown: true },
  ],
  sessions: [
    { value: known([group()], now) },
    { value: known([remote], now) },
    { value: known([group({ origin: 'cannot-tell', address: '' })], now), unknown: true },
    { value: unread, unknown: true },
  ],
  probe: [{ value: { state: 'not-probed' } }, { value: probed('filtered') }, { value: probed('answered') }],
  besides: [{ value: [] }, { value: [finding('doubts', 'elsewhere')], unknown: true }],
} as const;

describe('Whatever is read', () => {
  const all = parts.survey.flatMap((heard) =>
    parts.firewall.flatMap((wall) =>
      parts.sessions.flatMap((sessions) =>
        parts.probe.flatMap((probe) =>
          parts.besides.map((besides) => ({
            given: {
              survey: heard.value,
              firewall: wall.value,
              sessions: sessions.value,
              probe: probe.value,
              besides: besides.value,
            },
            isUnknown: [heard, wall, sessions, besides].some((each) => 'unknown' in each && each.unknown),
          })),
        ),
      ),
    ),
  );

  it('nothing unknown ever yields "in force", with a "but" or without', () => {
    const strong = all.filter(
      ({ given, isUnknown }) => isUnknown && judgeSecureMode(given).verdict.startsWith('in-force'),
    );
    expect(all.filter(({ isUnknown }) => isUnknown).length).toBeGreaterThan(1000);
    expect(strong).toEqual([]);
  });

  it('"in force" stands alone, and every other verdict has its reasons', () => {
    for (const { given } of all) {
      const { verdict, reasons } = judgeSecureMode(given);
      expect(verdict === 'in-force').toBe(reasons.length === 0);
    }
  });

  it('a machine that got through leaves nothing "in force"', () => {
    const through = all.filter(({ given }) => given.probe === parts.probe[2].value);
    expect(through.filter(({ given }) => judgeSecureMode(given).verdict !== 'not-in-force')).toEqual([]);
  });
});
