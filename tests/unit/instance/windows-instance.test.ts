import { describe, expect, it } from 'vitest';
import type { KeptValues } from '#electron/instance/windows/windows-instance.ts';
import { WindowsInstance } from '#electron/instance/windows/windows-instance.ts';
import { instanceFor, settingsOf } from '#electron/instance/windows/instance-registry.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { succeed } from '#shared/result.ts';
import { sentenceOf, valueOf as resultOf } from '#tests/unit/shared/result-of.ts';
import { valueIn, whyUnknown } from '#tests/unit/listeners/reading-of.ts';
import { instanceKeys, RegistryInMemory, valueOf } from './registry-in-memory.ts';

const transport = { kind: 'instance', instance: 'NET2' } as const;
const tcpKey = String.raw`SOFTWARE\Microsoft\Microsoft SQL Server\MSSQL15.NET2\MSSQLServer\SuperSocketNetLib\Tcp`;

function world(keys = instanceKeys('NET2', { port: '1450', dynamic: '' })) {
  const registry = new RegistryInMemory(keys);
  let held: KeptValues | undefined;
  const kept = {
    read: async () => await Promise.resolve(succeed(held)),
    keep: async (value: KeptValues) => {
      held = value;
      return await Promise.resolve(succeed());
    },
    forget: async () => {
      held = undefined;
      return await Promise.resolve(succeed());
    },
  };
  const instance = new WindowsInstance({ reader: registry, registry, transport, kept, clock: systemClock });
  return { registry, instance, held: () => held };
}

describe('The settings of SQL Server on Windows', () => {
  it('bind it to the addresses of this machine, on the ports it had, and come back byte for byte', async () => {
    const { registry, instance, held } = world();
    const before = registry.dump();
    expect(instance.service).toBe('MSSQL$NET2');
    expect(valueIn(await instance.read())).toBe('everywhere');
    resultOf(await instance.write('this-machine'));
    expect(valueIn(await instance.read())).toBe('this-machine');
    const { addresses, everyAddress } = settingsOf(registry, instanceFor(registry, transport));
    expect(everyAddress).toBe(false);
    expect(addresses.filter(({ enabled }) => enabled).map(({ address, ports }) => [address, ...ports])).toEqual([
      ['127.0.0.1', 1450],
      ['::1', 1450],
    ]);
    resultOf(await instance.write('everywhere'));
    expect(registry.dump()).toBe(before);
    expect(held()).toBeUndefined();
  });

  it('switch TCP off, from one layer to the other and back to what was first', async () => {
    const { registry, instance } = world();
    const before = registry.dump();
    resultOf(await instance.write('this-machine'));
    resultOf(await instance.write('tcp-off'));
    expect(valueIn(await instance.read())).toBe('tcp-off');
    resultOf(await instance.write('this-machine'));
    expect(valueIn(await instance.read())).toBe('this-machine');
    resultOf(await instance.write('everywhere'));
    expect(registry.dump()).toBe(before);
  });

  it('leave what somebody else changed since as they made it', async () => {
    const { registry, instance } = world();
    resultOf(await instance.write('this-machine'));
    registry.keys.get(`${tcpKey}\\IP3`)?.set('TcpPort', valueOf('1499'));
    resultOf(await instance.write('everywhere'));
    const { addresses } = settingsOf(registry, instanceFor(registry, transport));
    expect(addresses.find(({ key }) => key === 'IP3')?.ports).toEqual([1499]);
    expect(valueIn(await instance.read())).toBe('everywhere');
  });

  it('are shown as they stand and as they would stand, without touching anything', async () => {
    const { registry, instance } = world();
    const before = registry.dump();
    expect(resultOf(await instance.describe('tcp-off'))).toEqual([
      { kind: 'file', path: `HKEY_LOCAL_MACHINE\\${tcpKey}\\Enabled`, diff: '-1\n+0\n' },
    ]);
    expect(registry.dump()).toBe(before);
  });

  it('are switched on again where a person had switched them off', async () => {
    const { instance } = world(instanceKeys('NET2', { port: '1450', tcp: 0 }));
    resultOf(await instance.write('everywhere'));
    expect(valueIn(await instance.read())).toBe('everywhere');
  });

  it('say why they were not written, or are not here', async () => {
    const { registry, instance } = world();
    registry.refusesWriting = 5;
    expect(sentenceOf(await instance.write('tcp-off'))).toContain('start Mortise as an administrator');
    const none = world({ ...instanceKeys('OTHER') });
    expect(none.instance.service).toBe('');
    expect(whyUnknown(await none.instance.read())).toContain('no instance NET2');
    expect(sentenceOf(await none.instance.write('tcp-off'))).toContain('no instance NET2');
  });
});
