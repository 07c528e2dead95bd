import { createClient } from '#shared/client.ts';
import type { Client, Transport } from '#shared/client.ts';
import { applyInput, applyOutput, cancelInput, cancelOutput, contract, planOutput, pushes } from '#shared/contract.ts';
import type { ChangeCall, Pushes, PushName, QueryCall } from '#shared/contract.ts';
import { changeNames } from '#shared/change-names.ts';
import { succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Snapshot } from '#shared/snapshot.ts';
import { sampleAssessment } from './sample/assessment.ts';
import { sampleOutcome, samplePlan } from './sample/plans.ts';
import {
  checkedAsMainWould,
  sampleDifference,
  sampleDiscovery,
  sampleGreeting,
  sampleLibrary,
  sampleTemplates,
} from './sample/sites.ts';
import { sampleSnapshot } from './sample/snapshot.ts';
import { sampleVerification } from './sample/verifications.ts';

interface Call {
  readonly channel: string;
  readonly input: unknown;
}

type Answer = (input: unknown) => Promise<Result<unknown>> | Result<unknown>;

/** Answers by channel: `area.call`, or `area.call.plan|apply|cancel`. What is not given answers as on a good day. */
export type Answers = Readonly<Record<string, Answer>>;

interface Shape {
  readonly input: { parse(value: unknown): unknown };
  readonly output: { parse(value: unknown): unknown };
}

/** Every channel of the contract with its shapes; a new call of the contract is here without anybody adding it. */
function channels(): ReadonlyMap<string, Shape> {
  const all = new Map<string, Shape>();
  for (const [area, calls] of Object.entries(contract)) {
    for (const [name, call] of Object.entries(calls) as [string, QueryCall | ChangeCall][]) {
      const channel = `${area}.${name}`;
      if (call.kind === 'query') {
        all.set(channel, { input: call.input, output: call.output });
        continue;
      }
      all.set(`${channel}.plan`, { input: call.input, output: planOutput });
      all.set(`${channel}.apply`, { input: applyInput, output: applyOutput });
      if (call.cancellable) all.set(`${channel}.cancel`, { input: cancelInput, output: cancelOutput });
    }
  }
  return all;
}

/**
 * A main process for the screens' tests: speaks through the same client, and holds both sides to the contract's
 * schemas, so that a screen that sends or expects something else fails here.
 */
export class FakeMain {
  readonly client: Client;
  readonly calls: Call[] = [];
  #snapshot: Snapshot;
  readonly #answers: Map<string, Answer>;
  readonly #shapes = channels();
  readonly #listeners = new Map<PushName, Set<(value: unknown) => void>>();

  constructor(snapshot: Snapshot = sampleSnapshot(), answers: Answers = {}) {
    this.#snapshot = snapshot;
    this.#answers = new Map(Object.entries({ ...this.#goodDay(), ...answers }));
    this.client = createClient(this.transport());
  }

  transport(): Transport {
    return {
      call: (channel, input) => this.#call(channel, input),
      on: (push, listener) => {
        const listeners = this.#listeners.get(push) ?? new Set();
        this.#listeners.set(push, listeners.add(listener));
        return () => void listeners.delete(listener);
      },
    };
  }

  /** Replaces what one channel answers from now on. */
  answer(channel: string, answer: Answer): void {
    if (!this.#shapes.has(channel)) throw new Error(`The contract has no channel ${channel}.`);
    this.#answers.set(channel, answer);
  }

  /** Lets a channel's next answers wait, until the returned function gives the one. */
  hold(channel: string): (result: Result<unknown>) => void {
    const waiting: ((result: Result<unknown>) => void)[] = [];
    this.answer(channel, () => new Promise<Result<unknown>>((resolve) => waiting.push(resolve)));
    return (result) => {
      for (const end of waiting.splice(0)) end(result);
    };
  }

  /** The inputs with which a channel was called, in order. */
  sent(channel: string): readonly unknown[] {
    return this.calls.filter((call) => call.channel === channel).map((call) => call.input);
  }

  push<N extends PushName>(name: N, value: Pushes[N]): void {
    const parsed = pushes[name].parse(structuredClone(value));
    for (const listener of this.#listeners.get(name) ?? []) listener(parsed);
  }

  /** Main read the site again: the next snapshot, with what is different in it. */
  pushSnapshot(different: Partial<Snapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...different, sequence: this.#snapshot.sequence + 1 };
    this.push('snapshot', this.#snapshot);
  }

  async #call(channel: string, input: unknown): Promise<unknown> {
    const shape = this.#shapes.get(channel);
    const answer = this.#answers.get(channel);
    if (!shape || !answer) throw new Error(`The contract has no channel ${channel}.`);
    this.calls.push({ channel, input: structuredClone(input) });
    const result = await answer(shape.input.parse(structuredClone(input)));
    return result.ok ? { ok: true, value: shape.output.parse(structuredClone(result.value)) } : structuredClone(result);
  }

  #goodDay(): Answers {
    const answers: Record<string, Answer> = {
      'site.snapshot': () => succeed(this.#snapshot),
      'site.refresh': () => this.#readAgain(),
      'secureMode.probe': () => this.#readAgain(),
      'rotation.verify': (input) => succeed(sampleVerification((input as { readonly login: string }).login)),
      'recoveryKit.choose': () => succeed({ path: '/media/usb/harbour-office.kit', isKit: true }),
      'lockdown.saveSummary': () => succeed({ path: '/home/engineer/summary.html' }),
      'assessment.run': () => succeed(sampleAssessment()),
      'assessment.save': () => succeed({ path: '/home/engineer/assessment.html' }),
      'sites.list': () => succeed(sampleLibrary()),
      'sites.templates': () => succeed(sampleTemplates),
      'sites.check': (input) => succeed(checkedAsMainWould((input as { readonly text: string }).text)),
      'sites.chooseFile': () => succeed({ path: null, profile: null, faults: [] }),
      'sites.greet': () => succeed(sampleGreeting()),
      'sites.discover': (input) => succeed(sampleDiscovery((input as { readonly database: string | null }).database)),
      'sites.difference': () => succeed(sampleDifference),
      'sites.export': () => succeed({ path: '/home/engineer/harbour-office.json' }),
      'sites.open': () => succeed({}),
      'trail.verify': () =>
        succeed({ entries: 41, holds: true, firstBroken: null, sentence: 'Every entry follows from the one before.' }),
      'trail.recent': () => succeed(this.#snapshot.trail.state === 'known' ? this.#snapshot.trail.value.recent : []),
      'training.faults': () =>
        succeed([
          { id: 'service-does-not-start', title: 'The service does not start', on: false },
          { id: 'keychain-locked', title: 'The keychain is locked', on: false },
        ]),
    };
    for (const change of changeNames) {
      answers[`${change}.plan`] = () => succeed(samplePlan(change));
      answers[`${change}.apply`] = () => succeed(sampleOutcome(change));
      answers[`${change}.cancel`] = () => succeed({ asked: true });
    }
    return answers;
  }

  #readAgain(): Result<Snapshot> {
    this.#snapshot = { ...this.#snapshot, sequence: this.#snapshot.sequence + 1 };
    return succeed(this.#snapshot);
  }
}
