import { request } from 'node:http';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { PushListener } from '#electron/server/handlers.ts';
import { openPageFiles } from '#electron/server/page/page-files.ts';
import type { PreviewHost } from '#electron/preview/preview-host.ts';
import { startPreviewHost } from '#electron/preview/preview-host.ts';
import { pushes } from '#shared/contract.ts';
import type { Pushes } from '#shared/contract.ts';
import { createFakeHandlers } from './fake-main.ts';
import { fittingSamples } from './samples.ts';

const open: PreviewHost[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((host) => host.close()));
});

async function startHost() {
  const root = mkdtempSync(path.join(tmpdir(), 'mortise-preview-'));
  writeFileSync(path.join(root, 'index.html'), '<html><head></head></html>');
  const subscribers: PushListener[] = [];
  const opened: string[] = [];
  const reached: string[] = [];
  const host = await startPreviewHost({
    composition: {
      handlers: createFakeHandlers(async (channel) => {
        reached.push(channel);
        return { ok: true, value: [] };
      }),
      subscribe: (push) => {
        subscribers.push(push);
        return () => undefined;
      },
    },
    files: openPageFiles(root),
    log: () => undefined,
    onOpened: (address) => opened.push(address),
  });
  open.push(host);
  return { host, opened, reached, push: subscribers[0] };
}

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

function get(
  host: PreviewHost,
  address: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const { pathname, search } = new URL(address, 'http://127.0.0.1');
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: host.port, path: pathname + search, headers, method },
      (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode ?? 0, location: answer.headers.location, headers: answer.headers });
      },
    );
    asked.on('error', reject).end();
  });
}

/** The tab's token, from the redirect that the one-time address answers. */
async function tabToken(host: PreviewHost): Promise<string> {
  const { location = '' } = await get(host, host.address());
  return location.slice(location.indexOf('#') + 1);
}

const ownOrigin = (host: PreviewHost) => `http://127.0.0.1:${host.port}`;

/** Connects, sends these messages, and answers the first message that comes back, or how the socket was ended. */
function talk(host: PreviewHost, origin: string, messages: readonly unknown[], headers: Record<string, string> = {}) {
  return new Promise<unknown>((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/`, { origin, headers });
    socket.on('open', () => {
      for (const message of messages) socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    });
    socket.on('message', (data: Buffer) => {
      resolve(JSON.parse(data.toString('utf8')));
      socket.terminate();
    });
    socket.on('unexpected-response', (_request, response) => resolve(`refused ${response.statusCode}`));
    socket.on('close', (code) => resolve(`closed ${code}`));
    socket.on('error', () => undefined);
  });
}

describe('The address of the preview', () => {
  it('opens one tab once, strips its token by a redirect, and is followed by a new one', async () => {
    const { host, opened } = await startHost();
    const address = host.address();
    const first = await get(host, address);
    expect(first.status).toBe(303);
    expect(first.location).toMatch(/^\/#[\w-]{43}$/);
    expect(first.location).not.toContain(new URL(address).searchParams.get('token'));
    expect((await get(host, address)).status).toBe(403);
    expect(opened).toEqual([host.address()]);
    expect((await get(host, host.address())).status).toBe(303);
  });

  it('answers no other Host, no foreign Origin and no other method', async () => {
    const { host } = await startHost();
    const address = host.address();
    for (const name of [
      `mortise.example:${host.port}`,
      `localhost:${host.port}`,
      '127.0.0.1',
      `127.0.0.1:${host.port}.example`,
    ]) {
      expect((await get(host, address, { Host: name })).status, name).toBe(403);
    }
    expect((await get(host, address, { Origin: 'http://mortise.example' })).status).toBe(403);
    expect((await get(host, address, { Origin: 'null' })).status).toBe(403);
    expect((await get(host, address, {}, 'POST')).status).toBe(405);
    // None of them has used the token up.
    expect((await get(host, address)).status).toBe(303);
  });

  it('lets the page connect to its own socket only, and sends no referrer', async () => {
    const { host } = await startHost();
    const { headers } = await get(host, '/');
    expect(headers['content-security-policy']).toContain(`connect-src ws://127.0.0.1:${host.port};`);
    expect(headers['referrer-policy']).toBe('no-referrer');
  });
});

describe('The socket of the preview', () => {
  it('answers the calls of a tab that brought its token', async () => {
    const { host, reached } = await startHost();
    const token = await tabToken(host);
    const call = { id: 7, channel: 'trail.recent', input: { most: 1 } };
    expect(await talk(host, ownOrigin(host), [{ token }, call])).toEqual({ id: 7, answer: { ok: true, value: [] } });
    expect(reached).toEqual(['trail.recent']);
  });

  it('ends a connection that brings another token, the one-time token, none, or no JSON', async () => {
    const { host, reached } = await startHost();
    const once = new URL(host.address()).searchParams.get('token');
    const token = await tabToken(host);
    const call = { id: 7, channel: 'trail.recent', input: { most: 1 } };
    for (const first of [
      { token: `${token}x` },
      { token: once },
      { token: null },
      { token: [token] },
      {},
      call,
      'no JSON',
      'null',
    ]) {
      expect(await talk(host, ownOrigin(host), [first, call]), JSON.stringify(first)).toBe('closed 1008');
    }
    expect(reached).toEqual([]);
  });

  it('refuses other origins and hosts, token or not', async () => {
    const { host } = await startHost();
    const token = await tabToken(host);
    for (const origin of [
      'http://mortise.example',
      `http://127.0.0.1:${host.port + 1}`,
      `https://127.0.0.1:${host.port}`,
      'null',
    ]) {
      expect(await talk(host, origin, [{ token }]), origin).toBe('refused 403');
    }
    const foreignHost = { Host: `mortise.example:${host.port}` };
    expect(await talk(host, ownOrigin(host), [{ token }], foreignHost)).toBe('refused 403');
  });

  it('pushes to tabs that are known, and to nobody else', async () => {
    const { host, push } = await startHost();
    const token = await tabToken(host);
    const [value] = fittingSamples(pushes.progress) as Pushes['progress'][];
    if (value === undefined || push === undefined) throw new Error('nothing to push');
    const stranger = talk(host, ownOrigin(host), []);
    const known = talk(host, ownOrigin(host), [{ token }, { id: 1, channel: 'trail.recent', input: { most: 1 } }]);
    // The answer shows that the token has been taken; pushes reach a second tab of the same kind.
    await known;
    const waiting = talk(host, ownOrigin(host), [{ token }]);
    const pushing = setInterval(() => push('progress', value), 20);
    expect(await waiting).toEqual({ push: 'progress', value });
    clearInterval(pushing);
    await host.close();
    open.splice(0);
    expect(await stranger).toBe('closed 1006');
  });
});
