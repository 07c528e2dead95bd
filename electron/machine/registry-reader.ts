import type { RegistryKeyPath, RegistryValue } from './registry.ts';

/** A key of the registry as it stands: its values and the names of the keys below it. */
export interface RegistryLook {
  /** By name as it is written; the registry itself makes no difference between upper and lower case. */
  readonly values: ReadonlyMap<string, RegistryValue>;
  readonly subKeys: readonly string[];
}

/** Reads the registry of this machine without the right to write; follows links as every reader does. */
export interface RegistryReader {
  /** Undefined where there is no such key. Throws `RegistryError` with the code of Windows. */
  look(path: RegistryKeyPath): RegistryLook | undefined;
  /** Calls back once after something in the key or below it changed; the returned function ends the wait. */
  onceChanged(path: RegistryKeyPath, changed: () => void): () => void;
}
