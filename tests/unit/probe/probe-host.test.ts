import { describe, expect, it } from 'vitest';
import { probeHost } from '#electron/probe/probe-host.ts';
import { worstOf } from '#electron/probe/sighting.ts';
import { makeCertificate } from '../connecting/certificates.ts';
import { rawServer, tdsServer } from '../connecting/servers.ts';
import { browserAnswer, closedPort, datagrams, patience, seenAt, sightings } from './sockets.ts';

const nothing = { version: null };

describe('The probe of a TCP port', () => {
  it.each(['127.0.0.1', '::1'])('knows SQL Server and its version at %s, before any login', async (host) => {
    const server = await tdsServer(await makeCertificate({}), { host });
    expect(await seenAt(server.port, 'tcp', host)).toEqual({ saw: 'answered', version: '16.0.4165' });
    expect(server.logins()).toBe(0);
  });

  it('knows SQL Server whose greeting comes in pieces', async () => {
    const greeting = Buffer.from(
      '0401002c00000100' +
        '00001a0006' +
        '0100200001' +
        '0200210001' +
        '0300220000' +
        '0400220001' +
        'ff' +
        '0f0007d10000' +
        '01' +
        '00' +
        '00' +
        '0000',
      'hex',
    );
    const { port } = await rawServer((socket) => {
      socket.write(greeting.subarray(0, 3));
      setTimeout(() => socket.write(greeting.subarray(3, 20)), 20);
      setTimeout(() => socket.write(greeting.subarray(20)), 40);
    });
    expect(await seenAt(port)).toEqual({ saw: 'answered', version: '15.0.2001' });
  });

  it.each([
    ['says nothing', () => undefined],
    ['hangs up at once', (socket: { end: () => void }) => socket.end()],
    ['resets', (socket: { resetAndDestroy: () => void }) => socket.resetAndDestroy()],
    ['speaks HTTP', (socket: { write: (text: string) => void }) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['stops inside its greeting', (socket: { write: (bytes: Buffer) => void }) => socket.write(Buffer.from([4, 1, 0]))],
    [
      'greets with nonsense',
      (socket: { write: (bytes: Buffer) => void }) => socket.write(Buffer.from('0401000a0000010000ff', 'hex')),
    ],
  ] as const)('calls a port open whose owner %s', async (_what, serve) => {
    const { port } = await rawServer(serve);
    expect(await seenAt(port)).toEqual({ saw: 'open', ...nothing });
  });

  it('calls a port refused where nobody listens', async () => {
    expect(await seenAt(await closedPort())).toEqual({ saw: 'refused', ...nothing });
  });

  it('says of an address that it has no way to that it was not tried', async () => {
    // A multicast address takes no connections: the system refuses before a packet is sent.
    expect(await seenAt(1433, 'tcp', '224.0.0.1')).toEqual({ saw: 'untried', why: 'no-route' });
  });
});

describe('The probe of a UDP port', () => {
  const list = 'ServerName;A;InstanceName;NET2;IsClustered;No;Version;16.0.1000.6;tcp;1433;;';

  it.each(['127.0.0.1', '::1'])('knows the SQL Server Browser at %s, asked for all instances', async (host) => {
    const questions: string[] = [];
    const port = await datagrams((question, send) => {
      questions.push(question.toString('hex'));
      send(browserAnswer(list));
    }, host);
    expect(await seenAt(port, 'udp', host)).toEqual({ saw: 'answered', ...nothing });
    expect(questions).toEqual(['03']);
  });

  it('asks again where the first datagrams were lost', async () => {
    let asked = 0;
    const port = await datagrams((_question, send) => {
      asked += 1;
      if (asked === 3) send(browserAnswer(list));
    });
    expect(await seenAt(port, 'udp')).toEqual({ saw: 'answered', ...nothing });
  });

  it('calls a port open that answers something else', async () => {
    const port = await datagrams((_question, send) => send(Buffer.from('pong')));
    expect(await seenAt(port, 'udp')).toEqual({ saw: 'open', ...nothing });
  });

  it('calls a port filtered that is silent, and refused where nobody listens', async () => {
    const silent = await datagrams(() => undefined);
    expect(await seenAt(silent, 'udp')).toEqual({ saw: 'filtered', ...nothing });
    expect(await seenAt(await closedPort(), 'udp')).toEqual({ saw: 'refused', ...nothing });
  });
});

describe('The probe of a machine', () => {
  it('tries every address of a name, and counts the most that any of them let through', async () => {
    const server = await tdsServer(await makeCertificate({}), { host: '::1' });
    const seen = await sightings({
      hosts: ['acs'],
      ports: [{ protocol: 'tcp', port: server.port }],
      lookup: async () => await Promise.resolve(['127.0.0.1', '::1', '127.0.0.1']),
    });
    expect(seen.map(({ address, saw }) => [address, saw])).toEqual([
      ['127.0.0.1', 'refused'],
      ['::1', 'answered'],
    ]);
    expect(worstOf(seen)).toEqual([{ protocol: 'tcp', port: server.port, saw: 'answered', version: '16.0.4165' }]);
  });

  it('counts nothing as closed that it could not try', () => {
    const at = { protocol: 'tcp', port: 1433 } as const;
    expect(worstOf([{ ...at, address: '2001:db8::5', saw: 'untried', why: 'no-route' }])).toEqual([]);
  });

  it.each([
    [async () => await Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })), 'ENOTFOUND'],
    [async () => await Promise.resolve([]), 'an empty answer'],
    [async () => await new Promise<never>(() => undefined), 'no answer within 0.05 seconds'],
  ])('says that a name is not known (%#)', async (lookup, why) => {
    const question = { hosts: ['acs'], ports: [{ protocol: 'tcp', port: 1433 }], nonce: null, lookup } as const;
    expect(await probeHost({ ...question, patience: { ...patience, lookup: 50 } })).toEqual({
      ok: false,
      error: expect.objectContaining({
        code: 'probe-failed',
        sentence: `The probe from the other machine could not run: the name service knows no address of "acs" (${why}).`,
      }),
    });
  });

  it('tries five hundred ports and leaves none out', async () => {
    const ports = Array.from({ length: 500 }, (_, index) => ({ protocol: 'tcp', port: 20_000 + index }) as const);
    const seen = await sightings({ ports });
    expect(seen.map(({ port }) => port)).toEqual(ports.map(({ port }) => port));
    expect(seen.every(({ saw }) => saw !== 'untried')).toBe(true);
  });
});
