import type { Failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';

/** The process was ended here, as by a power cut: nothing after it was done. */
export class Interruption extends Error {}

/**
 * Every effect of a fake passes here, before it happens and after it happened ("answered"). A run can be ended at each
 * of these points, and each can be made to fail.
 */
export class Tripwire {
  readonly passed: string[] = [];
  /** Ends the run at the point with this number, counted from 0. */
  endAt: number | undefined;
  readonly #failures: { readonly point: string; readonly why: Failure; times: number }[] = [];
  readonly #hooks = new Map<string, () => void>();

  /** Makes this point fail the next `times` times it is passed. */
  fail(point: string, why: Failure, times = 1): void {
    this.#failures.push({ point, why, times });
  }

  /** Does something the next time this point is passed. */
  once(point: string, act: () => void): void {
    this.#hooks.set(point, act);
  }

  async pass<T>(point: string, act: () => Result<T>): Promise<Result<T>> {
    await Promise.resolve();
    const before = this.#at(point);
    if (before !== undefined) return failed(before);
    const done = act();
    if (!done.ok) return done;
    const after = this.#at(`${point}, answered`);
    return after === undefined ? done : failed(after);
  }

  #at(point: string): Failure | undefined {
    this.passed.push(point);
    if (this.endAt === this.passed.length - 1) throw new Interruption(point);
    const hook = this.#hooks.get(point);
    this.#hooks.delete(point);
    hook?.();
    const set = this.#failures.find((each) => each.point === point && each.times > 0);
    if (set === undefined) return undefined;
    set.times -= 1;
    return set.why;
  }
}
