import { randomBytes, timingSafeEqual } from 'node:crypto';

const newToken = () => randomBytes(32).toString('base64url');

function same(one: string, other: unknown): boolean {
  if (typeof other !== 'string') return false;
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Who may talk to the preview: whoever has the address that the terminal showed. Its token is good once, and for one
 * tab: it is exchanged for a token of that tab, which is never in an address that leaves the browser.
 */
export class PreviewTokens {
  #once = newToken();
  readonly #ofTabs: string[] = [];

  /** The token for the next address. */
  get once(): string {
    return this.#once;
  }

  /** A tab's own token for the one-time token, which is used up; undefined where it is not the current one. */
  exchange(once: unknown): string | undefined {
    if (!same(this.#once, once)) return undefined;
    this.#once = newToken();
    const token = newToken();
    this.#ofTabs.push(token);
    return token;
  }

  isTabs(token: unknown): boolean {
    return this.#ofTabs.some((known) => same(known, token));
  }
}
