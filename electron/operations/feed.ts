import type { Progress, Snapshot } from '#shared/snapshot.ts';
import type { PushListener } from '#electron/server/handlers.ts';

/** How often the site is read while somebody looks, in milliseconds. */
const refreshInterval = 5_000;

/**
 * Tells whoever looks: progress as it happens, a fresh snapshot after every change and every five seconds. Reads only
 * while somebody looks, and never twice at the same time.
 */
export class Feed {
  readonly #read: () => Promise<Snapshot>;
  readonly #listeners = new Set<PushListener>();
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<Snapshot> | undefined;
  #again = false;
  #closed = false;

  constructor(read: () => Promise<Snapshot>) {
    this.#read = read;
  }

  subscribe(listener: PushListener): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.changed(), refreshInterval).unref();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
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

  /** Reads now and tells everybody. */
  async refresh(): Promise<Snapshot> {
    this.#reading ??= this.#readAndTell();
    return await this.#reading;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#listeners.clear();
    await this.#reading?.catch(() => undefined);
  }

  async #readAndTell(): Promise<Snapshot> {
    try {
      const snapshot = await this.#read();
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
