import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nftablesFirewall } from '#electron/firewall/nftables/nftables.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { privilegedBy } from '#electron/machine/privileged.ts';
import { removeStandIns, standIn } from '#tests/unit/machine/stand-in.ts';

removeStandIns();

type Objects = Readonly<Record<string, unknown>>[];

const nowhere = '/nonexistent/program';
const privileged = privilegedBy({ uid: 0, sudo: nowhere, pkexec: nowhere, display: undefined });

/** What nft 1.0.6 wrote of a block of TCP 1433 and 50123 and UDP 1434, with three addresses allowed. */
const recorded = async (): Promise<Objects> => {
  const text = await readFile(new URL('block-1.0.6.json', import.meta.url), 'utf8');
  const { nftables } = JSON.parse(text) as { readonly nftables: Objects };
  return nftables;
};

async function read(objects: Objects) {
  const program = await standIn('nft', 'exec cat "${0%/*}/answer.json"');
  await writeFile(join(dirname(program), 'answer.json'), JSON.stringify({ nftables: objects }));
  const reading = await nftablesFirewall({ clock: systemClock, privileged, program }).read();
  if (reading.state === 'unknown') throw new Error(reading.cause.sentence);
  return reading.value;
}

/** The recorded block with other elements in its first set of IPv4 addresses. */
const allowing = async (elem: readonly unknown[]) =>
  (await recorded()).map((each) => {
    const { set } = each as { readonly set?: { readonly name: string } };
    return set?.name === 'allowed_v4_1' ? { set: { ...set, elem } } : each;
  });
const cidr = (addr: string, len: number) => ({ prefix: { addr, len } });

describe('a recorded answer of nft', () => {
  it('is read as the block that it is', async () => {
    expect(await read(await recorded())).toEqual({
      rules: [
        'nftables: let this machine itself through',
        'nftables: let 192.0.2.0/24 through',
        'nftables: let 192.0.2.7 through',
        'nftables: let 2001:db8::7 through',
        'nftables: drop TCP 1433 from every other machine, IPv4 and IPv6',
        'nftables: drop TCP 50123 from every other machine, IPv4 and IPv6',
        'nftables: drop UDP 1434 from every other machine, IPv4 and IPv6',
      ],
      blocked: [
        { protocol: 'tcp', port: 1433 },
        { protocol: 'tcp', port: 50_123 },
        { protocol: 'udp', port: 1434 },
      ],
      allowed: ['192.0.2.0/24', '192.0.2.7', '2001:db8::7'].map((address) => ({ address, until: null })),
      findings: [],
    });
  });

  it('is read as the same whatever the order of its objects and of the elements of its sets', async () => {
    const objects = await recorded();
    const [meta = {}, ...rest] = objects;
    const rules = rest.filter((each) => 'rule' in each);
    const others = rest.filter((each) => !('rule' in each));
    const turned = others.toReversed().map((object) => {
      const { set } = object as { readonly set?: { readonly elem?: readonly unknown[] } };
      return set?.elem === undefined ? object : { set: { ...set, elem: set.elem.toReversed() } };
    });
    expect(await read([...rules, ...turned, meta])).toEqual(await read(objects));
  });

  it('takes rules in their order: an accept before a drop opens, one after it does not', async () => {
    const objects = await recorded();
    const accept = {
      rule: { family: 'inet', table: 'mortise', chain: 'other_machines', handle: 99, expr: [{ accept: null }] },
    };
    const first = objects.findIndex((each) => 'rule' in each);
    expect(await read(objects.toSpliced(first, 0, accept))).toMatchObject({
      blocked: [],
      rules: [],
      findings: [{ effect: 'voids' }],
    });
    expect(await read([...objects, accept])).toEqual(await read(objects));
    // Between both drops only what comes after it is open.
    const udp = objects.length - 1;
    const { blocked } = await read(objects.toSpliced(udp, 0, accept));
    expect(blocked.map(({ protocol }) => protocol)).toEqual(['tcp', 'tcp']);
  });

  it('is no block where our chain stands at another hook, or at another priority', async () => {
    for (const change of [{ hook: 'input' }, { prio: 0 }, { type: 'nat' }]) {
      const objects = (await recorded()).map((each) =>
        'chain' in each ? { chain: { ...(each['chain'] as object), ...change } } : each,
      );
      expect(await read(objects)).toMatchObject({ blocked: [], rules: [], findings: [{ effect: 'voids' }] });
    }
  });

  it('is no block where our table carries a flag, however this nft writes it', async () => {
    for (const flags of ['dormant', 'inet_service', ['dormant'], 1]) {
      const objects = (await recorded()).map((each) =>
        'table' in each ? { table: { ...(each['table'] as object), flags } } : each,
      );
      expect(await read(objects)).toMatchObject({ blocked: [], rules: [], findings: [{ effect: 'voids' }] });
    }
  });

  it('is doubted where a flow table of somebody else carries packets past it', async () => {
    const flowtable = {
      family: 'inet',
      name: 'fast',
      table: 'other',
      handle: 3,
      hook: 'ingress',
      prio: 0,
      dev: 'to_b',
    };
    const { findings, blocked } = await read([...(await recorded()), { flowtable }]);
    expect(blocked).toHaveLength(3);
    expect(findings).toEqual([
      expect.objectContaining({ effect: 'doubts', sentence: expect.stringContaining('A flow table (inet other)') }),
    ]);
  });

  it('is doubted where our set of ports holds what is no port', async () => {
    const objects = (await recorded()).map((each) => {
      const { set } = each as { readonly set?: { readonly name: string } };
      return set?.name === 'tcp_ports' ? { set: { ...set, elem: [1433, { range: [1500, 1600] }] } } : each;
    });
    const { findings, blocked } = await read(objects);
    expect(blocked).toEqual([{ protocol: 'udp', port: 1434 }]);
    expect(findings).toEqual([expect.objectContaining({ effect: 'doubts' })]);
  });

  it.each([
    ['both halves', [cidr('0.0.0.0', 1), cidr('128.0.0.0', 1)]],
    ['a range of nearly everything', [{ range: ['0.0.0.1', '255.255.255.254'] }]],
    ['narrow ranges side by side', [cidr('10.0.0.0', 16), { elem: { val: cidr('10.1.0.0', 16), timeout: 60 } }]],
  ])('is no block where our set of addresses holds most of the network: %s', async (_name, elements) => {
    const { blocked, rules, findings } = await read(await allowing(elements));
    expect({ blocked, rules }).toEqual({ blocked: [], rules: [] });
    expect(findings.map(({ effect }) => effect)).toContain('voids');
  });

  it.each([
    ['a narrow range', [{ range: ['192.0.2.1', '192.0.2.9'] }]],
    ['no address', [{ concat: ['192.0.2.1', 5] }]],
    ['a name', ['server']],
  ])('is doubted, and no port called blocked, where our set of addresses holds %s', async (_name, elements) => {
    const { blocked, findings } = await read(await allowing(elements));
    expect(blocked).toEqual([]);
    expect(findings.map(({ effect }) => effect)).toEqual(['doubts']);
  });

  it.each([
    ['one machine', '192.0.2.7', 'weakens', 3],
    ['a narrow range', cidr('192.0.2.0', 24), 'weakens', 3],
    ['two machines', { set: ['192.0.2.7', '192.0.2.8'] }, 'weakens', 3],
    ['most of the network', cidr('10.0.0.0', 8), 'voids', 0],
    ['a range of nearly everything', { range: ['0.0.0.1', '255.255.255.254'] }, 'voids', 0],
    ['both halves', { set: [cidr('0.0.0.0', 1), cidr('128.0.0.0', 1)] }, 'voids', 0],
    ['a set of somebody else', '@friends', 'doubts', 0],
  ])('takes a rule of somebody else as what it lets through: %s', async (_name, right, effect, count) => {
    const objects = await recorded();
    const match = { op: '==', left: { payload: { protocol: 'ip', field: 'saddr' } }, right };
    const expr = [{ match }, { accept: null }];
    const rule = { family: 'inet', table: 'mortise', chain: 'other_machines', handle: 99, expr };
    const first = objects.findIndex((each) => 'rule' in each);
    const { blocked, findings } = await read(objects.toSpliced(first, 0, { rule }));
    expect(blocked).toHaveLength(count);
    expect(findings.map((each) => each.effect)).toEqual([effect]);
  });
});
