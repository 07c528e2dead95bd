import { describe, expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import { registryValueConsumer } from '#electron/consumers/registry-value-consumer.ts';
import type { RegistryValueConsumerSource } from '#electron/consumers/registry-value-consumer.ts';
import type { RegistryKeyPath } from '#electron/machine/registry.ts';
import { causeOf, codeOf, valueOf } from './consumer-contract.ts';
import { FakeRegistry } from './fake-registry.ts';
import { itIsARegistryValueConsumer } from './registry-value-contract.ts';

const path: RegistryKeyPath = { hive: 'HKEY_LOCAL_MACHINE', names: ['SOFTWARE', 'Acs'], view: '64-bit' };
const held = { type: 1, bytes: Buffer.from('Winter-2019\0', 'utf16le') };

function consumerOn(registry: FakeRegistry | undefined, source: Partial<RegistryValueConsumerSource> = {}) {
  const key = String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Acs`;
  return registryValueConsumer({
    id: 'r',
    key,
    value: 'Pass',
    holds: 'password',
    login: 'acs_service',
    registry,
    ...source,
  });
}

function registryWith(at = path, value = 'Pass'): FakeRegistry {
  const registry = new FakeRegistry();
  registry.put(at, value, held);
  return registry;
}

describe('a registry value', () => {
  itIsARegistryValueConsumer(() => {
    const registry = registryWith();
    return {
      place: {
        read: () => registry.get(path, 'Pass') ?? held,
        write: (content) => registry.put(path, 'Pass', content),
        remove: () => registry.remove(path),
      },
      password: consumerOn(registry),
      connectionString: consumerOn(registry, { holds: 'connection-string' }),
    };
  });

  it('is on the disk when the write is through', async () => {
    const registry = registryWith();
    valueOf(await consumerOn(registry).write(new Secret('new'), null));
    expect(registry.unflushed).toBe(0);
  });

  it('does not take a write for done that did not arrive', async () => {
    const registry = registryWith();
    registry.dropsWrites = true;
    expect(causeOf(await consumerOn(registry).write(new Secret('new'), null))).toContain(
      'does not hold what was written',
    );
  });

  it('is not reached through a link, wherever on its way that is', async () => {
    for (const names of [['SOFTWARE'], ['SOFTWARE', 'Acs']]) {
      const registry = registryWith();
      registry.link({ ...path, names });
      expect(causeOf(await consumerOn(registry).read())).toContain('is a link to another one');
    }
  });

  it('is looked for in the half of the registry that its service sees, and says which', async () => {
    const registry = registryWith({ ...path, view: '32-bit' });
    expect(causeOf(await consumerOn(registry).read())).toContain('the key does not exist');
    const consumer = consumerOn(registry, { view: '32-bit' });
    expect(codeOf(await consumer.read())).toBe('ok');
    expect(consumer.place).toBe(String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Acs\Pass (32-bit view)`);
  });

  it("may be the key's default value", async () => {
    const consumer = consumerOn(registryWith(path, ''), { value: '' });
    expect(codeOf(await consumer.read())).toBe('ok');
    expect(consumer.place).toBe(String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Acs\(default)`);
  });

  it.each([
    [String.raw`\\server\HKEY_LOCAL_MACHINE\SOFTWARE\Acs`, 'another machine'],
    [String.raw`HKEY_CURRENT_USER\SOFTWARE\Acs`, 'another key for each account'],
    [String.raw`HKLM\SOFTWARE\Acs`, 'does not begin with'],
    [String.raw`__proto__\SOFTWARE`, 'does not begin with'],
    ['HKEY_LOCAL_MACHINE', 'no key below the hive'],
    [String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\\Acs`, 'is none'],
    ['HKEY_LOCAL_MACHINE\\SOFTWARE\\Acs\0', 'is none'],
  ])('refuses the key %s', async (key, cause) => {
    expect(causeOf(await consumerOn(registryWith(), { key }).read())).toContain(cause);
  });

  it.each([
    [5, 'may not read or write'],
    [1018, 'is being deleted'],
    [4711, 'error 4711'],
  ])('says what error %d means', async (refusal, cause) => {
    const registry = registryWith();
    registry.refusal = refusal;
    expect(causeOf(await consumerOn(registry).read())).toContain(cause);
  });

  it('says that the key has no such value', async () => {
    expect(causeOf(await consumerOn(registryWith(path, 'Other')).read())).toContain('has no such value');
  });

  it('says that this machine has no registry', async () => {
    expect(causeOf(await consumerOn(undefined).read())).toContain('only Windows has a registry');
  });
});
