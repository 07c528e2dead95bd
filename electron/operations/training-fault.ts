import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { Change, Draft } from './change.ts';
import { outcomeOf } from './outcome.ts';

/** The faults that can be practised; a real site has none. */
export interface PractisedFaults {
  list(): Promise<Result<readonly { readonly id: string; readonly title: string; readonly on: boolean }[]>>;
  set(id: string, on: boolean): Promise<Result<undefined>>;
}

export const noFaults: PractisedFaults = {
  list: async () => await Promise.resolve(succeed([])),
  set: async () =>
    await Promise.resolve(failed(failure('not-allowed', { why: 'Faults are practised on the training site only.' }))),
};

/** Switches a fault of the training site on or off, to practise the bad day. */
export class PractiseFault implements Change<{ readonly fault: string; readonly on: boolean }> {
  readonly #faults: PractisedFaults;
  readonly #clock: Clock;

  constructor(faults: PractisedFaults, clock: Clock) {
    this.#faults = faults;
    this.#clock = clock;
  }

  async plan(input: { readonly fault: string; readonly on: boolean }): Promise<Result<Draft>> {
    const faults = await this.#faults.list();
    if (!faults.ok) return faults;
    const fault = faults.value.find(({ id }) => id === input.fault);
    if (fault === undefined) return failed(failure('bad-request', { what: `there is no fault called ${input.fault}` }));
    if (fault.on === input.on)
      return failed(failure('already-so', { what: `"${fault.title}" is ${input.on ? 'on' : 'off'}` }));
    const title = input.on ? `Practise: ${fault.title}` : `End the fault: ${fault.title}`;
    return succeed({
      body: {
        title,
        summary: input.on
          ? 'The training site misbehaves in this way until you end it.'
          : 'The training site behaves again.',
        steps: [{ id: 'fault', title, changes: [{ kind: 'training', text: title }] }],
        affected: [{ who: 'The training site', how: 'Nothing outside of it.' }],
        warnings: [],
        takeBack: { possible: true, how: 'End the fault from the same menu.' },
        consent: null,
      },
      rests: String(fault.on),
      apply: async (run) => {
        run.mark('fault', 'running');
        const done = await this.#faults.set(input.fault, input.on);
        if (!done.ok) return done;
        run.mark('fault', 'done');
        return succeed(outcomeOf(title, input.on ? 'The fault is on.' : 'The fault is off.', [], this.#clock));
      },
    });
  }
}
