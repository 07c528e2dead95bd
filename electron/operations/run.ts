import type { Failure } from '#shared/errors.ts';
import type { StepState } from '#shared/plan.ts';
import type { Progress, ProgressStep } from '#shared/snapshot.ts';

/** What a running change tells about itself, and is told. */
export interface Run {
  readonly id: string;
  /** Announces the steps, before the first begins. */
  announce(steps: readonly { readonly id: string; readonly title: string }[]): void;
  mark(stepId: string, state: StepState, note?: string | null, failure?: Failure): void;
  /** Whether the person asked it to stop; looked at between steps, where stopping is safe. */
  stopRequested(): boolean;
}

/** A Run that publishes every change of its progress. */
export class ReportedRun implements Run {
  readonly id: string;
  #progress: Progress;
  readonly #publish: (progress: Progress) => void;
  #stop = false;

  constructor(progress: Progress, publish: (progress: Progress) => void) {
    this.id = progress.operationId;
    this.#progress = progress;
    this.#publish = publish;
    publish(progress);
  }

  get progress(): Progress {
    return this.#progress;
  }

  announce(steps: readonly { readonly id: string; readonly title: string }[]): void {
    this.#update({ steps: steps.map(({ id, title }) => ({ id, title, state: 'waiting', note: null, failure: null })) });
  }

  mark(stepId: string, state: StepState, note: string | null = null, failure?: Failure): void {
    const marked = (step: ProgressStep): ProgressStep =>
      step.id === stepId
        ? { ...step, state, note: note ?? (state === 'running' ? null : step.note), failure: failure ?? null }
        : step;
    this.#update({ steps: this.#progress.steps.map(marked) });
  }

  requestStop(): void {
    this.#stop = true;
  }

  stopRequested(): boolean {
    return this.#stop;
  }

  end(ended: Progress['ended']): void {
    this.#update({ ended, cancellable: false });
  }

  #update(part: Partial<Progress>): void {
    this.#progress = { ...this.#progress, ...part };
    this.#publish(this.#progress);
  }
}

/** A Run that nobody watches, or one that shows inside another's step. */
export function quietRun(
  id: string,
  options: { readonly note?: (text: string) => void; readonly stopRequested?: () => boolean } = {},
): Run {
  const titles = new Map<string, string>();
  return {
    id,
    announce: (steps) => {
      for (const step of steps) titles.set(step.id, step.title);
    },
    mark: (stepId, state, note) => {
      if (state === 'running') options.note?.(note ?? titles.get(stepId) ?? stepId);
    },
    stopRequested: options.stopRequested ?? (() => false),
  };
}
