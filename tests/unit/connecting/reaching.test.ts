import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect as connectSocket, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ErrorCode } from '#shared/errors.ts';
import { connectAs, tcp } from './attempts.ts';
import { makeCertificate } from './certificates.ts';
import type { MadeCertificate } from './certificates.ts';
import { greetingServer, rawServer, serverContext, tdsServer } from './servers.ts';
import type { Ending } from './servers.ts';

let certificate: MadeCertificate;
let trust: { readonly kind: 'ca'; readonly certificate: string };
beforeAll(async () => {
  const ca = await makeCertificate({ isCa: true, commonName: 'Site CA' });
  certificate = await makeCertificate({ issuer: ca });
  trust = { kind: 'ca', certificate: ca.cert };
});

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const holding = `const s = require('net').createServer(); s.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(s.address().port));`;

/** A port that takes no connection and refuses none: a stopped process whose queue is full, to which packets are lost. */
async function blackHole(): Promise<number> {
  const child = spawn(process.execPath, ['-e', holding], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(line.toString());
  child.kill('SIGSTOP');
  const waiting = Array.from({ length: 4 }, () => connectSocket(port, '127.0.0.1').on('error', () => undefined));
  onTestFinished(() => {
    for (const socket of waiting) socket.destroy();
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  return port;
}

const unknownName = async () => {
  await Promise.resolve();
  throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
};

const silentName = async () => await new Promise<never>(() => undefined);

const twoAddresses = async () => await Promise.resolve(['127.0.0.3', '127.0.0.1']);

describe('The way to a server', () => {
  it('ends at a name that nobody knows', async () => {
    expect(await connectAs(tcp(1433), { host: 'nosuch.example', surroundings: { lookup: unknownName } })).toMatchObject(
      {
        code: 'name-not-found',
        sentence: 'Nobody knows the name nosuch.example: no name server has an address for it.',
      },
    );
  });

  it('ends at a name server that is silent', async () => {
    expect(await connectAs(tcp(1433), { host: 'db', surroundings: { lookup: silentName } })).toMatchObject({
      code: 'name-not-found',
      sentence: expect.stringContaining('no name server answered'),
    });
  });

  it('ends at a port on which nothing listens', async () => {
    expect((await connectAs(tcp(await closedPort()), { trust }))?.code).toBe('port-closed');
  });

  it('ends where packets are lost', async () => {
    expect((await connectAs(tcp(await blackHole()), { trust }))?.code).toBe('host-silent');
  });

  it('goes on to the next address of a name', async () => {
    const server = await tdsServer(certificate, { host: '127.0.0.1' });
    expect(await connectAs(tcp(server.port), { trust, surroundings: { lookup: twoAddresses } })).toBeUndefined();
  });

  it('leads through a pipe', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mortise-pipe-'));
    onTestFinished(async () => await rm(folder, { recursive: true }));
    const { port } = await tdsServer(certificate);
    const path = join(folder, 'sql');
    await rawServer(
      (client) => {
        const server = connectSocket(port, '127.0.0.1');
        server.on('error', () => undefined);
        client.pipe(server).pipe(client);
        client.on('close', () => server.destroy());
      },
      { path },
    );
    expect(await connectAs({ kind: 'pipe', pipe: path }, { trust })).toBeUndefined();
    expect((await connectAs({ kind: 'pipe', pipe: join(folder, 'none') }, { trust }))?.code).toBe('pipe-not-found');
  });
});

describe('A server that ends the conversation', () => {
  const endings: readonly (readonly [Ending, ErrorCode, string])[] = [
    ['after-prelogin', 'connection-dropped', 'in the TLS handshake'],
    ['inside-tls', 'connection-dropped', 'in the TLS handshake'],
    ['after-tls', 'connection-dropped', 'during the login'],
    ['silent-after-prelogin', 'server-silent', 'in the TLS handshake'],
    ['silent-after-tls', 'server-silent', 'during the login'],
  ];
  it.each(endings)('%s: %s', async (ending, code, when) => {
    const server = await greetingServer(serverContext(certificate), ending);
    const failure = await connectAs(tcp(server.port), { trust });
    expect(failure).toMatchObject({ code, sentence: expect.stringContaining(when) });
  });

  it('before it said anything', async () => {
    const server = await rawServer((socket) => socket.once('data', () => socket.destroy()));
    expect(await connectAs(tcp(server.port), { trust })).toMatchObject({
      code: 'connection-dropped',
      sentence: expect.stringContaining('before it said anything'),
    });
  });

  it('by accepting it and saying nothing', async () => {
    const server = await rawServer(() => undefined);
    expect(await connectAs(tcp(server.port), { trust })).toMatchObject({
      code: 'server-silent',
      sentence: expect.stringContaining('it never greeted'),
    });
  });
});

const garbage: readonly (readonly [string, string, (socket: Socket) => void])[] = [
  ['a web server', 'HTTP', (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))],
  ['an SSH server', 'SSH', (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')],
  ['a mail server', 'mail', (socket) => socket.write('220 mail.example.com ESMTP\r\n')],
  [
    'one that wants TLS at once',
    'TLS',
    (socket) => socket.once('data', () => socket.end(Buffer.from('15030100020228', 'hex'))),
  ],
  ['one that sends at random', 'TDS', (socket) => socket.write(Buffer.concat([Buffer.from([0x99]), randomBytes(500)]))],
  [
    'one that begins as TDS does and makes no sense',
    'makes no sense',
    (socket) => socket.once('data', () => socket.write(Buffer.from('0401001000000100ffffffffffffffff', 'hex'))),
  ],
  [
    'one with a packet of no size',
    'TDS',
    (socket) => socket.once('data', () => socket.write(Buffer.from('0401000000000100', 'hex'))),
  ],
  [
    'one that sends without end',
    'without end',
    (socket) => {
      const packet = Buffer.alloc(4096);
      packet.write('04000fff00000100'.replace('0fff', '1000'), 'hex');
      const flood = () => {
        while (!socket.destroyed && socket.write(packet));
      };
      socket.on('drain', flood);
      socket.once('data', flood);
    },
  ],
];

describe('What answers and is not SQL Server', () => {
  it.each(garbage)('is named: %s', async (_what, word, serve) => {
    const server = await rawServer(serve);
    const failure = await connectAs(tcp(server.port), { trust });
    expect(failure).toMatchObject({ code: 'not-sql-server', sentence: expect.stringContaining(word) });
    // The greeting, and no login: a LOGIN7 would have some hundred bytes more.
    expect(server.received()).toBeLessThan(200);
  });
});

describe('SQL Server that does not let anybody in', () => {
  const refusals: readonly (readonly [number, ErrorCode])[] = [
    [18_456, 'login-refused'],
    [18_452, 'login-not-taken'],
    [18_470, 'login-disabled'],
    [18_486, 'login-locked'],
    [18_487, 'password-expired'],
    [18_488, 'password-must-change'],
    [18_461, 'server-single-user'],
    [4060, 'database-unavailable'],
    [17_142, 'server-paused'],
    [17_187, 'server-starting'],
    [17_809, 'server-full'],
    [12_345, 'server-refused'],
  ];
  it.each(refusals)('says so by error %i: %s, after one attempt', async (number, code) => {
    const server = await tdsServer(certificate, { refusing: number });
    const failure = await connectAs(tcp(server.port), { trust });
    expect(failure?.code).toBe(code);
    expect(JSON.stringify(failure)).not.toContain('password=x');
    expect(server.logins()).toBe(1);
  });

  it('tells of a number that nobody knows', async () => {
    const server = await tdsServer(certificate, { refusing: 12_345 });
    expect((await connectAs(tcp(server.port), { trust }))?.sentence).toContain('12345');
  });

  it('counts a wrong password once', async () => {
    const server = await tdsServer(certificate);
    const failure = await connectAs(tcp(server.port), { trust, password: 'Wrong-Horse-2' });
    expect(failure?.code).toBe('login-refused');
    expect(JSON.stringify(failure)).not.toContain('Wrong-Horse');
    expect(server.logins()).toBe(1);
  });
});
