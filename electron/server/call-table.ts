import { z } from 'zod';
import type { ChangeCall, QueryCall } from '#shared/contract.ts';
import { applyInput, applyOutput, cancelInput, cancelOutput, contract, planOutput } from '#shared/contract.ts';
import { failureSchema } from '#shared/errors.ts';
import type { Handlers } from './handlers.ts';

/** One channel of the contract with its schemas. Changing calls have two or three. */
export interface Channel {
  readonly name: string;
  readonly input: z.ZodType;
  /** The whole answer: a value that fits, or a failure from the closed union. */
  readonly answer: z.ZodType;
  readonly run: (input: unknown) => Promise<unknown>;
}

const answerOf = (value: z.ZodType) =>
  z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value }),
    z.strictObject({ ok: z.literal(false), error: failureSchema }),
  ]);

interface Half {
  readonly suffix: string;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly of: string | null;
}

function halvesOf(call: QueryCall | ChangeCall): readonly Half[] {
  if (call.kind === 'query') return [{ suffix: '', input: call.input, output: call.output, of: null }];
  return [
    { suffix: '.plan', input: call.input, output: planOutput, of: 'plan' },
    { suffix: '.apply', input: applyInput, output: applyOutput, of: 'apply' },
    ...(call.cancellable ? [{ suffix: '.cancel', input: cancelInput, output: cancelOutput, of: 'cancel' }] : []),
  ];
}

/** The contract laid flat: `area.call` for queries, `area.call.plan|apply|cancel` for changes. */
export function channelsOf(handlers: Handlers): ReadonlyMap<string, Channel> {
  const table = new Map<string, Channel>();
  // The mapped type demands each of these handlers; here they are only looked up by the names they have there.
  const byName = handlers as unknown as Record<string, Record<string, unknown>>;
  for (const [area, calls] of Object.entries(contract)) {
    for (const [call, described] of Object.entries(calls) as [string, QueryCall | ChangeCall][]) {
      for (const half of halvesOf(described)) {
        const name = `${area}.${call}${half.suffix}`;
        table.set(name, {
          name,
          input: half.input,
          answer: answerOf(half.output),
          run: async (input) => {
            const handler = byName[area]?.[call];
            const callable = half.of === null ? handler : (handler as Record<string, unknown> | undefined)?.[half.of];
            return (callable as (input: unknown) => Promise<unknown>).call(handler, input);
          },
        });
      }
    }
  }
  return table;
}
