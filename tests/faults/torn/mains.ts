import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Tripwire } from '#tests/unit/operations/fakes/tripwire.ts';

const never = new Promise<never>(() => undefined);

/**
 * The power of the machine that Mortise runs on. Every effect passes here; once the power is cut, whoever passes comes
 * back never, as nothing of a machine goes on without power.
 */
export class Mains extends Tripwire {
  /** What each point answers instead of doing it, before its effect and after it ("answered"). */
  rule: (point: string) => Failure | undefined = () => undefined;
  /** Other programs go on meanwhile. */
  meanwhile: () => void = () => undefined;
  /** How often the power came back. */
  power = 0;
  /** How often a connection was told to be lost. */
  lostAnswers = 0;
  #left: number | undefined;
  #on = true;
  #tellCut: () => void = () => undefined;

  /** Settles when the power is cut. */
  get cut(): Promise<'cut'> {
    return new Promise((resolve) => {
      this.#tellCut = () => resolve('cut');
    });
  }

  /** Cuts the power when so many further effects have come by. */
  cutAfter(effects: number): void {
    this.#left = effects;
  }

  /** Takes back a cut that has not come. */
  keepOn(): void {
    this.#left = undefined;
  }

  cutNow(): void {
    this.#on = false;
    this.#left = undefined;
    this.#tellCut();
  }

  /** Back when nothing of the time before is under way any more. */
  async restore(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    this.#left = undefined;
    this.#on = true;
    this.power += 1;
  }

  #told(point: string): Failure | undefined {
    const told = this.rule(point);
    if (told?.code === 'connection-lost') this.lostAnswers += 1;
    return told;
  }

  async here(): Promise<void> {
    if (this.#on && this.#left === 0) this.cutNow();
    if (!this.#on) return await never;
    if (this.#left !== undefined) this.#left -= 1;
  }

  override async pass<T>(point: string, act: () => Result<T>): Promise<Result<T>> {
    return await this.passing(point, async () => await Promise.resolve(act()));
  }

  /** As `pass`, for what takes several effects of its own. */
  async passing<T>(point: string, act: () => Promise<Result<T>>): Promise<Result<T>> {
    await this.here();
    const before = this.#told(point);
    if (before !== undefined) return failed(before);
    const done = await act();
    this.meanwhile();
    await this.here();
    if (!done.ok) return done;
    const after = this.#told(`${point}, answered`);
    return after === undefined ? done : failed(after);
  }
}
