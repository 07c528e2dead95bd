import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Listener } from '#shared/secure-mode.ts';
import { addressTranslations } from '#electron/listeners/linux/address-translations.ts';
import { savedTables } from '#electron/listeners/linux/saved-tables.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { valueIn, whyUnknown } from './reading-of.ts';
import { machineThatSays } from './saved-rules.ts';

/** A machine without iptables. */
const noTables = savedTables(machineThatSays({}));
const said: readonly Listener[] = [{ protocol: 'tcp', address: '0.0.0.0', port: 1433, purpose: 'T-SQL' }];
const dport = (right: unknown, protocol = 'tcp') => ({
  match: { op: '==', left: { payload: { protocol, field: 'dport' } }, right },
});
const daddr = { match: { op: '==', left: { payload: { protocol: 'ip', field: 'daddr' } }, right: '10.0.0.1' } };
const counter = { counter: { packets: 0, bytes: 0 } };
const toServer = { dnat: { addr: '172.17.0.2', port: 1433 } };

/** The rule in a ruleset as nft 1.0.6 writes it. */
const find = async (expr: readonly unknown[], from = said, family = 'ip') =>
  await addressTranslations(
    async () =>
      await Promise.resolve(
        succeed({
          nftables: [
            { metainfo: { version: '1.0.6', json_schema_version: 1 } },
            { table: { family, name: 'nat', handle: 1 } },
            { rule: { family, table: 'nat', chain: 'DOCKER', handle: 2, expr } },
          ],
        }),
      ),
    noTables,
    systemClock,
  ).find(from);
const places = async (...expr: unknown[]) => valueIn(await find(expr)).map(({ address, port }) => `${address} ${port}`);
const why = async (...expr: unknown[]) => whyUnknown(await find(expr));

describe('The ports that the kernel passes on to SQL Server', () => {
  it('are read from rules that change where a packet goes', async () => {
    expect(await places(dport(14330), counter, toServer)).toEqual(['0.0.0.0 14330']);
    expect(valueIn(await find([dport(14330), toServer], said, 'ip6'))[0]?.address).toBe('::');
    expect(await places(daddr, dport({ set: [1500, { range: [1600, 1602] }] }), { redirect: { port: 1433 } })).toEqual([
      '10.0.0.1 1500',
      '10.0.0.1 1600',
      '10.0.0.1 1601',
      '10.0.0.1 1602',
    ]);
  });

  it('keep their number where the rule names an address alone', async () => {
    expect(await places(dport({ set: [77, 1433] }), { dnat: { addr: '10.0.0.7' } })).toEqual(['0.0.0.0 1433']);
  });

  it('are not those that lead elsewhere', async () => {
    expect(await places(dport(8080), { dnat: { addr: '172.17.0.3', port: 80 } })).toEqual([]);
    expect(await places(dport(14330, 'udp'), toServer)).toEqual([]);
    expect(await places(dport(22), { accept: null })).toEqual([]);
    expect(await places({ xt: { type: 'target', name: 'MASQUERADE' } })).toEqual([]);
    expect(await places({ xt: { type: 'match', name: 'addrtype' } }, { jump: { target: 'DOCKER' } })).toEqual([]);
  });

  it('are unknown where iptables wrote a rule in its own form and is not there to show it', async () => {
    const dnat = { xt: { type: 'target', name: 'DNAT' } };
    expect(await why(dport(14330), counter, dnat)).toContain(
      'a rule in nat DOCKER was written by iptables in a form that nftables does not show, and iptables-save is not on this machine',
    );
    expect(await why(dport(14330), { xt: null })).toContain('written by iptables');
    expect(whyUnknown(await find([dport(14330), dnat], said, 'inet'))).toContain('does not show (DNAT)');
    // A rule in both forms.
    expect(await why(dport({ range: [1, 65_535] }), { dnat: { addr: '10.0.0.7' } }, { xt: null })).toContain('1000');
  });

  it('are unknown where a rule looks up its ports or its target', async () => {
    const map = { map: { key: { payload: { protocol: 'tcp', field: 'dport' } }, data: { set: [[80, '10.0.0.1']] } } };
    expect(await why({ dnat: { addr: map } })).toContain('a place that it looks up');
    expect(await why(dport('@ports'), toServer)).toContain('names its ports in a way');
    expect(await why(toServer)).toContain('without saying from which port');
    expect(await why(dport({ range: [1, 65_535] }), { dnat: { addr: '10.0.0.7' } })).toContain('more than 1000');
  });

  it('are unknown while SQL Server does not say its ports, or the rules cannot be read', async () => {
    expect(whyUnknown(await find([dport(14330), toServer], []))).toContain('while it does not answer');
    expect(valueIn(await find([dport(22), { accept: null }], []))).toEqual([]);
    const no = failure('firewall-no-right', { what: 'read' });
    const unread = await addressTranslations(async () => await Promise.resolve(failed(no)), noTables, systemClock).find(
      said,
    );
    expect(unread).toMatchObject({ state: 'unknown', cause: no });
    const odd = await addressTranslations(
      async () => await Promise.resolve(succeed('cut')),
      noTables,
      systemClock,
    ).find(said);
    expect(whyUnknown(odd)).toContain('is not understood');
  });
});
