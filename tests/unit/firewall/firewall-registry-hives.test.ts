import { describe, expect, it } from 'vitest';
import { numberValue, textValue } from '#electron/firewall/netsecurity/memory-windows.ts';
import { itReadsExportedHives, memoryWith, stateOf } from './firewall-hives-contract.ts';
import { readHive } from './reg-file.ts';

const policy = String.raw`SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy`;

describe('Windows Firewall, read from exports of its registry', () => {
  itReadsExportedHives(async (hive) => memoryWith(await readHive(hive)));

  it('takes the settings of StandardProfile in a policy for both profiles, until one of the new keys is there', async () => {
    const windows = memoryWith(await readHive('blocked'));
    const key = String.raw`SOFTWARE\Policies\Microsoft\WindowsFirewall`;
    windows.write(`${key}\\StandardProfile`, 'EnableFirewall', numberValue(0));
    expect((await stateOf(windows)).findings.filter(({ effect }) => effect === 'voids')).toHaveLength(2);
    windows.write(`${key}\\PublicProfile`, 'LogFilePath', textValue('x'));
    expect((await stateOf(windows)).findings.filter(({ effect }) => effect === 'voids')).toHaveLength(0);
  });

  it('heeds what manages the device where no group policy says otherwise', async () => {
    const windows = memoryWith(await readHive('blocked'));
    windows.write(`${policy}\\Mdm\\PublicProfile`, 'AllowLocalPolicyMerge', numberValue(0));
    const { findings, blocked } = await stateOf(windows);
    expect(blocked).toEqual([]);
    expect(findings[0]?.sentence).toBe(
      'On the public profile, rules of this machine are ignored, by the service that manages this device; so are those of Mortise.',
    );
  });

  it('doubts a setting that is no number', async () => {
    const windows = memoryWith(await readHive('blocked'));
    windows.write(`${policy}\\PublicProfile`, 'enablefirewall', textValue('1'));
    windows.write(`${policy}\\PublicProfile`, 'EnableFirewall', undefined);
    expect((await stateOf(windows)).findings.map(({ effect }) => effect)).toContain('doubts');
  });

  it('counts no port 0 where a rule of its own was made to begin there', async () => {
    const windows = memoryWith(await readHive('blocked'));
    const text = 'v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=17|LPort2_10=0-2|';
    windows.write(`${policy}\\FirewallRules`, 'Mortise-SecureMode-9-UDP', textValue(text));
    const { blocked } = await stateOf(windows);
    expect(blocked.flatMap(({ protocol, port }) => (protocol === 'udp' ? [port] : []))).toEqual([1, 2, 1434]);
  });

  it('doubts a bypass that is written in a way nobody knows, and a rule of its own that is', async () => {
    const windows = memoryWith(await readHive('blocked'));
    windows.write(`${policy}\\FirewallRules`, 'odd', textValue('v2.40|Action=ByPass|Active=TRUE|Dir=Sideways|'));
    windows.write(`${policy}\\FirewallRules`, 'Mortise-SecureMode-9-TCP', textValue('v2.40|Action=Block|'));
    expect(
      (await stateOf(windows)).findings.flatMap(({ effect, sentence }) => (effect === 'doubts' ? [sentence] : [])),
    ).toEqual([
      'The rules are written, but Windows Firewall itself has not confirmed yet that it enforces them.',
      'The rule Mortise-SecureMode-9-TCP of Mortise is written in a way that Mortise does not know.',
      'The rule odd may let machines past the block; it is written in a way that Mortise does not know.',
    ]);
  });
});
