import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Composition } from '#electron/server/composition.ts';

/** Which site: one of the library, null the training site, undefined what the window was started with. */
export type ChosenSite = string | null | undefined;

export interface SiteInWindowParts<S> {
  readonly compose: (site: ChosenSite) => Promise<Result<Composition>>;
  /** Puts the door in front of an opened site. */
  readonly serve: (composition: Composition) => S;
  /** Loads the page anew: the snapshots of another site count from one, and nothing of the former may stay on the screen. */
  readonly reload: () => void;
}

interface Opened<S> {
  readonly composition: Composition;
  readonly server: S;
}

const notNow = (why: string) => failed(failure('not-allowed', { why }));

/**
 * The one site behind a window, which another can take the place of. The other is opened first: where it cannot be, the
 * one before stays as it was. A site that changes something is never put away.
 */
export class SiteInWindow<S> {
  readonly #parts: SiteInWindowParts<S>;
  #current: Promise<Result<Opened<S>>>;
  #opened: Opened<S> | undefined;
  #switching: Promise<unknown> | undefined;
  #closed = false;

  constructor(parts: SiteInWindowParts<S>) {
    this.#parts = parts;
    this.#current = this.#compose(undefined).then((composed) => {
      if (composed.ok) this.#opened = composed.value;
      return composed;
    });
  }

  /** What answers the page; comes back when the site is open, with the failure where it could not be. */
  async server(): Promise<Result<S>> {
    const current = await this.#current;
    return current.ok ? succeed(current.value.server) : current;
  }

  /** True once there is something to put away. */
  isOpen(): boolean {
    return this.#opened !== undefined;
  }

  isBusy(): boolean {
    return this.#opened?.composition.isBusy() === true;
  }

  /** Opens another site in place of this one, or this one again. */
  async open(site: string | null): Promise<Result<undefined>> {
    if (this.#closed || this.#switching !== undefined) return notNow('Another site is being opened already.');
    const switching = this.#switch(site);
    this.#switching = switching;
    try {
      return await switching;
    } finally {
      this.#switching = undefined;
    }
  }

  /** Puts the site away; nothing is opened after it. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#switching;
    await this.#opened?.composition.close();
  }

  async #switch(site: string | null): Promise<Result<undefined>> {
    const before = this.#opened;
    if (before === undefined) return notNow('No site is open yet.');
    const next = await this.#compose(site);
    if (!next.ok) return next;
    // Looked at again: opening took a while.
    if (this.#closed || before.composition.isBusy()) {
      await next.value.composition.close();
      return notNow('An operation is running: open another site when it has ended.');
    }
    this.#opened = next.value;
    this.#current = Promise.resolve(next);
    await before.composition.close();
    this.#parts.reload();
    return succeed();
  }

  async #compose(site: ChosenSite): Promise<Result<Opened<S>>> {
    const composed = await this.#parts.compose(site);
    if (!composed.ok) return composed;
    return succeed({ composition: composed.value, server: this.#parts.serve(composed.value) });
  }
}
