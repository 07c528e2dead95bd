/**
 * A password or key. Prints as `[secret]` however it is printed; `reveal` is called only where the secret is used
 * (login packet, ALTER LOGIN, keychain, consumer), so that a search for it finds every such place.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  equals(other: Secret): boolean {
    return this.#text === other.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  /** Node's inspection hook (util.inspect, console.log). */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}
