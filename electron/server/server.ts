import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Pushes, PushName } from '#shared/contract.ts';
import { pushes } from '#shared/contract.ts';
import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import { channelsOf } from './call-table.ts';
import type { Envelope } from './envelope.ts';
import type { Handlers } from './handlers.ts';
import { describeDefect, namedIssues, secretsIn } from './log-line.ts';
import { judgeInput } from './plain-input.ts';

export interface ServerOptions<Sender> {
  readonly handlers: Handlers;
  /** Whether this sender is our own page. Each door knows its own senders. */
  readonly isTrusted: (sender: Sender) => boolean;
  /** Main's log: what an `internal` failure does not tell the page. Never a secret. */
  readonly log: (line: string) => void;
}

export interface Server<Sender> {
  /** Every channel there is, in the order of the contract. */
  readonly channels: () => readonly string[];
  /** Answers one request. Never throws, and answers nothing that does not fit the contract. */
  readonly handle: (channel: unknown, input: unknown, sender: Sender) => Promise<Envelope>;
  /** A push as it may leave main, or undefined where it does not fit its schema (which is logged). */
  readonly outgoing: <N extends PushName>(name: N, value: Pushes[N]) => Pushes[N] | undefined;
}

/**
 * The one guarded door. In this order: who asks, whether the channel exists, whether the input is small plain data that
 * fits its schema, the handler, whether the answer fits its schema. Expected failures pass as they are; everything else
 * becomes `internal` with an identifier under which main's log has the details.
 */
export function createServer<Sender>({ handlers, isTrusted, log }: ServerOptions<Sender>): Server<Sender> {
  const channels = channelsOf(handlers);

  const defect = (where: string, details: string): Envelope => {
    const id = randomUUID();
    log(`internal ${id} in ${where}: ${details}`);
    return failed(failure('internal', { id }));
  };

  const trusted = (sender: Sender): boolean => {
    try {
      return isTrusted(sender);
    } catch {
      // A frame that is gone throws when it is looked at: nobody to trust.
      return false;
    }
  };

  return {
    channels: () => [...channels.keys()],

    handle: async (name, input, sender) => {
      if (!trusted(sender)) return failed(failure('foreign-sender'));
      const channel = typeof name === 'string' ? channels.get(name) : undefined;
      if (channel === undefined) return badRequest('there is no such call');
      const verdict = judgeInput(input);
      if (!verdict.fits) {
        return verdict.because === 'too-large' ? failed(failure('too-large')) : badRequest(verdict.what);
      }
      const parsed = channel.input.safeParse(input);
      if (!parsed.success) return badRequest(namedIssues(parsed.error));

      let answered: unknown;
      try {
        answered = await channel.run(parsed.data);
      } catch (error) {
        return defect(channel.name, describeDefect(error, secretsIn(parsed.data)));
      }
      const answer = parse(channel.answer, answered);
      return answer.fits
        ? (answer.value as Envelope)
        : defect(channel.name, `the answer does not fit the contract: ${answer.issues}`);
    },

    outgoing: (name, value) => {
      const parsed = parse(pushes[name], value);
      if (parsed.fits) return parsed.value as typeof value;
      defect(`the push ${name}`, `the value does not fit the contract: ${parsed.issues}`);
      return undefined;
    },
  };
}

const badRequest = (what: string): Envelope => failed(failure('bad-request', { what }));

/** Parses what is about to leave main. A getter that throws while it is parsed is a misfit too. */
function parse(
  schema: z.ZodType,
  value: unknown,
): { readonly fits: true; readonly value: unknown } | { readonly fits: false; readonly issues: string } {
  try {
    const parsed = schema.safeParse(value);
    return parsed.success ? { fits: true, value: parsed.data } : { fits: false, issues: namedIssues(parsed.error) };
  } catch (error) {
    return { fits: false, issues: describeDefect(error, []) };
  }
}
