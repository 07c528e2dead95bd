import { RegistryError } from './registry.ts';
import type { RegistryKeyPath, RegistryValue } from './registry.ts';
import type { RegistryLook, RegistryReader } from './registry-reader.ts';
import { win32Library } from './win32-library.ts';
import type { Handle } from './win32-library.ts';
import { hives, views } from './windows-registry.ts';

// winnt.h and winerror.h.
const keyRead = 0x2_0019;
const notFound = 2;
const busy = 170;
const moreData = 234;
const noMoreItems = 259;
const notifyName = 0x1;
const notifyLastSet = 0x4;
const waitObject = 0;

/** "Registry Element Size Limits": 16,383 characters for the name of a value, 255 for that of a key; and a zero. */
const longestValueName = 16_384;
const longestKeyName = 256;

/** How often it is looked whether what is waited for came, in milliseconds. Looking at an event costs a microsecond. */
const lookEvery = 50;

function load() {
  const { number } = win32Library('advapi32');
  const kernel = win32Library('kernel32');
  return {
    open: number('int RegOpenKeyExW(uintptr_t, str16, uint32_t, uint32_t, void *)'),
    close: number('int RegCloseKey(uintptr_t)'),
    value: number('int RegEnumValueW(uintptr_t, uint32_t, void *, void *, void *, void *, void *, void *)'),
    child: number('int RegEnumKeyExW(uintptr_t, uint32_t, void *, void *, void *, void *, void *, void *)'),
    info: number(
      'int RegQueryInfoKeyW(uintptr_t, void *, void *, void *, void *, void *, void *, void *, void *, void *, void *, void *)',
    ),
    notify: number('int RegNotifyChangeKeyValue(uintptr_t, int, uint32_t, uintptr_t, int)'),
    createEvent: kernel.opening('uintptr_t CreateEventW(void *, int, int, str16)'),
    wait: kernel.number('uint32_t WaitForSingleObject(uintptr_t, uint32_t)'),
    closeHandle: kernel.number('int CloseHandle(uintptr_t)'),
    lastError: kernel.number('uint32_t GetLastError()'),
  };
}

let functions: ReturnType<typeof load> | undefined;

function win32() {
  functions ??= load();
  return functions;
}

function done(code: number): void {
  if (code !== 0) throw new RegistryError(code);
}

function open({ hive, names, view }: RegistryKeyPath): bigint | undefined {
  const handle = Buffer.alloc(8);
  const code = win32().open(hives[hive], names.join('\\'), 0, keyRead | views[view], handle);
  if (code === notFound) return undefined;
  done(code);
  return handle.readBigUInt64LE(0);
}

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** Everything an enumeration answers until it has no more. `one` is undefined at the end. */
function all<T>(one: (index: number) => T | undefined): T[] {
  const found: T[] = [];
  for (;;) {
    const next = one(found.length);
    if (next === undefined) return found;
    found.push(next);
  }
}

function valuesOf(key: bigint): ReadonlyMap<string, RegistryValue> {
  const name = Buffer.alloc(longestValueName * 2);
  let bytes = Buffer.alloc(8192);
  const values = all((index) => {
    for (;;) {
      const [length, type, size] = [uint32(longestValueName), uint32(0), uint32(bytes.length)];
      const code = win32().value(key, index, name, length, null, type, bytes, size);
      if (code === noMoreItems) return undefined;
      if (code !== moreData) {
        done(code);
        const content = Uint8Array.from(bytes.subarray(0, size.readUInt32LE(0)));
        return [
          name.toString('utf16le', 0, length.readUInt32LE(0) * 2),
          { type: type.readUInt32LE(0), bytes: content },
        ] as const;
      }
      bytes = Buffer.alloc(Math.max(size.readUInt32LE(0), bytes.length * 2));
    }
  });
  return new Map(values);
}

function childrenOf(key: bigint): readonly string[] {
  const name = Buffer.alloc(longestKeyName * 2);
  return all((index) => {
    const length = uint32(longestKeyName);
    const code = win32().child(key, index, name, length, null, null, null, null);
    if (code === noMoreItems) return undefined;
    done(code);
    return name.toString('utf16le', 0, length.readUInt32LE(0) * 2);
  });
}

function info(key: bigint, written: Uint8Array | null): number {
  return win32().info(key, null, null, null, null, null, null, null, null, null, null, written);
}

function lastWritten(key: bigint): bigint {
  const time = Buffer.alloc(8);
  done(info(key, time));
  return time.readBigUInt64LE(0);
}

/** Values are numbered while they are read, so what is written meanwhile may be left out or met twice: then once more. */
function lookAt(key: bigint): RegistryLook {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const before = lastWritten(key);
    const look = { values: valuesOf(key), subKeys: childrenOf(key) };
    if (lastWritten(key) === before) return look;
  }
  throw new RegistryError(busy);
}

/** An event that Windows sets once something changed in the key or below it; the key has to stay open until then. */
function armed(key: bigint): Handle {
  const event = win32().createEvent(null, 1, 0, null);
  if (BigInt(event) === 0n) throw new RegistryError(win32().lastError());
  try {
    done(win32().notify(key, 1, notifyName | notifyLastSet, event, 1));
  } catch (error) {
    win32().closeHandle(event);
    throw error;
  }
  return event;
}

/** Something that is waited for: whether it came, and how its handles are given back. */
interface Wait {
  came(): boolean;
  close(): void;
}

/** A key that is not there has nothing that could tell; opening it costs some ten microseconds. */
function untilThere(path: RegistryKeyPath): Wait {
  return {
    came: () => {
      const key = open(path);
      if (key !== undefined) win32().close(key);
      return key !== undefined;
    },
    close: () => undefined,
  };
}

function untilChanged(key: bigint): Wait {
  try {
    const event = armed(key);
    return {
      // That the key itself was removed is not said everywhere (not by Wine); its handle then no longer answers.
      came: () => win32().wait(event, 0) === waitObject || info(key, null) !== 0,
      close: () => {
        win32().close(key);
        win32().closeHandle(event);
      },
    };
  } catch (error) {
    win32().close(key);
    throw error;
  }
}

/**
 * The registry of this Windows machine. A key that is not there can be waited for: that it comes into being is a change.
 * `onceChanged` throws `RegistryError` where Windows takes no wait, and holds no thread.
 */
export const windowsRegistryReader: RegistryReader = {
  look: (path) => {
    const key = open(path);
    if (key === undefined) return undefined;
    try {
      return lookAt(key);
    } finally {
      win32().close(key);
    }
  },
  onceChanged: (path, changed) => {
    const key = open(path);
    const wait = key === undefined ? untilThere(path) : untilChanged(key);
    let waiting = true;
    const end = () => {
      if (!waiting) return;
      waiting = false;
      clearInterval(timer);
      wait.close();
    };
    const timer = setInterval(() => {
      if (!wait.came()) return;
      end();
      changed();
    }, lookEvery);
    timer.unref();
    return end;
  },
};
