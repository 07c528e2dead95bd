import type { ChangeCall, QueryCall } from '#shared/contract.ts';
import { applyOutput, cancelOutput, contract, planOutput } from '#shared/contract.ts';
import type { Handlers } from '#electron/server/handlers.ts';
import { fittingSamples } from './samples.ts';

/** What the fake does when a channel is asked: answers this. */
export type Answer = (channel: string, input: unknown) => Promise<unknown>;

/** Answers every channel with the first value that fits. */
export const fittingAnswer: Answer = async (channel) => ({ ok: true, value: fittingSamples(outputOf(channel))[0] });

/** Handlers for the whole contract, derived from it, which all give `answer`: a call that is added is there at once. */
export function createFakeHandlers(answer: Answer = fittingAnswer): Handlers {
  const areas: Record<string, Record<string, unknown>> = {};
  for (const [area, calls] of Object.entries(contract)) {
    const made: Record<string, unknown> = {};
    for (const [name, call] of Object.entries(calls) as [string, QueryCall | ChangeCall][]) {
      const channel = `${area}.${name}`;
      const half = (suffix: string) => (input: unknown) => answer(channel + suffix, input);
      made[name] =
        call.kind === 'query'
          ? half('')
          : { plan: half('.plan'), apply: half('.apply'), ...(call.cancellable ? { cancel: half('.cancel') } : {}) };
    }
    areas[area] = made;
  }
  return areas as unknown as Handlers;
}

/** The schema of what a channel answers on success. */
export function outputOf(channel: string) {
  const [area = '', name = '', half] = channel.split('.');
  if (half === 'plan') return planOutput;
  if (half === 'apply') return applyOutput;
  if (half === 'cancel') return cancelOutput;
  const call = (contract as unknown as Record<string, Record<string, QueryCall>>)[area]?.[name];
  if (call === undefined) throw new Error(`the contract has no ${channel}`);
  return call.output;
}
