import type { Progress, Snapshot } from '#shared/snapshot.ts';
import type { PushListener } from '#electron/server/handlers.ts';

/** How often the site is read while somebody looks, in milliseconds. */
const refreshInterval = 5_000;

/** Something that tells of changes sooner than the clock; under way only while somebody looks. */
export interface Watching {
  begin(): void;
  end(): Promise<void>;
}

const noWatching: Watching = { begin: () => undefined, end: async () => await Promise.resolve() };

/**
 * Tells whoever looks: progress as it happens, a fresh snapshot after every change and every five seconds. Reads only
 * while somebody looks, and never twice at the same time.
 */
export class Feed {
  readonly #read: (options: { readonly thorough: boolean }) => Promise<Snapshot>;
  readonly #watch: Watching;
  readonly #listeners = new Set<PushListener>();
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<Snapshot> | undefined;
  #again = false;
  #closed = false;

  constructor(read: (options: { readonly thorough: boolean }) => Promise<Snapshot>, watch: Watching = noWatching) {
    this.#read = read;
    this.#watch = watch;
  }

  subscribe(listener: PushListener): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.changed(), refreshInterval).unref();
    this.#watch.begin();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
      void this.#watch.end();
    };
  }

  progress(progress: Progress): void {
    for (const listener of this.#listeners) listener('progress', progress);
  }

  /** Something changed: whoever looks gets a fresh snapshot soon. One that is being read already is followed by another. */
  changed(): void {
    if (this.#listeners.size === 0 || this.#closed) return;
    if (this.#reading !== undefined) {
      this.#again = true;
      return;
    }
    void this.refresh();
  }

  /** Reads now and tells everybody. `thorough`: a person waits for what takes long or asks for rights, too. */
  async refresh({ thorough = false }: { readonly thorough?: boolean } = {}): Promise<Snapshot> {
    if (thorough) await this.#reading?.catch(() => undefined);
    this.#reading ??= this.#readAndTell(thorough);
    return await this.#reading;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#listeners.clear();
    await this.#watch.end();
    await this.#reading?.catch(() => undefined);
  }

  async #readAndTell(thorough: boolean): Promise<Snapshot> {
    try {
      const snapshot = await this.#read({ thorough });
      for (const listener of this.#listeners) listener('snapshot', snapshot);
      return snapshot;
    } finally {
      this.#reading = undefined;
      if (this.#again) {
        this.#again = false;
        this.changed();
      }
    }
  }
}
