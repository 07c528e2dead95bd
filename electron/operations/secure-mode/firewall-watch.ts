import type { Failure } from '#shared/errors.ts';
import type { Firewall, Watch } from '#electron/firewall/firewall.ts';
import type { Watching } from '../feed.ts';

/** How long after a watch ended another one is begun, in milliseconds. */
const again = 30_000;

/** Watches the firewall while somebody looks. One that ends by itself is said so, and begun again after a while. */
export class FirewallWatch implements Watching {
  readonly #firewall: Firewall;
  readonly #changed: () => void;
  #watch: Watch | undefined;
  #why: Failure | null = null;
  #retry: NodeJS.Timeout | undefined;

  constructor(firewall: Firewall, changed: () => void) {
    this.#firewall = firewall;
    this.#changed = changed;
  }

  /** Why nobody is told of changes at once; null while somebody is, or nobody looks. */
  ended(): Failure | null {
    return this.#why;
  }

  begin(): void {
    if (this.#watch !== undefined) return;
    this.#why = null;
    const watch = this.#firewall.watch(this.#changed, (why) => {
      if (this.#watch !== watch) return;
      this.#why = why;
      this.#watch = undefined;
      this.#retry = setTimeout(() => this.begin(), again).unref();
      this.#changed();
    });
    this.#watch = watch;
  }

  async end(): Promise<void> {
    clearTimeout(this.#retry);
    const watch = this.#watch;
    this.#watch = undefined;
    this.#why = null;
    await watch?.close();
  }
}
