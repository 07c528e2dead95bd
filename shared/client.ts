import type { z } from 'zod';
import type { ChangeCall, Contract, Pushes, PushName, QueryCall } from './contract.ts';
import { contract } from './contract.ts';
import type { Outcome, Plan } from './plan.ts';
import type { Result } from './result.ts';

type ClientCall<C extends QueryCall | ChangeCall> = C extends {
  readonly kind: 'query';
  readonly input: infer I extends z.ZodType;
  readonly output: infer O extends z.ZodType;
}
  ? (input: z.input<I>) => Promise<Result<z.infer<O>>>
  : C extends {
        readonly kind: 'change';
        readonly input: infer I extends z.ZodType;
        readonly cancellable: infer Cancellable;
      }
    ? {
        readonly plan: (input: z.input<I>) => Promise<Result<Plan>>;
        readonly apply: (input: { readonly planId: string }) => Promise<Result<Outcome>>;
      } & (Cancellable extends true
        ? { readonly cancel: (input: Record<string, never>) => Promise<Result<{ asked: boolean }>> }
        : unknown)
    : never;

/** What window, preview and command line call. Every answer is a Result; a broken transport answers `internal`. */
export type Client = {
  readonly [A in keyof Contract]: {
    readonly [C in keyof Contract[A]]: Contract[A][C] extends QueryCall | ChangeCall
      ? ClientCall<Contract[A][C]>
      : never;
  };
} & {
  /** Calls back with each push until the returned function is called. */
  readonly on: <N extends PushName>(name: N, listener: (value: Pushes[N]) => void) => () => void;
};

/** Carries one call to main: `channel` is `area.call`, or `area.call.plan|apply|cancel` for changing calls. */
export interface Transport {
  call(channel: string, input: unknown): Promise<unknown>;
  on(push: PushName, listener: (value: unknown) => void): () => void;
}

/** Derives the client from the contract. The answers were parsed against their schemas by the server, which is main. */
export function createClient(transport: Transport): Client {
  const areas: Record<string, Record<string, unknown>> = {};
  for (const [area, calls] of Object.entries(contract)) {
    const made: Record<string, unknown> = {};
    for (const [name, call] of Object.entries(calls) as [string, QueryCall | ChangeCall][]) {
      const channel = `${area}.${name}`;
      const half = (suffix: string) => (input: unknown) => transport.call(channel + suffix, input);
      made[name] =
        call.kind === 'query'
          ? half('')
          : { plan: half('.plan'), apply: half('.apply'), ...(call.cancellable ? { cancel: half('.cancel') } : {}) };
    }
    areas[area] = made;
  }
  return {
    ...areas,
    on: (name: PushName, listener: (value: never) => void) => transport.on(name, listener as (value: unknown) => void),
  } as unknown as Client;
}
