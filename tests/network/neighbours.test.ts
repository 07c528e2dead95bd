import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPeer, withPeer } from '#tests/peers/peer.ts';
import { NeighbourRoom } from './neighbour-room.ts';
import { nft, openNftablesLab } from './nftables-lab.ts';
import type { NftablesLab } from './nftables-lab.ts';
import { rightsHere } from './rights-here.ts';
import { addresses } from './two-hosts.ts';

/** Other firewalls of the same machine ask for the rights of root. */
if (rightsHere().includes('as root')) {
  describe('the block beside another firewall', () => {
    let lab: NftablesLab;
    let room: NeighbourRoom;
    beforeEach(async () => {
      lab = await openNftablesLab('as root');
      room = await NeighbourRoom.open(lab.a);
    });
    afterEach(async () => {
      await room.close();
      await lab.close();
    });

    const remote = async () => await lab.b.reach('tcp', addresses.a, 1433);
    const everybodysRules = async () => await lab.a.run(nft, '-s', 'list', 'ruleset');

    /** The other firewall runs and lets 1433 through. */
    const staysThrough = async (reloads: readonly (() => Promise<unknown>)[]) => {
      expect(await remote()).toBe('answers');
      const theirs = await everybodysRules();
      await lab.block();
      expect(await remote()).toBe('silence');
      const ours = await lab.state();
      expect(ours.blocked).toContainEqual({ protocol: 'tcp', port: 1433 });
      expect(ours.findings).toEqual([]);
      for (const reload of reloads) {
        await reload();
        expect(await lab.state()).toEqual(ours);
        expect(await remote()).toBe('silence');
      }
      await lab.unblock();
      expect(await everybodysRules()).toBe(theirs);
      expect(await remote()).toBe('answers');
    };

    withPeer(findPeer('ufw'), (ufw) =>
      it('outlasts a reload of ufw that lets SQL Server through, and leaves its rules as they are', async () => {
        await room.run(ufw, 'allow', '1433/tcp');
        await room.run(ufw, '--force', 'enable');
        await staysThrough([async () => await room.run(ufw, 'reload')]);
      }),
    );

    withPeer(findPeer('firewalld'), (firewalld) =>
      withPeer(findPeer('dbus-daemon'), (bus) =>
        it('outlasts every reload of firewalld that lets SQL Server through, and leaves its rules as they are', async () => {
          const command = '/usr/bin/firewall-cmd';
          room.start(bus, '--system', '--nofork', '--nopidfile', '--address=unix:path=/run/dbus/system_bus_socket');
          await lab.a.run('/bin/sleep', '0.3');
          room.start(firewalld, '--nofork', '--nopid');
          const state = async () => await room.run(command, '--state').catch(() => 'not running');
          await expect.poll(state, { timeout: 20_000, interval: 300 }).toBe('running\n');
          await room.run(command, '--permanent', '--add-port=1433/tcp');
          await room.run(command, '--reload');
          await staysThrough([
            async () => await room.run(command, '--reload'),
            async () => await room.run(command, '--complete-reload'),
          ]);
        }),
      ),
    );
  });
}
