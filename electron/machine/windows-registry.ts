import { RegistryError, RegistryLink, registryType } from './registry.ts';
import type { Registry, RegistryKey, RegistryKeyPath, RegistryValue } from './registry.ts';
import { win32Library } from './win32-library.ts';
import type { Handle } from './win32-library.ts';

// winreg.h and winnt.h. A predefined key is a signed number of 32 bits, made as wide as a pointer.
export const hives = { HKEY_LOCAL_MACHINE: 0xffff_ffff_8000_0002n, HKEY_USERS: 0xffff_ffff_8000_0003n } as const;
export const views = { '64-bit': 0x0100, '32-bit': 0x0200 } as const;
const queryValue = 0x0001;
const setValue = 0x0002;
const enumerateSubKeys = 0x0008;
const openLink = 0x0008;
const notFound = 2;
const moreData = 234;

/** Windows itself makes this one a link, to the set of services that the machine was started with. */
const currentControlSet = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CURRENTCONTROLSET';

function load() {
  const { number } = win32Library('advapi32');
  return {
    open: number('int RegOpenKeyExW(uintptr_t, str16, uint32_t, uint32_t, void *)'),
    close: number('int RegCloseKey(uintptr_t)'),
    query: number('int RegQueryValueExW(uintptr_t, str16, void *, void *, void *, void *)'),
    set: number('int RegSetValueExW(uintptr_t, str16, uint32_t, uint32_t, void *, uint32_t)'),
    flush: number('int RegFlushKey(uintptr_t)'),
  };
}

let functions: ReturnType<typeof load> | undefined;

function advapi() {
  functions ??= load();
  return functions;
}

function done(code: number): void {
  if (code !== 0) throw new RegistryError(code);
}

function query(key: Handle, value: string): RegistryValue | undefined {
  let bytes = Buffer.alloc(4096);
  for (;;) {
    const type = Buffer.alloc(4);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(bytes.length);
    const code = advapi().query(key, value, null, type, bytes, size);
    if (code === notFound) return undefined;
    if (code !== moreData) {
      done(code);
      return { type: type.readUInt32LE(0), bytes: bytes.subarray(0, size.readUInt32LE(0)) };
    }
    bytes = Buffer.alloc(size.readUInt32LE(0));
  }
}

/** One name further down. A key that is a link holds the way to the other one in a value of that name. */
function openChild(parent: Handle, name: string, rights: number, mayLink: boolean): bigint {
  const handle = Buffer.alloc(8);
  done(advapi().open(parent, name, mayLink ? 0 : openLink, rights, handle));
  const key = handle.readBigUInt64LE(0);
  if (mayLink) return key;
  try {
    if (query(key, 'SymbolicLinkValue')?.type === registryType.link) throw new RegistryLink();
    return key;
  } catch (error) {
    advapi().close(key);
    throw error;
  }
}

/** Each name is opened from the key before it, so that what was looked at is what is used. */
function openKey({ hive, names, view }: RegistryKeyPath): bigint {
  let key: bigint = hives[hive];
  let way: string = hive;
  for (const [index, name] of names.entries()) {
    way = `${way}\\${name.toUpperCase()}`;
    const last = index === names.length - 1;
    const rights = views[view] | queryValue | (last ? setValue : enumerateSubKeys);
    const parent = key;
    try {
      key = openChild(parent, name, rights, way === currentControlSet);
    } finally {
      if (index > 0) advapi().close(parent);
    }
  }
  return key;
}

class OpenKey implements RegistryKey {
  readonly #key: bigint;

  constructor(key: bigint) {
    this.#key = key;
  }

  read(value: string): RegistryValue | undefined {
    return query(this.#key, value);
  }

  write(value: string, { type, bytes }: RegistryValue): void {
    // Where a zero happens to lie behind a text without one, Windows takes it along; so something else lies there.
    const guarded = Buffer.concat([bytes, Uint8Array.of(0xff, 0xff)]);
    done(advapi().set(this.#key, value, 0, type, guarded, bytes.length));
  }

  flush(): void {
    done(advapi().flush(this.#key));
  }
}

/** The registry of this Windows machine. */
export const windowsRegistry: Registry = {
  withKey: (path, work) => {
    const key = openKey(path);
    try {
      return work(new OpenKey(key));
    } finally {
      advapi().close(key);
    }
  },
};
