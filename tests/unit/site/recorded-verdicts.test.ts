import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { known, mapReading, unknown } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import { failure } from '#shared/errors.ts';
import { succeed } from '#shared/result.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import type { FirewallState } from '#electron/firewall/firewall.ts';
import { nftablesFirewall } from '#electron/firewall/nftables/nftables.ts';
import { addressTranslations } from '#electron/listeners/linux/address-translations.ts';
import { savedTables } from '#electron/listeners/linux/saved-tables.ts';
import { surveyMachine } from '#electron/listeners/survey-machine.ts';
import { privilegedBy } from '#electron/machine/privileged.ts';
import type { PrivilegedAnswer } from '#electron/machine/privileged.ts';
import { listenersOf } from '#electron/site/network-view.ts';
import { judgeSecureMode } from '#electron/site/secure-mode/verdict.ts';
import { sessionsOf } from '#electron/site/status-view.ts';
import { memoryWith, stateOf } from '#tests/unit/firewall/firewall-hives-contract.ts';
import { readHive } from '#tests/unit/firewall/reg-file.ts';
import type { Hive } from '#tests/unit/firewall/reg-file.ts';
import { listenerRow, now, session, siteStatus } from './sample-status.ts';

const noTables = savedTables({ privileged: privilegedBy(), isThere: () => false });

/** What nft answered in a network namespace: our table for TCP 1433 and UDP 1434, and what somebody did to it. */
const recorded = async (name: string) =>
  await readFile(join(import.meta.dirname, '../firewall/nftables/recorded', `${name}.json`), 'utf8');

const clock = { now: () => now };

async function readBy(answer: PrivilegedAnswer): Promise<Reading<FirewallState>> {
  const firewall = nftablesFirewall({
    clock,
    privileged: { run: async () => await Promise.resolve(answer), silently: (program, args) => ({ program, args }) },
  });
  return await firewall.read();
}

const nft = async (output: string) => await readBy({ kind: 'ended', exitCode: 0, output, errors: '' });

const windows = async (hive: Hive): Promise<Reading<FirewallState>> => {
  const state = await stateOf(memoryWith(await readHive(hive)));
  // As after a thorough reading, by which the firewall itself has confirmed what is written.
  return known(
    { ...state, findings: state.findings.filter(({ sentence }) => !sentence.includes('not confirmed')) },
    now,
  );
};

/** The verdict with the reason that decides, from the rows of SQL Server's own answer and what the firewall said. */
async function verdict(
  firewall: Reading<FirewallState>,
  rows: Parameters<typeof siteStatus>[0] = {},
  ruleset?: string,
): Promise<readonly string[]> {
  const status: Reading<SiteStatus> = known(
    siteStatus({ listeners: [listenerRow(1433)], sessions: [session()], ...rows }),
    now,
  );
  const survey = await surveyMachine(mapReading(status, listenersOf), {
    sources:
      ruleset === undefined
        ? []
        : [
            addressTranslations(
              async () => await Promise.resolve(succeed(JSON.parse(ruleset) as unknown)),
              noTables,
              clock,
            ),
          ],
    remotePipes: async () => await Promise.resolve(known(false, now)),
  });
  const judged = judgeSecureMode({
    survey,
    firewall,
    sessions: mapReading(status, sessionsOf),
    probe: { state: 'not-probed' },
    besides: [],
  });
  return [judged.verdict, ...judged.reasons.slice(0, 1).map(({ sentence }) => sentence)];
}

const open1433 = 'TCP 1433 (T-SQL) is not blocked.';
const none = 'None of our rules is in force.';

const ofNft: readonly (readonly [string, string, readonly string[]])[] = [
  ['our table stands as it was put up', 'blocked', ['in-force']],
  ['another firewall accepts the port in a table of its own', 'ufw-like-accept', ['in-force']],
  ['an address was allowed by Mortise', 'allowed', ['in-force-but', '10.20.4.17 stays allowed.']],
  ['a colleague let one machine into our set', 'one-let-through', ['in-force-but', '10.77.0.2 stays allowed.']],
  [
    'a colleague put a rule for one machine before our drop',
    'foreign-accept-for-one',
    [
      'in-force-but',
      'There is a rule before the drop in the chain of Mortise that Mortise did not write; it lets some machines through.',
    ],
  ],
  [
    'a colleague accepted the port before our drop',
    'foreign-accept',
    [
      'not-in-force',
      'There is a rule before the drop in the chain of Mortise that Mortise did not write; it lets traffic past.',
    ],
  ],
  ['the port was taken out of our set', 'port-removed', ['not-in-force', open1433]],
  ['our rule for TCP was deleted', 'tcp-rule-deleted', ['not-in-force', 'The rule that drops the TCP ports is gone.']],
  ['our rule for UDP was deleted', 'udp-rule-deleted', ['not-in-force', 'The rule that drops the UDP ports is gone.']],
  [
    'our rule for this machine was deleted',
    'own-machine-rule-deleted',
    ['in-force-but', 'The rule that lets this machine itself through is gone.'],
  ],
  [
    'our table was switched off',
    'dormant',
    ['not-in-force', 'The table inet mortise is switched off (dormant), or carries a flag that is not Mortise’s.'],
  ],
  ['our table was deleted', 'table-deleted', ['not-in-force', none]],
  ['our chain was flushed', 'chain-flushed', ['not-in-force', 'The rule that drops the TCP ports is gone.']],
  [
    'another table rewrites ports before ours is asked',
    'earlier-mangle',
    [
      'unknown',
      'A rule that is gone through before Mortise’s may change or redirect packets (inet helper, chain early).',
    ],
  ],
];

describe('From what nft answered, the verdict', () => {
  it.each(ofNft)('is right when %s', async (_name, file, expected) => {
    expect(await verdict(await nft(await recorded(file)))).toEqual(expected);
  });

  it('is unknown when the answer was cut short, at any place', async () => {
    const whole = (await recorded('blocked')).trim();
    for (let length = 0; length < whole.length; length += 97)
      expect((await verdict(await nft(whole.slice(0, length))))[0]).toBe('unknown');
  });

  it.each([
    ['nft was ended by a signal', { kind: 'killed', signal: 'SIGKILL' }],
    ['nft did not answer in time', { kind: 'late' }],
    ['nft is not there', { kind: 'missing', program: '/usr/sbin/nft' }],
    ['this account has no right to it', { kind: 'refused', cause: 'no rights' }],
    [
      'the kernel refused it',
      { kind: 'ended', exitCode: 1, output: '', errors: 'Operation not permitted (you must be root)\n' },
    ],
  ] as const)('is unknown when %s', async (_name, answer) => {
    expect((await verdict(await readBy(answer)))[0]).toBe('unknown');
  });
});

const ofWindows: readonly (readonly [string, Hive, string])[] = [
  ['every rule is enforced on every profile', 'blocked', 'in-force'],
  ['a group policy switches the firewall on and allows the port, which no block minds', 'group-policy', 'in-force'],
  ['a group policy ignores local rules', 'merge-off', 'not-in-force'],
  ['one profile is switched off', 'profile-off', 'not-in-force'],
  ['our rule was disabled', 'rule-disabled', 'not-in-force'],
  ['our rule was edited to one profile', 'rule-edited', 'not-in-force'],
  ['an authenticated bypass lets whom it names past every block', 'bypass', 'in-force-but'],
];

describe('From an export of the registry of Windows, the verdict', () => {
  it.each(ofWindows)('is right when %s', async (_name, hive, expected) => {
    expect((await verdict(await windows(hive)))[0]).toBe(expected);
  });

  it('is unknown until the firewall itself has confirmed what is written', async () => {
    const state = await stateOf(memoryWith(await readHive('blocked')));
    expect((await verdict(known(state, now)))[0]).toBe('unknown');
  });
});

const rule = (expr: readonly object[]) => ({
  rule: { family: 'ip', table: 'nat', chain: 'PREROUTING', handle: 3, expr },
});

const inForce = async () => await nft(await recorded('blocked'));

describe("From SQL Server's own rows, the verdict", () => {
  it.each([
    [
      'it listens on another port since its restart',
      { listeners: [listenerRow(49_172)] },
      ['not-in-force', 'TCP 49172 (T-SQL) is not blocked.'],
    ],
    [
      'an endpoint of mirroring is open besides',
      { listeners: [listenerRow(1433), listenerRow(5022, { type: 'DATABASE_MIRRORING' })] },
      ['not-in-force', 'TCP 5022 (mirroring) is not blocked.'],
    ],
    [
      'the administrator’s port is open to this machine alone',
      {
        listeners: [
          listenerRow(1433),
          listenerRow(1434, { address: '127.0.0.1' }),
          listenerRow(1434, { address: '::1' }),
        ],
      },
      ['in-force'],
    ],
    [
      'another machine still has its session',
      { sessions: [session({ address: '10.0.0.9', localAddress: '10.0.0.5' })] },
      ['in-force-but', '1 session from other machines is still there.'],
    ],
    [
      'it keeps the address of a session to itself',
      { sessions: [session({ address: '', localAddress: '' })] },
      ['unknown', 'Of 1 session it cannot be told whether another machine holds it.'],
    ],
  ] as const)('is right when %s', async (_name, rows, expected) => {
    expect(await verdict(await inForce(), rows)).toEqual(expected);
  });

  it('is that of a published port of a container that leads to it', async () => {
    const ruleset = JSON.stringify({
      nftables: [
        { metainfo: { version: '1.0.6', release_name: 'Lester Gooch #5', json_schema_version: 1 } },
        { table: { family: 'ip', name: 'nat', handle: 1 } },
        {
          chain: {
            family: 'ip',
            table: 'nat',
            name: 'PREROUTING',
            handle: 1,
            type: 'nat',
            hook: 'prerouting',
            prio: -100,
            policy: 'accept',
          },
        },
        rule([
          { match: { op: '==', left: { payload: { protocol: 'tcp', field: 'dport' } }, right: 14_330 } },
          { dnat: { addr: '172.17.0.2', port: 1433 } },
        ]),
      ],
    });
    const [word, sentence] = await verdict(await inForce(), {}, ruleset);
    expect(word).toBe('not-in-force');
    expect(sentence).toContain('TCP 14330');
  });

  it('is unknown when it could not be asked', async () => {
    const lost: Reading<SiteStatus> = unknown(failure('connection-lost'), now);
    const survey = await surveyMachine(mapReading(lost, listenersOf), {
      sources: [],
      remotePipes: async () => await Promise.resolve(known(false, now)),
    });
    const firewall = await inForce();
    const judged = judgeSecureMode({
      survey,
      firewall,
      sessions: mapReading(lost, sessionsOf),
      probe: { state: 'not-probed' },
      besides: [],
    });
    expect(judged.verdict).toBe('unknown');
  });
});
