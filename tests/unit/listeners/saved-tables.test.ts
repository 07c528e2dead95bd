import { describe, expect, it } from 'vitest';
import { succeed } from '#shared/result.ts';
import { addressTranslations, legacyTranslations } from '#electron/listeners/linux/address-translations.ts';
import { savedTables } from '#electron/listeners/linux/saved-tables.ts';
import { systemClock } from '#electron/machine/clock.ts';
import type { PrivilegedAnswer } from '#electron/machine/privileged.ts';
import { valueIn, whyUnknown } from './reading-of.ts';
import { ended, machineThatSays, placesOf, recorded, said, saved } from './saved-rules.ts';

type Answers = Readonly<Record<string, PrivilegedAnswer>>;

const dnat = (port: number) => `-A PREROUTING -p tcp -m tcp --dport ${port} -j DNAT --to-destination 172.17.0.2:1433`;
const legacy = (...lines: readonly string[]) => saved(lines, { by: 'v1.8.9' });

/** A ruleset in which iptables wrote one rule in a form that nft shows the name of, or nothing. */
const opaque = (xt: unknown = null, table = 'nat', family = 'ip') => ({
  nftables: [{ rule: { family, table, chain: 'PREROUTING', handle: 1, expr: [{ xt }] } }],
});

async function find(ruleset: unknown, answers: Answers, from = said) {
  const { asked, ...machine } = machineThatSays(answers);
  const tables = savedTables(machine);
  const read = async () => await Promise.resolve(succeed(ruleset));
  return { reading: await addressTranslations(read, tables, systemClock).find(from), asked };
}
const places = async (ruleset: unknown, answers: Answers) => placesOf(valueIn((await find(ruleset, answers)).reading));
const why = async (ruleset: unknown, answers: Answers) => whyUnknown((await find(ruleset, answers)).reading);

const ofNft = '/usr/sbin/iptables-nft-save -t nat';
const plain = '/usr/sbin/iptables-save -t nat';

const ask = async (answers: Answers) => {
  const { asked, ...machine } = machineThatSays(answers);
  return { reading: await legacyTranslations(savedTables(machine), systemClock).find(said), asked };
};
const reason = async (answers: Answers) => whyUnknown((await ask(answers)).reading);

describe('Where nftables does not show what iptables wrote', () => {
  it('iptables shows it: the ports of Docker, as nft and iptables-save tell them together', async () => {
    const ruleset = JSON.parse(await recorded('docker-ruleset.json')) as unknown;
    const { reading, asked } = await find(ruleset, {
      [ofNft]: ended(await recorded('docker-ip-nat.txt')),
      '/usr/sbin/ip6tables-save -t nat': ended(await recorded('docker-ip6-nat.txt')),
    });
    expect(placesOf(valueIn(reading))).toEqual(['tcp 0.0.0.0 14330', 'tcp 127.0.0.1 14331', 'tcp :: 14330']);
    // Each once, silently, within a time limit.
    expect(asked).toEqual([ofNft, '/usr/sbin/ip6tables-save -t nat']);
  });

  it('iptables is asked for the tables alone that may change where a packet goes', async () => {
    expect(await places(opaque(), { [plain]: ended(saved([dnat(77)])) })).toEqual(['tcp 0.0.0.0 77']);
    const tproxy = saved(['-A PREROUTING -p tcp -m tcp --dport 77 -j TPROXY --on-port 1433'], { table: 'mangle' });
    expect(await places(opaque(null, 'mangle'), { '/usr/sbin/iptables-save -t mangle': ended(tproxy) })).toEqual([
      'tcp 0.0.0.0 77',
    ]);
    for (const ruleset of [opaque(null, 'filter'), opaque({ type: 'target', name: 'MASQUERADE' })])
      expect(await find(ruleset, {})).toMatchObject({ reading: { state: 'known', value: [] }, asked: [] });
    expect(await why(opaque({ type: 'target', name: 'WARP' }), {})).toContain('written by iptables');
  });

  it('the program is taken that shows the rules in nftables', async () => {
    const both = { [plain]: ended(legacy()), '/sbin/iptables-nft-save -t nat': ended(saved([dnat(77)])) };
    expect(await places(opaque(), both)).toEqual(['tcp 0.0.0.0 77']);
    const old = saved([dnat(77)]).replace('iptables-save v1.8.9 (nf_tables)', 'xtables-save v1.8.2');
    expect(await places(opaque(), { [plain]: ended(old) })).toEqual(['tcp 0.0.0.0 77']);
  });

  it.each<[string, PrivilegedAnswer, string]>([
    [
      'shows the rules that iptables keeps by itself',
      ended(legacy(dnat(77))),
      'does not show the rules that iptables keeps in nftables',
    ],
    ['leaves rules out', ended(saved([])), 'does not show every rule that nftables has in nat PREROUTING'],
    ['says nothing', ended(''), 'does not show the rules'],
    ['is cut short', ended(saved([dnat(77)]).slice(0, -60)), 'not whole'],
    ['fails', { kind: 'ended', exitCode: 1, output: saved([dnat(77)]), errors: 'odd' }, 'ended with 1'],
    [
      'is refused by the kernel',
      { kind: 'ended', exitCode: 4, output: '', errors: 'Permission denied (you must be root)' },
      'sudo',
    ],
    ['may not be run', { kind: 'refused', cause: 'no' }, 'start Mortise with sudo'],
    ['is ended from outside', { kind: 'killed', signal: 'SIGKILL' }, 'ended from outside (SIGKILL)'],
    ['is late', { kind: 'late' }, 'did not answer in time'],
    ['does not start', { kind: 'broken', cause: 'it did not start (EPERM)' }, 'EPERM'],
  ])('nobody knows if iptables-save %s', async (_name, answer, cause) => {
    expect(await why(opaque(), { [plain]: answer })).toContain(cause);
  });
});

describe('What iptables keeps by itself, beside nftables', () => {
  const names = '/bin/cat /proc/net/ip_tables_names';
  const program = '/usr/sbin/iptables-legacy-save -t nat';

  it('is read where the kernel has such a table, and only there', async () => {
    const answer = ended(legacy(dnat(77)));
    const { reading } = await ask({ [names]: ended('filter\nnat\n'), [program]: answer });
    expect(placesOf(valueIn(reading))).toEqual(['tcp 0.0.0.0 77']);
    // Asking for a table would make it.
    expect(await ask({ [names]: ended('filter\n'), [program]: answer })).toMatchObject({
      reading: { state: 'known', value: [] },
      asked: [names],
    });
    expect(await ask({ [program]: answer })).toMatchObject({ reading: { state: 'known', value: [] }, asked: [] });
  });

  it('is read by the plain name on a machine that has no other iptables', async () => {
    const ip6 = legacy('-A PREROUTING -p tcp -m tcp --dport 78 -j DNAT --to-destination [fd00::2]:1433');
    const { reading } = await ask({
      '/bin/cat /proc/net/ip6_tables_names': ended('nat\n'),
      '/sbin/ip6tables-save -t nat': ended(ip6),
    });
    expect(placesOf(valueIn(reading))).toEqual(['tcp :: 78']);
  });

  it('is unknown where nobody can show it', async () => {
    expect(await reason({ [names]: ended('nat\n') })).toContain('iptables-save is not on this machine');
    expect(await reason({ [names]: { kind: 'refused', cause: 'no' } })).toContain('start Mortise with sudo');
    expect(await reason({ [names]: ended('nat\n'), [plain]: ended(saved([])) })).toContain('keeps by itself');
    expect(await reason({ [names]: ended('nat\n'), [program]: ended(legacy().slice(0, 99)) })).toContain('not whole');
  });
});
