import { describe, expect, it } from 'vitest';
import { readFirewallRegistry } from '#electron/firewall/firewall-registry/firewall-registry.ts';
import { everyRule } from '#electron/firewall/netsecurity/bypass.ts';
import { instanceConfiguration } from '#electron/listeners/windows/instance-settings.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { windowsRegistryReader } from '#electron/machine/windows-registry-reader.ts';
import { accepts, knownOf, listOf, transport, windowsSays } from './this-machine.ts';

describe('The registry of Windows, as Mortise reads it', () => {
  it('has the rules that Get-NetFirewallRule shows', async () => {
    const registry = readFirewallRegistry(windowsRegistryReader);
    if (registry === undefined) throw new Error('There are no rules in the registry.');
    const here = new Set(everyRule(registry).map(({ id }) => id));
    const there = listOf(
      await windowsSays('Get-NetFirewallRule -PolicyStore PersistentStore | Select-Object -ExpandProperty Name'),
    );
    expect(there.length).toBeGreaterThan(50);
    expect(there.filter((name) => typeof name !== 'string' || !here.has(name))).toEqual([]);
  });

  it('names the ports on which the instance really listens', async () => {
    const found = knownOf(await instanceConfiguration(windowsRegistryReader, transport, systemClock).find([]));
    const ports = found.filter(({ address }) => address === '0.0.0.0').map(({ port }) => port);
    const open = listOf(
      await windowsSays(
        'Get-NetTCPConnection -State Listen -OwningProcess (Get-Process sqlservr).Id | Select-Object -ExpandProperty LocalPort',
      ),
    );
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) {
      expect(open).toContain(port);
      expect(await accepts(port)).toBe(true);
    }
  });
});
