import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openControlClient } from '#electron/training/control/control-client.ts';
import { controlMethods, longestRequest } from '#electron/training/control/control.ts';
import type { ControlHandlers } from '#electron/training/control/control.ts';
import { openControlServer } from '#electron/training/control/control-server.ts';
import type { ControlServer } from '#electron/training/control/control-server.ts';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import { until } from './practice-site.ts';

const defects: unknown[] = [];
const refuse = async () => failed(failure('cancelled'));
/** Answers an image, breaks in a reset, never answers a probe, refuses everything else. */
const handlers: ControlHandlers = {
  ...(Object.fromEntries(Object.keys(controlMethods).map((method) => [method, refuse])) as unknown as ControlHandlers),
  image: async () => succeed('é'.repeat(3 * longestRequest)),
  reset: async () => {
    throw new Error('broken inside');
  },
  probe: () => new Promise(() => undefined),
};

let folder: string;
let address: string;
let server: ControlServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-control-'));
  address = join(folder, 'control.sock');
  server = await openControlServer({
    address,
    handlers,
    onAttachedChange: () => undefined,
    onDefect: (_id, defect) => defects.push(defect),
  });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function client() {
  const opened = await openControlClient(address);
  if (opened === undefined) throw new Error('nothing listens');
  return opened;
}
async function raw(): Promise<Socket> {
  const socket = connect(address);
  await once(socket, 'connect');
  return socket;
}

describe('the control channel', () => {
  it.skipIf(process.platform === 'win32')('can be opened by this account only', async () => {
    expect((await stat(address)).mode & 0o777).toBe(0o600);
  });

  it('passes answers of any length, and failures as they are', async () => {
    const mortise = await client();
    const image = await mortise.call('image', {});
    expect(image.ok && image.value.length).toBe(3 * longestRequest);
    expect(await mortise.call('firewall.unblock', {})).toEqual(failed(failure('cancelled')));
    await mortise.close();
  });

  it('answers many questions at once, each to whom it was asked', async () => {
    const mortise = await client();
    const answers = await Promise.all([mortise.call('image', {}), mortise.call('info', {}), mortise.call('image', {})]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, true]);
    await mortise.close();
  });

  it('words a defect without telling what it was, and goes on', async () => {
    const mortise = await client();
    const answer = await mortise.call('reset', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(answer)).not.toContain('broken inside');
    expect(defects).toHaveLength(1);
    expect(await mortise.call('image', {})).toMatchObject({ ok: true });
    await mortise.close();
  });

  it('gives up waiting after the time that it was given', async () => {
    const mortise = await client();
    const answer = await mortise.call('probe', { listeners: [] }, 50);
    expect(answer).toMatchObject({ ok: false, error: { code: 'training-site-stopped' } });
    await mortise.close();
  });

  it('settles what is still open when the other end goes', async () => {
    const mortise = await client();
    const answer = mortise.call('probe', { listeners: [] });
    await until(() => server.attached() === 1);
    await server.close();
    expect(await answer).toMatchObject({ ok: false, error: { code: 'training-site-stopped' } });
    expect(await mortise.lost).toMatchObject({ code: 'training-site-stopped' });
    expect(await mortise.call('image', {})).toMatchObject({ ok: false, error: { code: 'training-site-stopped' } });
  });

  it.each([
    ['something that is no JSON', 'hello'],
    ['an unknown method', '{"id":1,"method":"format-disk","params":{}}'],
    ['a parameter that is not foreseen', '{"id":1,"method":"image","params":{"path":"/etc"}}'],
    ['a parameter of the wrong type', '{"id":1,"method":"services.stop","params":{"name":"AcsService","limit":"1"}}'],
  ])('refuses %s', async (_what, line) => {
    const socket = await raw();
    socket.write(`${line}\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(JSON.parse(answer.toString())).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    socket.destroy();
  });

  it('hangs up on a line that never ends', async () => {
    const socket = await raw();
    socket.on('error', () => undefined);
    const closed = once(socket, 'close');
    socket.write('x'.repeat(longestRequest + 1));
    await closed;
    expect(await openControlClient(address)).toBeDefined();
  });

  it('says that nothing is there where nothing listens', async () => {
    await server.close();
    expect(await openControlClient(address)).toBeUndefined();
  });

  it('replaces the socket of a process that was killed', async () => {
    const again = await openControlServer({
      address,
      handlers,
      onAttachedChange: () => undefined,
      onDefect: () => undefined,
    });
    const mortise = await client();
    expect(again.attached()).toBe(1);
    await mortise.close();
    await again.close();
  });
});
