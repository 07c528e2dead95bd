/** The same numbers on every machine and in every run, so that what was found once is found again. */
export class Seeded {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to `below`, without it (the generator is mulberry32). */
  below(below: number): number {
    this.#state = (this.#state + 0x6d_2b_79_f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  /** One of the items, of which there must be one. */
  of<T>(items: readonly T[]): T {
    const index = this.below(items.length);
    const item = items[index];
    if (item === undefined && !(index in items)) throw new RangeError('There is nothing to choose from.');
    return item as T;
  }
}
