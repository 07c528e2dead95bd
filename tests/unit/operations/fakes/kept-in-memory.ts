import { succeed } from '#shared/result.ts';
import type { KeptValue } from '#electron/machine/kept-json.ts';
import type { Tripwire } from './tripwire.ts';

/** A kept value without a disk. */
export class KeptInMemory<T> implements KeptValue<T> {
  value: T | undefined;
  readonly #name: string;
  readonly #wire: Tripwire;

  constructor(name: string, wire: Tripwire) {
    this.#name = name;
    this.#wire = wire;
  }

  async read() {
    return await this.#wire.pass(`${this.#name}: read`, () => succeed(this.value));
  }

  async keep(value: T) {
    return await this.#wire.pass(`${this.#name}: keep`, () => {
      this.value = structuredClone(value);
      return succeed();
    });
  }

  async forget() {
    return await this.#wire.pass(`${this.#name}: forget`, () => {
      this.value = undefined;
      return succeed();
    });
  }
}
