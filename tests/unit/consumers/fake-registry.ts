import { RegistryError, RegistryLink } from '#electron/machine/registry.ts';
import type { Registry, RegistryKey, RegistryKeyPath, RegistryValue } from '#electron/machine/registry.ts';

const nameOf = ({ hive, names, view }: RegistryKeyPath) => [view, hive, ...names].join('\\').toUpperCase();

/** Windows' registry in memory: without regard to case, and with what was not flushed apart from what was. */
export class FakeRegistry implements Registry {
  readonly #keys = new Map<string, Map<string, RegistryValue>>();
  readonly #links = new Set<string>();
  /** Thrown when a key is opened. */
  refusal: number | undefined;
  /** Writes that have not been flushed. */
  unflushed = 0;
  /** Whether writes are lost, as by a filter of another product. */
  dropsWrites = false;

  put(path: RegistryKeyPath, value: string, content: RegistryValue): void {
    const key = this.#keys.get(nameOf(path)) ?? new Map<string, RegistryValue>();
    this.#keys.set(nameOf(path), key.set(value.toUpperCase(), content));
  }

  get(path: RegistryKeyPath, value: string): RegistryValue | undefined {
    return this.#keys.get(nameOf(path))?.get(value.toUpperCase());
  }

  remove(path: RegistryKeyPath): void {
    this.#keys.delete(nameOf(path));
  }

  link(path: RegistryKeyPath): void {
    this.#links.add(nameOf(path));
  }

  withKey<T>(path: RegistryKeyPath, work: (key: RegistryKey) => T): T {
    if (this.refusal !== undefined) throw new RegistryError(this.refusal);
    for (const [index] of path.names.entries()) {
      if (this.#links.has(nameOf({ ...path, names: path.names.slice(0, index + 1) }))) throw new RegistryLink();
    }
    if (!this.#keys.has(nameOf(path))) throw new RegistryError(2);
    return work({
      read: (value) => this.get(path, value),
      write: (value, content) => {
        this.unflushed += 1;
        if (!this.dropsWrites) this.put(path, value, content);
      },
      flush: () => {
        this.unflushed = 0;
      },
    });
  }
}
