import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { nft, openNftablesLab, publishContainer, publishedPort } from './nftables-lab.ts';
import type { NftablesLab } from './nftables-lab.ts';
import { rightsHere } from './rights-here.ts';
import { addresses } from './two-hosts.ts';

/** Rules of somebody else, what is said of them, and a port that then leads to SQL Server all the same. */
const rules = [
  {
    name: 'another port that is redirected to a blocked one',
    lines: `add table ip other
    add chain ip other pre { type nat hook prerouting priority dstnat ; }
    add rule ip other pre tcp dport 9999 redirect to :1433`,
    effect: 'weakens',
    says: 'passes another port on to the blocked port 1433 (ip other, chain pre)',
    opens: 9999,
  },
  {
    name: 'a redirection that is taken from a map',
    lines: `add table ip other
    add chain ip other pre { type nat hook prerouting priority dstnat ; }
    add rule ip other pre ip protocol tcp redirect to :tcp dport map { 9999 : 1433 }`,
    effect: 'doubts',
    says: 'whether to a blocked one cannot be told (ip other, chain pre)',
    opens: 9999,
  },
  {
    name: 'a port that is rewritten before our chain, and back on the way out',
    lines: `add table ip other
    add chain ip other pre { type filter hook prerouting priority -400 ; }
    add rule ip other pre tcp dport 9999 tcp dport set 1433`,
    effect: 'doubts',
    says: 'gone through before Mortise’s may change or redirect packets (ip other, chain pre)',
  },
  {
    name: 'a rewriting where packets come off the wire',
    lines: `add table netdev other
    add chain netdev other in { type filter hook ingress device to_b priority 0 ; }
    add rule netdev other in tcp dport 9999 tcp dport set 1433`,
    effect: 'doubts',
    says: 'gone through before Mortise’s may change or redirect packets (netdev other, chain in)',
  },
  {
    name: 'a chain that somebody added to our table',
    lines: 'add chain inet mortise more { type filter hook input priority 0 ; }',
    effect: 'doubts',
    says: 'a chain in the table inet mortise that Mortise did not write',
  },
] as const;

/** Rules of somebody else that do nothing to the block. */
const harmless = [
  {
    name: 'an accept in another table, before and after ours',
    lines: `add table inet other
    add chain inet other early { type filter hook prerouting priority -500 ; }
    add rule inet other early tcp dport 1433 accept
    add chain inet other in { type filter hook input priority 0 ; }
    add rule inet other in tcp dport 1433 accept`,
  },
  {
    name: 'a mark that is set before ours',
    lines: `add table inet other
    add chain inet other early { type filter hook prerouting priority -500 ; }
    add rule inet other early tcp dport 1433 meta mark set 7`,
  },
  {
    name: 'a redirection from and to other ports',
    lines: `add table ip other
    add chain ip other pre { type nat hook prerouting priority dstnat ; }
    add rule ip other pre tcp dport 80 redirect to :8080`,
  },
  { name: 'a drop in our chain', lines: 'insert rule inet mortise other_machines tcp dport 5000 counter drop' },
] as const;

for (const rights of rightsHere()) {
  describe(`rules of others beside the block, ${rights}`, () => {
    let lab: NftablesLab;
    beforeAll(async () => {
      lab = await openNftablesLab(rights);
    });
    afterAll(() => lab.close());
    afterEach(async () => {
      await lab.a.run(nft, 'flush', 'ruleset');
    });

    for (const rule of rules) {
      it(`are named: ${rule.name}`, async () => {
        await lab.block();
        await lab.a.runEach(nft, rule.lines);
        if ('opens' in rule) expect(await lab.b.reach('tcp', addresses.a, rule.opens)).toBe('answers');
        const { findings } = await lab.state();
        expect(findings).toEqual([
          { effect: rule.effect, sentence: expect.stringContaining(rule.says), next: expect.stringMatching(/\S/u) },
        ]);
        await lab.unblock();
        expect((await lab.state()).findings).toEqual([]);
      });
    }

    for (const rule of harmless) {
      it(`are not held against it where they do nothing: ${rule.name}`, async () => {
        await lab.block();
        await lab.a.runEach(nft, rule.lines);
        expect(await lab.b.reach('tcp', addresses.a, 1433)).toBe('silence');
        expect((await lab.state()).findings).toEqual([]);
      });
    }

    it('are not held against it where a container’s published port is blocked itself, and are where it is not', async () => {
      await publishContainer(lab);
      await lab.block();
      expect(await lab.b.reach('tcp', addresses.a, publishedPort)).toBe('silence');
      expect((await lab.state()).findings).toEqual([]);
      await lab.firewall.block({ listeners: lab.listeners.filter(({ port }) => port !== publishedPort), allowed: [] });
      expect(await lab.b.reach('tcp', addresses.a, publishedPort)).toBe('answers');
      expect((await lab.state()).findings).toEqual([
        expect.objectContaining({ effect: 'doubts', sentence: expect.stringContaining('passes another port on') }),
      ]);
    });

    it('are doubted where iptables translates addresses in its own form', async () => {
      await lab.block();
      const iptables = [
        '-t',
        'nat',
        '-A',
        'PREROUTING',
        '-p',
        'tcp',
        '--dport',
        '9999',
        '-j',
        'REDIRECT',
        '--to-ports',
        '1433',
      ];
      await lab.a.run('/usr/sbin/iptables-nft', ...iptables);
      expect(await lab.b.reach('tcp', addresses.a, 9999)).toBe('answers');
      expect((await lab.state()).findings.map(({ effect }) => effect)).toEqual([
        expect.stringMatching(/doubts|weakens/u),
      ]);
    });
  });
}
