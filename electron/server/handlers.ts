import type { z } from 'zod';
import type { ChangeCall, Contract, Pushes, PushName, QueryCall } from '#shared/contract.ts';
import type { Outcome, Plan } from '#shared/plan.ts';
import type { Result } from '#shared/result.ts';

type HandlerOf<C extends QueryCall | ChangeCall> = C extends {
  readonly kind: 'query';
  readonly input: infer I extends z.ZodType;
  readonly output: infer O extends z.ZodType;
}
  ? (input: z.output<I>) => Promise<Result<z.output<O>>>
  : C extends {
        readonly kind: 'change';
        readonly input: infer I extends z.ZodType;
        readonly cancellable: infer Cancellable;
      }
    ? {
        readonly plan: (input: z.output<I>) => Promise<Result<Plan>>;
        readonly apply: (input: { readonly planId: string }) => Promise<Result<Outcome>>;
      } & (Cancellable extends true ? { readonly cancel: () => Promise<Result<{ asked: boolean }>> } : unknown)
    : never;

/**
 * What main has to answer, derived from the contract: a function for every query; `plan`, `apply` and, where the
 * contract says so, `cancel` for every change. Leaving one out does not compile. A handler receives parsed input and
 * checks neither sender nor shape: the server did.
 */
export type Handlers = {
  readonly [A in keyof Contract]: {
    readonly [C in keyof Contract[A]]: Contract[A][C] extends QueryCall | ChangeCall
      ? HandlerOf<Contract[A][C]>
      : never;
  };
};

/** One push with the value that belongs to its name. */
export type PushListener = <N extends PushName>(name: N, value: Pushes[N]) => void;
