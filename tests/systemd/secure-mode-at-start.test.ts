import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemdAtStart } from '#electron/at-start/systemd-at-start.ts';
import type { Block } from '#electron/firewall/firewall.ts';
import { nftablesFirewall } from '#electron/firewall/nftables/nftables.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { findPeer, withPeer } from '#tests/peers/peer.ts';
import { SystemdLab, whyNoNamespaces } from './systemd-lab.ts';

const unit = 'mortise-secure-mode.service';
const ruleset = '/run/mortise-lab/secure-mode.nft';
const systemctl = '/usr/bin/systemctl';
/** systemctl waits for the unit that it was given, not for those that this one pulls up. */
const soon = { timeout: 5_000 };
const refused = whyNoNamespaces();

const block: Block = {
  listeners: [
    { protocol: 'tcp', port: 1433, address: '0.0.0.0', purpose: 'SQL Server' },
    { protocol: 'udp', port: 1434, address: '0.0.0.0', purpose: 'SQL Server Browser' },
  ],
  allowed: [
    { address: '10.0.0.5', until: null },
    { address: '10.0.0.0/24', until: null },
    { address: 'fd00::5', until: null },
  ],
};

describe('the block at the start of a machine with a real systemd', () => {
  if (refused !== undefined) {
    process.stdout.write(`left out: ${refused}\n`);
    if ((process.env['MORTISE_REQUIRE_PEERS'] ?? '') === '') it.skip(`left out: ${refused}`);
    else it('needs namespaces', () => expect.fail(`${refused}, and MORTISE_REQUIRE_PEERS asks for them`));
    return;
  }
  withPeer(findPeer('systemd'), () =>
    withPeer(findPeer('nft'), () => {
      let lab: SystemdLab;
      beforeAll(async () => {
        lab = await SystemdLab.open();
        // The units of this machine stay as they are.
        await lab.run('/bin/mount', ['-t', 'tmpfs', 'tmpfs', '/etc/systemd/system']);
      });
      afterAll(() => lab.close());
      afterEach(async () => {
        await atStart().remove();
        await lab.run(systemctl, ['stop', 'nftables.service']);
        await lab.run('/usr/sbin/nft', ['flush', 'ruleset']);
      });

      const atStart = (readsAs = systemctl) =>
        systemdAtStart({
          clock: systemClock,
          privileged: lab.privileged(),
          systemctl: readsAs,
          ruleset,
          readText: async (path) => await lab.readText(path),
        });
      const firewall = () => nftablesFirewall({ clock: systemClock, privileged: lab.privileged('network') });
      const state = async () => {
        const reading = await firewall().read();
        if (reading.state === 'unknown') throw new Error(reading.cause.sentence);
        return reading.value;
      };
      const installed = async (what: Block | 'nothing' = block) => {
        const reading = await atStart().read(what === 'nothing' ? undefined : what);
        return reading.state === 'known' ? reading.value : reading.cause.sentence;
      };

      it('is the same block as the one that Mortise itself puts up', async () => {
        expect(await firewall().block(block)).toMatchObject({ ok: true });
        const own = await state();
        await lab.run('/usr/sbin/nft', ['flush', 'ruleset']);
        expect((await state()).blocked).toEqual([]);
        expect(await atStart().install(block)).toMatchObject({ ok: true });
        expect(await state()).toEqual(own);
        expect(own.findings).toEqual([]);
        expect(own.blocked).toHaveLength(2);
        expect(own.allowed).toHaveLength(3);
      });

      it('comes up again after nftables was restarted, reloaded, or stopped and started', async () => {
        await lab.run(systemctl, ['start', 'nftables.service']);
        expect(await atStart().install(block)).toMatchObject({ ok: true });
        const own = await state();
        expect(own.blocked).toHaveLength(2);
        await lab.run(systemctl, ['restart', 'nftables.service']);
        await expect.poll(state, soon).toEqual(own);
        await lab.run(systemctl, ['reload', 'nftables.service']);
        await expect.poll(state, soon).toEqual(own);
        await lab.run(systemctl, ['stop', 'nftables.service']);
        expect((await state()).blocked).toEqual([]);
        await lab.run(systemctl, ['start', 'nftables.service']);
        await expect.poll(state, soon).toEqual(own);
      });

      it('comes up with the machine, after everything was flushed', async () => {
        expect(await atStart().install(block)).toMatchObject({ ok: true });
        await lab.run('/usr/sbin/nft', ['flush', 'ruleset']);
        await lab.run(systemctl, ['stop', unit]);
        expect((await state()).blocked).toEqual([]);
        const wants = await lab.run(systemctl, ['show', '--property=Wants', '--value', 'sysinit.target']);
        expect(wants.split(/\s+/u)).toContain(unit);
        await lab.run(systemctl, ['start', unit]);
        expect((await state()).blocked).toHaveLength(2);
      });

      it('tells installed, outdated and not installed apart', async () => {
        expect(await installed()).toBe('not-installed');
        await atStart().install(block);
        expect(await installed()).toBe('installed');
        expect(await installed({ ...block, listeners: block.listeners.slice(1) })).toBe('outdated');
        expect(await installed('nothing')).toBe('outdated');
        await lab.run(systemctl, ['disable', unit]);
        expect(await installed()).toBe('outdated');
        await atStart().install({ ...block, listeners: block.listeners.slice(1) });
        expect(await installed()).toBe('outdated');
        await atStart().install(block);
        expect(await installed()).toBe('installed');
      });

      it('leaves no trace when it is removed, and leaves the block in force', async () => {
        await atStart().install(block);
        expect(await atStart().remove()).toMatchObject({ ok: true });
        expect(await atStart().remove()).toMatchObject({ ok: true });
        expect(await installed()).toBe('not-installed');
        const left = await lab.run('/usr/bin/find', ['/etc/systemd/system', '/run', '-path', '*mortise*']);
        expect(left).toBe('');
        expect(await lab.run(systemctl, ['list-units', '--all', '--plain', '--no-legend', unit])).toBe('');
        expect((await state()).blocked).toHaveLength(2);
      });

      it('leaves out who is allowed for a time, and does not cut them off now', async () => {
        const until = new Date(Date.now() + 3_600_000).toISOString();
        const timed = { ...block, allowed: [...block.allowed, { address: '10.0.1.9', until }] };
        await firewall().block(timed);
        const own = await state();
        expect(own.allowed).toHaveLength(4);
        expect(await atStart().install(timed)).toMatchObject({ ok: true });
        expect(await state()).toEqual(own);
        expect(await lab.readText(ruleset)).not.toContain('10.0.1.9');
        expect(await installed(timed)).toBe('installed');
      });

      it('is not half installed where systemd does not take it, and an older one stays', async () => {
        expect(await atStart('/bin/false').install(block)).toMatchObject({
          ok: false,
          error: { code: 'at-start-failed' },
        });
        expect(await installed()).toBe('not-installed');
        await atStart().install(block);
        await atStart('/bin/false').install({ ...block, allowed: [] });
        expect(await installed()).toBe('installed');
        expect(await lab.run('/bin/ls', ['/run/mortise-lab'])).toBe('secure-mode.nft\n');
      });

      it('writes what it said that it would', async () => {
        const files = new Map(
          atStart()
            .describe(block)
            .flatMap((change) => (change.kind === 'file' ? [[change.path, change.diff] as const] : [])),
        );
        await atStart().install(block);
        expect([...files.keys()]).toEqual([ruleset, `/etc/systemd/system/${unit}`]);
        for (const [path, diff] of files) {
          expect(diff.replaceAll(/^\+ /gmu, '')).toBe((await lab.readText(path))?.trimEnd());
        }
      });
    }),
  );
});
