import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { channelsOf } from '#electron/server/call-table.ts';
import type { Envelope } from '#electron/server/envelope.ts';
import { createServer } from '#electron/server/server.ts';
import { mostBytesIn } from '#electron/server/plain-input.ts';
import type { Answer } from './fake-main.ts';
import { createFakeHandlers, fittingAnswer, outputOf } from './fake-main.ts';
import { fittingSamples, misfitsOf } from './samples.ts';

const channels = [...channelsOf(createFakeHandlers()).values()];
const inputOf = (input: z.ZodType) => fittingSamples(input)[0];

/** A server whose handlers give `answer`, with what reached them and what was logged. */
function watched(answer: Answer = fittingAnswer, isTrusted: (sender: string) => boolean = () => true) {
  const reached: { channel: string; input: unknown }[] = [];
  const logged: string[] = [];
  const handlers = createFakeHandlers(async (channel, input) => {
    reached.push({ channel, input });
    return answer(channel, input);
  });
  const server = createServer({ handlers, isTrusted, log: (line) => logged.push(line) });
  return { server, reached, logged };
}

const code = (envelope: Envelope) => (envelope.ok ? 'ok' : envelope.error.code);

describe.each(channels)('The call $name', ({ name, input }) => {
  it('reaches its handler with every input that fits, and answers what the handler answers', async () => {
    for (const fitting of fittingSamples(input)) {
      const { server, reached } = watched();
      const answer = await server.handle(name, fitting, 'our page');
      expect(answer).toEqual({ ok: true, value: fittingSamples(outputOf(name))[0] });
      expect(reached.map((call) => call.channel)).toEqual([name]);
    }
  });

  it('refuses inputs with a key missing, a key too many or a value of another kind before the handler', async () => {
    const { server, reached } = watched();
    const misfits = fittingSamples(input).flatMap(misfitsOf);
    expect(misfits.length).toBeGreaterThan(1);
    for (const misfit of misfits) {
      expect(code(await server.handle(name, misfit.value, 'our page')), misfit.what).toBe('bad-request');
    }
    expect(code(await server.handle(name, undefined, 'our page'))).toBe('bad-request');
    expect(reached).toEqual([]);
  });

  it('refuses keys that could reach a prototype, at the top and below', async () => {
    const { server, reached } = watched();
    const fitting = JSON.stringify(inputOf(input)).slice(1, -1);
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const text = `{${fitting}${fitting === '' ? '' : ','}"${key}":{"polluted":true}}`;
      expect(code(await server.handle(name, JSON.parse(text), 'our page')), key).toBe('bad-request');
      expect(code(await server.handle(name, JSON.parse(`{"below":${text}}`), 'our page')), key).toBe('bad-request');
    }
    expect(reached).toEqual([]);
    expect('polluted' in {}).toBe(false);
  });

  it('refuses what is too large, however it is shaped', async () => {
    const { server, reached } = watched();
    const cyclic: unknown[] = [];
    cyclic.push(...Array.from({ length: 20 }, () => cyclic));
    for (const large of [{ reason: 'x'.repeat(mostBytesIn) }, Array.from({ length: mostBytesIn }, () => 0), cyclic]) {
      expect(['too-large', 'bad-request']).toContain(code(await server.handle(name, large, 'our page')));
    }
    expect(code(await server.handle(name, { reason: 'ü'.repeat(mostBytesIn / 2) }, 'our page'))).toBe('too-large');
    expect(reached).toEqual([]);
  });

  it('refuses a foreign sender before anything else', async () => {
    const { server, reached } = watched(fittingAnswer, (sender) => sender === 'our page');
    expect(code(await server.handle(name, inputOf(input), 'a stranger'))).toBe('foreign-sender');
    expect(code(await server.handle(name, { not: 'fitting' }, 'a stranger'))).toBe('foreign-sender');
    expect(reached).toEqual([]);
  });

  it('lets no answer through that does not fit the contract', async () => {
    const answers = fittingSamples(outputOf(name)).flatMap((value) => misfitsOf({ ok: true, value }));
    // Both halves of the envelope are strict: a failure that is not in the closed union is a defect too.
    answers.push({
      what: 'a code that does not exist',
      value: { ok: false, error: { code: 'x', sentence: '', next: '' } },
    });
    answers.push({ what: 'nothing', value: undefined });
    let given: unknown;
    const { server, logged } = watched(async () => given);
    for (const spoiled of answers) {
      given = spoiled.value;
      expect(code(await server.handle(name, inputOf(input), 'our page')), spoiled.what).toBe('internal');
    }
    expect(logged).toHaveLength(answers.length);
  });

  it('passes an expected failure as it is', async () => {
    const error = { code: 'busy', sentence: 'Somebody is at it.', next: 'Wait.' } as const;
    const { server, logged } = watched(async () => ({ ok: false, error }));
    expect(await server.handle(name, inputOf(input), 'our page')).toEqual({ ok: false, error });
    expect(logged).toEqual([]);
  });

  it('answers a handler that throws with an identifier only, and logs the rest under it', async () => {
    const { server, logged } = watched(async () => {
      throw new Error('the details');
    });
    const answer = await server.handle(name, inputOf(input), 'our page');
    expect(code(answer)).toBe('internal');
    const sentence = answer.ok ? '' : answer.error.sentence;
    expect(sentence).not.toContain('details');
    const id = /\(([0-9a-f-]{36})\)/.exec(sentence)?.[1];
    expect(id).toBeDefined();
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain(id);
    expect(logged[0]).toContain('the details');
  });
});
