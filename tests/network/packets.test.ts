import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNftablesLab, publishContainer, publishedPort } from './nftables-lab.ts';
import type { NftablesLab } from './nftables-lab.ts';
import { rightsHere } from './rights-here.ts';
import { addresses } from './two-hosts.ts';

for (const rights of rightsHere()) {
  describe(`packets to a blocked server, ${rights}`, () => {
    let lab: NftablesLab;
    beforeAll(async () => {
      lab = await openNftablesLab(rights);
      await publishContainer(lab);
    });
    afterAll(() => lab.close());

    /** Every way to the server, and which of our counters sees it. */
    const ways = [
      ['TCP 1433 over IPv4', 'tcp', addresses.a, () => 1433],
      ['TCP 1433 over IPv6', 'tcp', addresses.a6, () => 1433],
      ['a dynamic port over IPv4', 'tcp', addresses.a, () => lab.dynamicPort],
      ['a dynamic port over IPv6', 'tcp', addresses.a6, () => lab.dynamicPort],
      ['UDP 1434 over IPv4', 'udp', addresses.a, () => 1434],
      ['UDP 1434 over IPv6', 'udp', addresses.a6, () => 1434],
      ['UDP 1434 by broadcast', 'udp', addresses.broadcast, () => 1434],
      ['a port that leads into a container', 'tcp', addresses.a, () => publishedPort],
    ] as const;

    for (const [name, protocol, address, port] of ways) {
      it(`closes ${name} while the block is on, and only then`, async () => {
        expect(await lab.b.reach(protocol, address, port())).toBe('answers');
        await lab.block();
        expect(await lab.dropped(protocol)).toBe(0);
        expect(await lab.b.reach(protocol, address, port())).toBe('silence');
        expect(await lab.dropped(protocol)).toBeGreaterThan(0);
        await lab.unblock();
        expect(await lab.b.reach(protocol, address, port())).toBe('answers');
      });
    }

    it('cuts a session that is under way', async () => {
      const talk = await lab.b.hold(addresses.a, 1433);
      expect(await talk()).toBe('answers');
      await lab.block();
      expect(await talk()).toBe('silence');
      expect(await lab.dropped('tcp')).toBeGreaterThan(0);
      await lab.unblock();
    });

    it('leaves this machine its own way, over loopback and over its other addresses', async () => {
      const own = ['127.0.0.1', '::1', addresses.a, addresses.a6];
      const reach = async () => await Promise.all(own.map(async (address) => await lab.a.reach('tcp', address, 1433)));
      expect(await reach()).toEqual(own.map(() => 'answers'));
      const talk = await lab.a.hold(addresses.a, 1433);
      await lab.block();
      expect(await reach()).toEqual(own.map(() => 'answers'));
      expect(await talk()).toBe('answers');
      expect(await lab.a.reach('udp', addresses.a, 1434)).toBe('answers');
      await lab.unblock();
    });

    it('cuts a container on this machine off: it is another machine', async () => {
      expect(await lab.container.reach('tcp', '172.31.0.1', 1433)).toBe('answers');
      await lab.block();
      expect(await lab.container.reach('tcp', '172.31.0.1', 1433)).toBe('silence');
      await lab.unblock();
    });

    it('leaves alone what only passes through to another machine', async () => {
      await lab.b.run('/usr/sbin/ip', 'route', 'add', `${addresses.container}/32`, 'via', addresses.a);
      await lab.block();
      expect(await lab.b.reach('tcp', addresses.container, 1433)).toBe('answers');
      await lab.unblock();
    });

    it('lets an allowed address through and no other', async () => {
      await lab.block([{ address: addresses.b, until: null }]);
      expect(await lab.b.reach('tcp', addresses.a, 1433, addresses.b)).toBe('answers');
      expect(await lab.b.reach('tcp', addresses.a, 1433, addresses.bSecond)).toBe('silence');
      expect(await lab.b.reach('tcp', addresses.a6, 1433)).toBe('silence');
      await lab.block([{ address: 'fd77::/64', until: null }]);
      expect(await lab.b.reach('tcp', addresses.a6, 1433)).toBe('answers');
      expect(await lab.b.reach('tcp', addresses.a, 1433, addresses.b)).toBe('silence');
      await lab.unblock();
    });

    it('ends what is allowed for a time by itself, though a wider range overlaps with it', async () => {
      const until = new Date(Date.now() + 3_000).toISOString();
      await lab.block([
        { address: addresses.b, until: null },
        { address: '10.77.0.0/24', until },
      ]);
      expect(await lab.b.reach('tcp', addresses.a, 1433, addresses.bSecond)).toBe('answers');
      expect((await lab.state()).allowed).toEqual([
        { address: '10.77.0.0/24', until },
        { address: addresses.b, until: null },
      ]);
      await pause(Date.parse(until) - Date.now() + 200);
      expect(await lab.b.reach('tcp', addresses.a, 1433, addresses.bSecond)).toBe('silence');
      expect(await lab.b.reach('tcp', addresses.a, 1433, addresses.b)).toBe('answers');
      expect((await lab.state()).allowed).toEqual([{ address: addresses.b, until: null }]);
      await lab.unblock();
    });

    it('is replaced without a packet passing in between', async () => {
      await lab.block();
      const knocks: Promise<string>[] = [];
      const knocking = setInterval(() => knocks.push(lab.b.reach('udp', addresses.a, 1434)), 1);
      for (let times = 0; times < 20; times += 1) await lab.block();
      clearInterval(knocking);
      const seen = new Set(await Promise.all(knocks));
      expect(knocks.length).toBeGreaterThan(100);
      expect([...seen]).toEqual(['silence']);
      await lab.unblock();
    });
  });
}
