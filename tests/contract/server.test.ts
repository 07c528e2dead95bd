import { describe, expect, it } from 'vitest';
import { pushes } from '#shared/contract.ts';
import type { PushName, Pushes } from '#shared/contract.ts';
import { createClient } from '#shared/client.ts';
import { judgeInput } from '#electron/server/plain-input.ts';
import { createServer } from '#electron/server/server.ts';
import { createFakeHandlers } from './fake-main.ts';
import { fittingSamples, misfitsOf } from './samples.ts';

function serverWith(answer?: Parameters<typeof createFakeHandlers>[0], isTrusted = () => true) {
  const logged: string[] = [];
  const server = createServer({ handlers: createFakeHandlers(answer), isTrusted, log: (line) => logged.push(line) });
  return { server, logged };
}

describe('The door', () => {
  it('knows the channels that the client calls, and no other', async () => {
    const called: string[] = [];
    const client = createClient({
      call: async (channel) => {
        called.push(channel);
        return { ok: true, value: null };
      },
      on: () => () => undefined,
    });
    for (const area of Object.values(client)) {
      for (const call of Object.values(area as Record<string, unknown>)) {
        const halves = typeof call === 'function' ? [call] : Object.values(call as Record<string, unknown>);
        for (const half of halves) await (half as (input: unknown) => Promise<unknown>)({});
      }
    }
    expect(called.length).toBeGreaterThan(20);
    expect([...serverWith().server.channels()].toSorted()).toEqual(called.toSorted());
  });

  it('refuses calls that are not in the contract, however they are named', async () => {
    const { server } = serverWith();
    for (const name of [
      'site.nothing',
      'constructor',
      '__proto__',
      'site.__proto__',
      'site',
      '',
      null,
      7,
      ['site.refresh'],
    ]) {
      const answer = await server.handle(name, {}, null);
      expect(answer.ok ? 'ok' : answer.error.code, String(name)).toBe('bad-request');
    }
  });

  it('takes a sender that cannot be looked at for a foreign one', async () => {
    const { server } = serverWith(undefined, () => {
      throw new Error('the frame is gone');
    });
    const answer = await server.handle('site.refresh', {}, null);
    expect(answer.ok ? 'ok' : answer.error.code).toBe('foreign-sender');
  });

  it('never repeats what was sent in a refusal', async () => {
    const { server } = serverWith();
    const answer = await server.handle(
      'site.prepare.plan',
      { setup: { login: 'sa', password: ['hunter2'], hunter3: 1 } },
      null,
    );
    expect(JSON.stringify(answer)).not.toContain('hunter');
    expect(answer.ok ? '' : answer.error.sentence).toContain('setup');
  });

  it('keeps a typed password out of the log when the handler throws it back', async () => {
    const { server, logged } = serverWith(async (_channel, input) => {
      throw new Error(`could not use ${JSON.stringify(input)}`);
    });
    await server.handle('site.prepare.plan', { setup: { login: 'sa', password: 'hunter2-typed' } }, null);
    expect(logged[0]).toContain('could not use');
    expect(logged[0]).toContain('[secret]');
    expect(logged[0]).not.toContain('hunter2-typed');
  });

  it('refuses keys that could reach a prototype before any schema sees them', () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      expect(judgeInput(JSON.parse(`{"a":[{"${key}":1}]}`)), key).toMatchObject({ fits: false, because: 'not-plain' });
    }
  });

  it('refuses what structured clone carries and JSON does not', async () => {
    const { server } = serverWith();
    const getter = Object.defineProperty({}, 'login', { enumerable: true, get: () => 'sa' });
    for (const odd of [
      new Map(),
      new Date(),
      { login: 10n },
      { login: Number.NaN },
      getter,
      { login: undefined },
      () => 1,
    ]) {
      const answer = await server.handle('rotation.rotate.plan', odd, null);
      expect(answer.ok ? 'ok' : answer.error.code).toBe('bad-request');
    }
  });
});

describe.each(Object.keys(pushes) as PushName[])('The push %s', (name) => {
  it('leaves main when it fits, and only then', () => {
    const { server, logged } = serverWith();
    for (const value of fittingSamples(pushes[name])) {
      expect(server.outgoing(name, value as Pushes[PushName] as never)).toEqual(value);
      for (const spoiled of misfitsOf(value)) {
        expect(server.outgoing(name, spoiled.value as never), spoiled.what).toBeUndefined();
      }
    }
    expect(logged.length).toBeGreaterThan(0);
  });
});
