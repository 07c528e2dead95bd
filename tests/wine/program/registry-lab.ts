import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import { registryValueConsumer } from '#electron/consumers/registry-value-consumer.ts';
import type { RegistryValueConsumerSource } from '#electron/consumers/registry-value-consumer.ts';
import type { RegistryValue, RegistryView } from '#electron/machine/registry.ts';
import { windowsRegistry } from '#electron/machine/windows-registry.ts';
import { win32Library } from '#electron/machine/win32-library.ts';
import { causeOf, valueOf } from '#tests/unit/consumers/consumer-contract.ts';
import type { RegistryCase, RegistryPlace } from '#tests/unit/consumers/registry-value-contract.ts';

/** What is used of native-reg, a module that shares nothing with the product's way to the registry. */
interface NativeReg {
  createKey(hive: number, key: string, access: number, options?: number): object;
  openKey(hive: number, key: string, access: number): object | null;
  closeKey(key: object | null): void;
  queryValueRaw(key: object, value: string): (Buffer & { readonly type: number }) | null;
  setValueRaw(key: object, value: string, type: number, content: Buffer): void;
  deleteTree(hive: number, key: string): boolean;
}

const reg = createRequire(import.meta.url)('native-reg') as NativeReg;
const localMachine = 0x8000_0002;
const allAccess = 0xf003f;
const views: Readonly<Record<RegistryView, number>> = { '64-bit': 0x100, '32-bit': 0x200 };
const createLink = 2;
let made = 0;

function withKey<T>(key: string, view: RegistryView, work: (open: object) => T): T {
  const open = reg.openKey(localMachine, key, allAccess | views[view]);
  if (open === null) throw new Error(`There is no key ${key}.`);
  try {
    return work(open);
  } finally {
    reg.closeKey(open);
  }
}

/** A new key and the value `Pass` in it, by native-reg. */
function newPlace(view: RegistryView = '64-bit'): RegistryPlace & { readonly key: string } {
  made += 1;
  const key = String.raw`SOFTWARE\MortiseLab${made}`;
  reg.closeKey(reg.createKey(localMachine, key, allAccess | views[view]));
  return {
    key,
    read: () =>
      withKey(key, view, (open) => {
        const value = reg.queryValueRaw(open, 'Pass');
        if (value === null) throw new Error('There is no such value.');
        return { type: value.type, bytes: value };
      }),
    write: ({ type, bytes }: RegistryValue) => {
      // Where a zero happens to lie behind a text without one, Windows takes it along.
      const guarded = Buffer.concat([bytes, Uint8Array.of(0xff, 0xff)]).subarray(0, bytes.length);
      withKey(key, view, (open) => reg.setValueRaw(open, 'Pass', type, guarded));
    },
    remove: () => {
      reg.deleteTree(localMachine, key);
    },
  };
}

const held = { type: 1, bytes: Buffer.from('Winter-2019\0', 'utf16le') };

function consumerAt(key: string, source: Partial<RegistryValueConsumerSource> = {}) {
  const whole = `HKEY_LOCAL_MACHINE\\${key}`;
  return registryValueConsumer({
    id: 'lab',
    key: whole,
    value: 'Pass',
    holds: 'password',
    login: 'acs_service',
    ...source,
  });
}

export function registryCase(): RegistryCase {
  const place = newPlace();
  return {
    place,
    password: consumerAt(place.key),
    connectionString: consumerAt(place.key, { holds: 'connection-string' }),
  };
}

const { number } = win32Library('advapi32');
const openKey = number('int RegOpenKeyExW(uintptr_t, str16, uint32_t, uint32_t, void *)');
const setValue = number('int RegSetValueExW(uintptr_t, str16, uint32_t, uint32_t, void *, uint32_t)');
const closeKey = number('int RegCloseKey(uintptr_t)');
const createKey = number(
  'int RegCreateKeyExW(uintptr_t, str16, uint32_t, void *, uint32_t, uint32_t, void *, void *, void *)',
);

/** A key that is a link to another one of HKEY_LOCAL_MACHINE (REG_OPTION_CREATE_LINK, a value of the type REG_LINK). */
function newLink(target: string): string {
  made += 1;
  const key = String.raw`SOFTWARE\MortiseLink${made}`;
  const handle = Buffer.alloc(8);
  const hive = 0xffff_ffff_8000_0002n;
  if (createKey(hive, key, 0, null, createLink, allAccess, null, handle, null) !== 0) throw new Error('no link');
  const way = Buffer.from(String.raw`\Registry\Machine` + `\\${target}`, 'utf16le');
  if (setValue(handle.readBigUInt64LE(0), 'SymbolicLinkValue', 0, 6, way, way.length) !== 0) throw new Error('no link');
  closeKey(handle.readBigUInt64LE(0));
  return key;
}

/** What only Windows can show. */
export function registryLab(): void {
  it('is not reached through a link, at the end of its way or in the middle', async () => {
    const place = newPlace();
    place.write(held);
    const link = newLink(place.key);
    // The link leads somewhere: who follows it reads the value.
    const handle = Buffer.alloc(8);
    expect(openKey(0xffff_ffff_8000_0002n, link, 0, allAccess, handle)).toBe(0);
    closeKey(handle.readBigUInt64LE(0));
    expect(causeOf(await consumerAt(link).read())).toContain('is a link to another one');
    expect(causeOf(await consumerAt(`${link}\\Below`).read())).toContain('is a link to another one');
    expect(causeOf(await consumerAt(link).write(new Secret('x'), null))).toContain('is a link to another one');
    expect(Buffer.from(place.read().bytes).toString('utf16le')).toBe('Winter-2019\0');
  });

  it('is kept in two halves, for programs of 32 and of 64 bits', async () => {
    const place = newPlace('32-bit');
    place.write(held);
    expect(causeOf(await consumerAt(place.key).read())).toContain('the key does not exist');
    valueOf(await consumerAt(place.key, { view: '32-bit' }).write(new Secret('Summer-2026'), null));
    expect(Buffer.from(place.read().bytes).toString('utf16le')).toBe('Summer-2026\0');
  });

  it('is reached below the set of services that Windows was started with, which Windows makes a link', () => {
    const names = ['SYSTEM', 'CurrentControlSet', 'Control'];
    const read = windowsRegistry.withKey({ hive: 'HKEY_LOCAL_MACHINE', names, view: '64-bit' }, (key) =>
      key.read('nothing'),
    );
    expect(read).toBeUndefined();
  });
}
