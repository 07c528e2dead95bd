import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Listener } from '#shared/secure-mode.ts';
import type { Firewall } from '#electron/firewall/firewall.ts';
import { thisWindows } from '#electron/firewall/netsecurity/this-windows.ts';
import { instanceConfiguration } from '#electron/listeners/windows/instance-settings.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { windowsRegistryReader } from '#electron/machine/windows-registry-reader.ts';
import { valueOf } from '#tests/unit/shared/result-of.ts';
import { accepts, knownOf, listOf, transport, windowsSays } from './this-machine.ts';

const ourRules = async () =>
  listOf(
    await windowsSays(
      "Get-NetFirewallRule -PolicyStore ActiveStore | Where-Object { $_.Group -eq 'Mortise' } | Select-Object -ExpandProperty Name",
    ),
  );

describe('Windows Firewall, switched by Mortise', () => {
  let firewall: Firewall;
  let listeners: readonly Listener[];
  let port: number;
  beforeAll(async () => {
    const stateFolder = await mkdtemp(join(tmpdir(), 'mortise-acceptance-'));
    ({ firewall } = thisWindows({ clock: systemClock, transport, stateFolder }));
    listeners = knownOf(await instanceConfiguration(windowsRegistryReader, transport, systemClock).find([]));
    port = listeners.find(({ address }) => address === '0.0.0.0')?.port ?? 0;
    valueOf(await firewall.unblock());
  });
  afterAll(async () => {
    valueOf(await firewall.unblock());
  });

  it('blocks what listens, reads it back, and takes nothing from this machine itself', async () => {
    expect(await accepts(port)).toBe(true);
    expect(await ourRules()).toEqual([]);
    valueOf(await firewall.block({ listeners, allowed: [] }));
    const state = knownOf(await firewall.read({ thorough: true }));
    expect(state.blocked).toContainEqual({ protocol: 'tcp', port });
    expect((await ourRules()).length).toBeGreaterThan(0);
    expect(await accepts(port)).toBe(true);
  });

  it('is the same when it is blocked once more', async () => {
    valueOf(await firewall.block({ listeners, allowed: [] }));
    const once = await ourRules();
    valueOf(await firewall.block({ listeners, allowed: [] }));
    expect((await ourRules()).length).toBe(once.length);
  });

  it('lets an allowed address through the block, as a weakening that reads back', async () => {
    const allowed = [{ address: '192.0.2.7', until: null }];
    valueOf(await firewall.block({ listeners, allowed }));
    expect(knownOf(await firewall.read({ thorough: true })).allowed).toEqual(allowed);
  });

  it('leaves no rule behind', async () => {
    valueOf(await firewall.block({ listeners, allowed: [] }));
    valueOf(await firewall.unblock());
    expect(await ourRules()).toEqual([]);
    expect(knownOf(await firewall.read({ thorough: true })).rules).toEqual([]);
  });

  it('leaves an entry of its change in the log of Windows Firewall', async () => {
    const since = new Date().toISOString();
    valueOf(await firewall.block({ listeners, allowed: [] }));
    // 2004 and 2097: a rule was added. The second number is that of newer versions of Windows.
    const entries = listOf(
      await windowsSays(
        `Get-WinEvent -FilterHashtable @{ LogName = 'Microsoft-Windows-Windows Firewall With Advanced Security/Firewall'; Id = 2004, 2097; StartTime = [datetime]'${since}' } -ErrorAction SilentlyContinue | Select-Object -Property Id, Message`,
      ),
    );
    expect(entries.length).toBeGreaterThan(0);
  });
});
