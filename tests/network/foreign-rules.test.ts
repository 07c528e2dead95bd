import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { nft, openNftablesLab, publishContainer, publishedPort } from './nftables-lab.ts';
import type { NftablesLab } from './nftables-lab.ts';
import { rightsHere } from './rights-here.ts';
import { addresses } from './two-hosts.ts';

/** An address that is not the server's, which the other machine sends through the server. */
const routed = '10.99.0.1';

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
    name: 'a port that is rewritten after our chain, and back on the way out',
    lines: `add table ip other
    add chain ip other pre { type filter hook prerouting priority -150 ; }
    add rule ip other pre tcp dport 9999 tcp dport set 1433
    add chain ip other out { type filter hook output priority 0 ; }
    add rule ip other out tcp sport 1433 tcp sport set 9999`,
    effect: 'doubts',
    says: 'may rewrite ports or addresses after Mortise’s saw them (ip other, chain pre)',
    opens: 9999,
  },
  {
    name: 'a port that is rewritten on its way into this machine, in a chain that is jumped to',
    lines: `add table ip other
    add chain ip other more
    add rule ip other more tcp dport 9999 tcp dport set 1433
    add chain ip other in { type filter hook input priority 0 ; }
    add rule ip other in jump more
    add chain ip other out { type filter hook output priority 0 ; }
    add rule ip other out tcp sport 1433 tcp sport set 9999`,
    effect: 'doubts',
    says: 'may rewrite ports or addresses after Mortise’s saw them (ip other, chain more)',
    opens: 9999,
  },
  {
    name: 'a redirection of TCP from a port that is blocked for UDP only',
    lines: `add table ip other
    add chain ip other pre { type nat hook prerouting priority dstnat ; }
    add rule ip other pre tcp dport 1434 redirect to :1433`,
    effect: 'weakens',
    says: 'passes another port on to the blocked port 1433 (ip other, chain pre)',
    opens: 1434,
  },
  {
    name: 'a translation whose address and port are looked up together',
    lines: `add table ip other
    add chain ip other pre { type nat hook prerouting priority dstnat ; }
    add rule ip other pre dnat ip to tcp dport map { 9999 : ${addresses.a} . 1433 }`,
    effect: 'doubts',
    says: 'whether to a blocked one cannot be told (ip other, chain pre)',
    opens: 9999,
  },
  {
    name: 'a redirection that keeps the port, whatever address it was for',
    lines: `add table ip other
    add chain ip other pre { type nat hook prerouting priority dstnat ; }
    add rule ip other pre tcp dport 1433 redirect`,
    effect: 'doubts',
    says: 'what is for addresses of others, perhaps to a blocked port of this machine (ip other, chain pre)',
    opens: 1433,
    at: routed,
  },
  {
    name: 'a redirection that names the same port, whatever address it was for',
    lines: `add table ip other
    add chain ip other pre { type nat hook prerouting priority dstnat ; }
    add rule ip other pre tcp dport 1433 redirect to :1433`,
    effect: 'doubts',
    says: 'what is for addresses of others, perhaps to a blocked port of this machine (ip other, chain pre)',
    opens: 1433,
    at: routed,
  },
  {
    name: 'an address of others that is translated to one of this machine',
    lines: `add table ip other
    add chain ip other pre { type nat hook prerouting priority dstnat ; }
    add rule ip other pre ip daddr ${routed} dnat to ${addresses.a}`,
    effect: 'doubts',
    says: 'what is for addresses of others, perhaps to a blocked port of this machine (ip other, chain pre)',
    opens: 1433,
    at: routed,
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
  {
    name: 'a redirection of a blocked port, for addresses of this machine only',
    lines: `add table ip other
    add chain ip other pre { type nat hook prerouting priority dstnat ; }
    add rule ip other pre fib daddr type local tcp dport 1433 redirect`,
  },
  {
    name: 'a port that is rewritten on the way out',
    lines: `add table ip other
    add chain ip other out { type filter hook output priority 0 ; }
    add rule ip other out tcp dport 9999 tcp dport set 1433`,
  },
  { name: 'a drop in our chain', lines: 'insert rule inet mortise other_machines tcp dport 5000 counter drop' },
] as const;

for (const rights of rightsHere()) {
  describe(`rules of others beside the block, ${rights}`, () => {
    let lab: NftablesLab;
    beforeAll(async () => {
      lab = await openNftablesLab(rights);
      await lab.b.run('/usr/sbin/ip', 'route', 'add', `${routed}/32`, 'via', addresses.a);
    });
    afterAll(() => lab.close());
    afterEach(async () => {
      await lab.a.run(nft, 'flush', 'ruleset');
    });

    for (const rule of rules) {
      it(`are named: ${rule.name}`, async () => {
        await lab.block();
        await lab.a.runEach(nft, rule.lines);
        if ('opens' in rule) {
          expect(await lab.b.reach('tcp', 'at' in rule ? rule.at : addresses.a, rule.opens)).toBe('answers');
        }
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

    it('are left to whoever lists the listeners where iptables translates addresses in its own form', async () => {
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
      // Newer programs of iptables write this as nftables does, and then it is judged here.
      const shown = (await lab.a.run(nft, '-j', 'list', 'ruleset')).includes('"redirect"');
      expect((await lab.state()).findings.map(({ effect }) => effect)).toEqual(shown ? ['weakens'] : []);
    });
  });
}
