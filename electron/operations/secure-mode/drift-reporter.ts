import type { Snapshot } from '#shared/snapshot.ts';
import type { Trail } from '#electron/trail/trail.ts';

export interface DriftReporterParts {
  readonly trail: Pick<Trail, 'record' | 'recent'>;
  readonly notify: (notice: { readonly title: string; readonly sentence: string }) => void;
}

const operation = 'secureMode.drift';
const mended = 'Secure mode is again as it was switched on.';
const notMeant = 'Secure mode is no longer meant to be on.';

/** How far back the last word on drift is looked for. */
const lookedThrough = 1000;

/**
 * Tells of drift of secure mode once, in the trail and to the person at the machine: when it comes, when it is another
 * one, and when it is over. Once for all windows and commands: the trail itself says what was told last. While a change is
 * under way, what is seen is that change.
 */
export class DriftReporter {
  readonly #parts: DriftReporterParts;
  /** What this process saw last, so that the trail is looked through only when that is another. */
  #seen: string | undefined;

  constructor(parts: DriftReporterParts) {
    this.#parts = parts;
  }

  async see({ secureMode, operation: running }: Pick<Snapshot, 'secureMode' | 'operation'>): Promise<void> {
    if (running !== null && running.ended.how === 'not-yet') return;
    // What cannot be read is neither drift nor its end.
    if (secureMode.rules.state === 'unknown' || secureMode.meant.state === 'unknown') return;
    const now = secureMode.drift.join(' ');
    if (now === this.#seen) return;
    this.#seen = now;
    const { trail, notify } = this.#parts;
    const told = this.#toldLast();
    if (now === told) return;
    if (now === '') {
      await trail.record(operation, 'noted', secureMode.meant.value === null ? notMeant : mended);
      return;
    }
    await trail.record(operation, 'noted', now);
    notify({ title: 'Secure mode is no longer as it was switched on', sentence: now });
  }

  #toldLast(): string {
    const last = this.#parts.trail.recent(lookedThrough).find((entry) => entry.operation === operation);
    return last === undefined || last.text === mended || last.text === notMeant ? '' : last.text;
  }
}
