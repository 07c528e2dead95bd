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

  it.each([
    ['on this machine', `${policy}\\StandardProfile`, 'private', 'DisabledInterfaces'],
    ['on this machine', `${policy}\\DomainProfile`, 'domain', 'disabledinterfacesList'],
    [
      'by a group policy',
      String.raw`SOFTWARE\Policies\Microsoft\WindowsFirewall\PublicProfile`,
      'public',
      'DisabledInterfaces',
    ],
    ['by the service that manages this device', `${policy}\\Mdm\\PublicProfile`, 'public', 'DisabledInterfaces'],
  ])('voids the block where an interface is excepted from the firewall, %s (%s)', async (by, key, profile, name) => {
    const windows = memoryWith(await readHive('blocked'));
    windows.write(key, name, textValue(''));
    expect((await stateOf(windows)).findings.filter(({ effect }) => effect === 'voids')).toEqual([]);
    windows.write(key, name, textValue('{0E3FB7A2-1F9C-4B52-8B0E-6D7A5C1D2E3F}'));
    const { blocked, findings } = await stateOf(windows);
    expect(blocked).toEqual([]);
    expect(findings[0]).toMatchObject({
      effect: 'voids',
      sentence: `On the ${profile} profile, network interfaces are excepted from Windows Firewall, ${by}; through them SQL Server is reached in spite of every rule.`,
    });
  });

  it.each(['LUOwn=S-1-5-21-1-2-3-1001', 'SkipVer=2.40'])(
    'counts no port of a rule that is for some only: %s',
    async (field) => {
      const windows = memoryWith(await readHive('blocked'));
      const name = 'Mortise-SecureMode-3f9c2a61b07d-TCP';
      const [text] = [...windows.rules].flatMap(([id, { bytes }]) =>
        id === name ? [Buffer.from(bytes).toString('utf16le').replace(/\0$/u, '')] : [],
      );
      windows.write(`${policy}\\FirewallRules`, name, textValue(`${text}${field}|`));
      const { blocked, findings } = await stateOf(windows);
      expect(blocked).toEqual([{ protocol: 'udp', port: 1434 }]);
      expect(findings.map(({ sentence }) => sentence)).toContain(
        `The rule ${name} of Mortise holds under conditions only (${field.split('=')[0]}).`,
      );
    },
  );

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
