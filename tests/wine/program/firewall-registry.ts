import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '#electron/machine/clock.ts';
import { windowsRegistryReader } from '#electron/machine/windows-registry-reader.ts';
import { netSecurityFirewall } from '#electron/firewall/netsecurity/netsecurity.ts';
import { WindowsPowerShell } from '#electron/firewall/netsecurity/powershell-host.ts';
import { thisWindows } from '#electron/firewall/netsecurity/this-windows.ts';
import { systemRootOf } from '#electron/firewall/netsecurity/windows-facts.ts';
import { itReadsExportedHives, stateOf } from '#tests/unit/firewall/firewall-hives-contract.ts';
import { hivePath } from '#tests/unit/firewall/reg-file.ts';
import type { Hive } from '#tests/unit/firewall/reg-file.ts';

const systemRoot = process.env['SystemRoot'] ?? String.raw`C:\windows`;
const policy = String.raw`HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy`;
const groupPolicy = String.raw`HKLM\SOFTWARE\Policies\Microsoft\WindowsFirewall`;

/** Windows' own program for the registry, which shares nothing with the product's way to it. */
function reg(...args: readonly string[]): void {
  const { status, error } = spawnSync(String.raw`${systemRoot}\System32\reg.exe`, args, { stdio: 'ignore' });
  if (status !== 0 && args[0] !== 'delete') throw new Error(`reg ${args.join(' ')}: ${status} ${error?.message ?? ''}`);
}

/** A registry in which nothing stands of the firewall but what the export says. */
function importHive(hive: Hive): void {
  reg('delete', policy, '/f');
  reg('delete', groupPolicy, '/f');
  reg('import', hivePath(hive));
}

const rule = 'Mortise-SecureMode-3f9c2a61b07d-TCP';

/** Whether the firewall tells of a change within two seconds after `act`. */
async function driftSeen(act: () => void): Promise<boolean> {
  const host = new WindowsPowerShell({ systemRoot });
  const firewall = netSecurityFirewall({ clock: systemClock, host, registry: windowsRegistryReader });
  const changes = new EventTarget();
  const told = once(changes, 'changed').then(() => true);
  const watch = firewall.watch(
    () => {
      changes.dispatchEvent(new Event('changed'));
    },
    (why) => {
      throw new Error(why.sentence);
    },
  );
  act();
  const seen = await Promise.race([told, sleep(2000, false)]);
  await watch.close();
  return seen;
}

/** What only a registry of Windows can show of its firewall. */
export function firewallRegistryLab(): void {
  itReadsExportedHives(async (hive) => {
    importHive(hive);
    return await Promise.resolve(windowsRegistryReader);
  });

  it('is seen to drift when a rule is changed, removed or made void by a policy, and at nothing else', async () => {
    importHive('blocked');
    const rules = `${policy}\\FirewallRules`;
    expect((await stateOf(windowsRegistryReader)).blocked).toHaveLength(4);
    expect(await driftSeen(() => reg('import', hivePath('rule-disabled')))).toBe(true);
    expect((await stateOf(windowsRegistryReader)).blocked).toHaveLength(1);
    expect(await driftSeen(() => reg('delete', rules, '/v', rule, '/f'))).toBe(true);
    expect(await driftSeen(() => reg('import', hivePath('merge-off')))).toBe(true);
    expect((await stateOf(windowsRegistryReader)).blocked).toHaveLength(0);
    expect(await driftSeen(() => reg('delete', groupPolicy, '/f'))).toBe(true);
    expect((await stateOf(windowsRegistryReader)).blocked).toHaveLength(4);
    const excepted = [`${policy}\\PublicProfile`, '/v', 'DisabledInterfaces'] as const;
    const except = () => reg('add', ...excepted, '/t', 'REG_SZ', '/d', '{0E3FB7A2-1F9C-4B52-8B0E-6D7A5C1D2E3F}', '/f');
    expect(await driftSeen(except)).toBe(true);
    expect((await stateOf(windowsRegistryReader)).blocked).toHaveLength(0);
    expect(await driftSeen(() => reg('delete', ...excepted, '/f'))).toBe(true);
    expect((await stateOf(windowsRegistryReader)).blocked).toHaveLength(4);
    expect(await driftSeen(() => reg('add', String.raw`HKLM\SOFTWARE\Elsewhere`, '/f'))).toBe(false);
  });

  it('is put together for this Windows, whose folder its own key names', async () => {
    importHive('blocked');
    const transport = { kind: 'instance' as const, instance: 'NONE' };
    expect(systemRootOf(windowsRegistryReader).toLowerCase()).toBe(systemRoot.toLowerCase());
    const { firewall, atStart } = thisWindows({ clock: systemClock, transport, stateFolder: systemRoot });
    const read = await firewall.read();
    expect(read.state === 'known' && read.value.findings.map(({ effect }) => effect)).toContain('doubts');
    const installed = await atStart.read(undefined);
    expect(installed.state === 'known' && installed.value).toBe('not-installed');
  });

  it('is unknown without its keys', async () => {
    reg('delete', policy, '/f');
    const host = new WindowsPowerShell({ systemRoot });
    const firewall = netSecurityFirewall({ clock: systemClock, host, registry: windowsRegistryReader });
    expect((await firewall.read()).state).toBe('unknown');
  });

  it('is not taken for asked where Windows PowerShell ends well without an answer', async () => {
    // Wine's own powershell.exe does nothing at all and ends with 0.
    const answer = await new WindowsPowerShell({ systemRoot }).run('read', {}, z.unknown());
    expect(answer).toEqual({ kind: 'unsure', cause: 'Windows PowerShell ended (0) without an answer' });
  });
}
