import { once } from 'node:events';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { RegistryKeyPath } from '#electron/machine/registry.ts';
import { windowsRegistryReader } from '#electron/machine/windows-registry-reader.ts';

/** What is used of native-reg, a module that shares nothing with the product's way to the registry. */
interface NativeReg {
  createKey(hive: number, key: string, access: number): object;
  closeKey(key: object | null): void;
  setValueSZ(key: object, value: string, content: string): void;
  setValueDWORD(key: object, value: string, content: number): void;
  setValueRaw(key: object, value: string, type: number, content: Buffer): void;
  deleteValue(key: object, value: string): boolean;
  deleteTree(hive: number, key: string): boolean;
}

const reg = createRequire(import.meta.url)('native-reg') as NativeReg;
const localMachine = 0x8000_0002;
const allAccess64 = 0xf013f;
let made = 0;

/** A name below SOFTWARE that nothing has used. */
function newName(): string {
  made += 1;
  return `MortiseReader${made}`;
}

/** Makes the key where it is not there, and writes to it by native-reg. */
function inKey(names: readonly string[], work: (key: object) => void): void {
  const key = reg.createKey(localMachine, names.join('\\'), allAccess64);
  try {
    work(key);
  } finally {
    reg.closeKey(key);
  }
}

const pathOf = (...names: string[]): RegistryKeyPath => ({ hive: 'HKEY_LOCAL_MACHINE', names, view: '64-bit' });

/** Whether the reader calls back within a second after `act`. */
async function seen(path: RegistryKeyPath, act: () => void): Promise<boolean> {
  const changed = new EventTarget();
  const told = once(changed, 'changed').then(() => true);
  const end = windowsRegistryReader.onceChanged(path, () => {
    changed.dispatchEvent(new Event('changed'));
  });
  act();
  const seenInTime = await Promise.race([told, sleep(1000, false)]);
  end();
  return seenInTime;
}

export function registryReaderLab(): void {
  it('answers nothing for a key that is not there', () => {
    expect(windowsRegistryReader.look(pathOf('SOFTWARE', newName(), 'Below'))).toBeUndefined();
  });

  it('answers every value with its type and bytes, and the names of the keys below', () => {
    const name = newName();
    inKey(['SOFTWARE', name, 'First'], () => undefined);
    inKey(['SOFTWARE', name, 'Second'], () => undefined);
    const long = Buffer.alloc(50_000, 7);
    inKey(['SOFTWARE', name], (key) => {
      reg.setValueSZ(key, '', 'unnamed');
      reg.setValueDWORD(key, 'Number', 513);
      reg.setValueRaw(key, 'Long', 3, long);
      reg.setValueRaw(key, 'Empty', 3, Buffer.alloc(0));
      for (let index = 0; index < 1500; index += 1) reg.setValueDWORD(key, `{${index}}-${'n'.repeat(200)}`, index);
    });
    const look = windowsRegistryReader.look(pathOf('SOFTWARE', name));
    if (look === undefined) throw new Error('There is no such key.');
    expect(look.subKeys.toSorted()).toEqual(['First', 'Second']);
    expect(look.values.size).toBe(1504);
    expect(Buffer.from(look.values.get('')?.bytes ?? []).toString('utf16le')).toBe('unnamed\0');
    expect(look.values.get('Number')?.type).toBe(4);
    expect(Buffer.from(look.values.get('Number')?.bytes ?? []).readUInt32LE()).toBe(513);
    expect(Buffer.from(look.values.get('Long')?.bytes ?? []).equals(long)).toBe(true);
    expect(look.values.get('Empty')?.bytes.length).toBe(0);
    expect(Buffer.from(look.values.get(`{1499}-${'n'.repeat(200)}`)?.bytes ?? []).readUInt32LE()).toBe(1499);
  });

  it('tells once of a value that was written or removed, in the key or below it', async () => {
    const name = newName();
    inKey(['SOFTWARE', name, 'Deep', 'Deeper'], (key) => reg.setValueDWORD(key, 'Port', 1));
    const path = pathOf('SOFTWARE', name);
    const write = (names: readonly string[], port: number) => () =>
      inKey(names, (key) => reg.setValueDWORD(key, 'Port', port));
    expect(await seen(path, write(['SOFTWARE', name], 2))).toBe(true);
    expect(await seen(path, write(['SOFTWARE', name, 'Deep', 'Deeper'], 3))).toBe(true);
    const remove = () =>
      inKey(['SOFTWARE', name], (key) => {
        reg.deleteValue(key, 'Port');
      });
    expect(await seen(path, remove)).toBe(true);
    expect(await seen(path, () => undefined)).toBe(false);
  });

  it('tells of a key that came into being, and of one that was removed', async () => {
    const name = newName();
    const path = pathOf('SOFTWARE', name, 'Policy', 'Rules');
    expect(await seen(path, () => inKey(['SOFTWARE', name], () => undefined))).toBe(false);
    expect(await seen(path, () => inKey(['SOFTWARE', name, 'Policy', 'Rules'], () => undefined))).toBe(true);
    expect(await seen(path, () => reg.deleteTree(localMachine, `SOFTWARE\\${name}`))).toBe(true);
  });

  it('tells nothing after the wait was ended', async () => {
    const name = newName();
    inKey(['SOFTWARE', name], () => undefined);
    let told = 0;
    const end = windowsRegistryReader.onceChanged(pathOf('SOFTWARE', name), () => {
      told += 1;
    });
    end();
    end();
    inKey(['SOFTWARE', name], (key) => reg.setValueDWORD(key, 'Port', 1));
    await sleep(300);
    expect(told).toBe(0);
  });
}
