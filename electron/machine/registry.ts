/** The types of values that hold a text (winnt.h); other types are only named by their number. */
export const registryType = { text: 1, expandableText: 2, link: 6 } as const;

export interface RegistryValue {
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** Which half of the registry a program of 32 or of 64 bits sees; elsewhere than in a few keys they are the same. */
export type RegistryView = '32-bit' | '64-bit';

export interface RegistryKeyPath {
  readonly hive: 'HKEY_LOCAL_MACHINE' | 'HKEY_USERS';
  /** Names from the hive down. */
  readonly names: readonly string[];
  readonly view: RegistryView;
}

/** A key that is open for reading and writing. */
export interface RegistryKey {
  /** Undefined where there is no such value. */
  read(value: string): RegistryValue | undefined;
  write(value: string, content: RegistryValue): void;
  /** Returns when what was written is on the disk. */
  flush(): void;
}

/** A call to the registry that Windows refused. */
export class RegistryError extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`Windows error ${code}`);
    this.code = code;
  }
}

/** A key on the way is a link to another one, whose owner may be somebody else. */
export class RegistryLink extends Error {}

/** The registry of this machine; never that of another one. */
export interface Registry {
  /**
   * Opens the key, never through a link, hands it over and closes it. Throws `RegistryLink`, or `RegistryError` with the
   * code of Windows.
   */
  withKey<T>(path: RegistryKeyPath, work: (key: RegistryKey) => T): T;
}
