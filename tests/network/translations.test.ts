import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { succeed } from '#shared/result.ts';
import type { Listener } from '#shared/secure-mode.ts';
import { nftablesFirewall } from '#electron/firewall/nftables/nftables.ts';
import { wholeRuleset } from '#electron/firewall/nftables/whole-ruleset.ts';
import { addressTranslations, legacyTranslations } from '#electron/listeners/linux/address-translations.ts';
import { savedTables } from '#electron/listeners/linux/saved-tables.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { nft } from './nftables-lab.ts';
import { rightsHere } from './rights-here.ts';
import { addresses, openTwoHosts } from './two-hosts.ts';
import type { TwoHosts } from './two-hosts.ts';

const iptables = '/usr/sbin/iptables';
const ip6tables = '/usr/sbin/ip6tables';
const legacyIptables = '/usr/sbin/iptables-legacy';

const said: readonly Listener[] = [{ protocol: 'tcp', address: '0.0.0.0', port: 1433, purpose: 'T-SQL' }];

const portsOf = (listeners: readonly Listener[]) => listeners.map(({ port }) => port).toSorted((a, b) => a - b);

/** The rights to try under: none where Debian's iptables is not here, which fails where it is asked for. */
function rightsWithIptables() {
  if ([iptables, ip6tables, legacyIptables].every((program) => existsSync(program))) return rightsHere();
  if ((process.env['MORTISE_REQUIRE_PEERS'] ?? '') === '') it.skip('left out: iptables is not to be had here');
  else it('needs iptables', () => expect.fail('iptables is not here, and MORTISE_REQUIRE_PEERS asks for it'));
  return [];
}

for (const rights of rightsWithIptables()) {
  describe(`ports that iptables passes on, ${rights}`, () => {
    let hosts: TwoHosts;
    beforeAll(async () => {
      hosts = await openTwoHosts(rights);
      await hosts.a.listen('tcp', '::', 1433);
      await hosts.container.listen('tcp', '0.0.0.0', 1433);
    });
    afterAll(() => hosts.close());

    const firewall = () => nftablesFirewall({ clock: systemClock, privileged: hosts.a.privileged() });
    const sources = () => {
      const privileged = hosts.a.privileged();
      const tables = savedTables({ privileged });
      return {
        shared: addressTranslations(async () => await wholeRuleset(privileged), tables, systemClock),
        legacy: legacyTranslations(tables, systemClock),
      };
    };
    const found = async (by: 'shared' | 'legacy'): Promise<readonly Listener[]> => {
      const reading = await sources()[by].find(said);
      if (reading.state === 'unknown') throw new Error(reading.cause.sentence);
      return reading.value;
    };
    /** Every port that is listed answers from outside, is closed by a block of what is listed, and opens again with it. */
    async function closesWhatIsListed(listeners: readonly Listener[], address: string = addresses.a): Promise<void> {
      expect(listeners).not.toEqual([]);
      const reach = async () => {
        const seen: string[] = [];
        for (const { protocol, port } of listeners) seen.push(await hosts.b.reach(protocol, address, port));
        return [...new Set(seen)];
      };
      expect(await reach()).toEqual(['answers']);
      expect(await firewall().block({ listeners, allowed: [] })).toMatchObject({ ok: true });
      expect(await reach()).toEqual(['silence']);
      expect(await firewall().unblock()).toMatchObject({ ok: true });
      expect(await reach()).toEqual(['answers']);
    }

    it('are none before there is a rule', async () => {
      expect(await found('shared')).toEqual([]);
      expect(await found('legacy')).toEqual([]);
    });

    it("into a container by Docker's rules are listed, and closed by a block of them", async () => {
      await hosts.a.runEach(
        iptables,
        `-t nat -N DOCKER
        -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
        -t nat -A DOCKER -i docker0 -j RETURN
        -t nat -A DOCKER ! -i docker0 -p tcp -m tcp --dport 14330 -j DNAT --to-destination ${addresses.container}:1433
        -t nat -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination ${addresses.container}:80`,
      );
      expect(portsOf(await found('shared'))).toEqual([14_330]);
      await closesWhatIsListed(await found('shared'));
    });

    it('to this machine itself, several at once and behind a hostile comment, are listed and closed', async () => {
      const rule = '-t nat -I PREROUTING -p tcp -m multiport --dports 14331,14340:14342 -j REDIRECT --to-ports 1433';
      const comment = 'a "b"\nCOMMIT\n-A PREROUTING -p tcp --dport 9 -j RETURN \\';
      await hosts.a.run(iptables, ...rule.split(' '), '-m', 'comment', '--comment', comment);
      expect(portsOf(await found('shared'))).toEqual([14_330, 14_331, 14_340, 14_341, 14_342]);
      await closesWhatIsListed(await found('shared'));
    });

    it('over IPv6 are listed and closed', async () => {
      await hosts.a.runEach(ip6tables, '-t nat -A PREROUTING -p tcp --dport 14336 -j REDIRECT --to-ports 1433');
      const over6 = (await found('shared')).filter(({ address }) => address === '::');
      expect(portsOf(over6)).toEqual([14_336]);
      await closesWhatIsListed(over6, addresses.a6);
    });

    it('by tables that iptables keeps beside nftables are listed and closed', async () => {
      await hosts.a.runEach(
        legacyIptables,
        `-t nat -A PREROUTING -p tcp --dport 14350 -j DNAT --to-destination ${addresses.container}:1433`,
      );
      expect(portsOf(await found('shared'))).not.toContain(14_350);
      expect(portsOf(await found('legacy'))).toEqual([14_350]);
      await closesWhatIsListed(await found('legacy'));
    });

    it('are unknown when iptables has no program that shows them, or does not show its table any more', async () => {
      const privileged = hosts.a.privileged();
      const none = savedTables({ privileged, isThere: () => false });
      const ruleset = await wholeRuleset(privileged);
      expect(ruleset).toMatchObject(succeed(expect.anything()));
      const unread = await addressTranslations(async () => await Promise.resolve(ruleset), none, systemClock).find(
        said,
      );
      expect(unread).toMatchObject({ state: 'unknown', cause: { code: 'listeners-unreadable' } });
      await hosts.a.run(
        nft,
        'add',
        'rule',
        'ip',
        'nat',
        'PREROUTING',
        'tcp',
        'dport',
        '14360',
        'redirect',
        'to',
        ':1433',
      );
      expect(await sources().shared.find(said)).toMatchObject({
        state: 'unknown',
        cause: {
          sentence: expect.stringContaining('does not show the rules that iptables keeps in nftables') as string,
        },
      });
    });
  });
}
