import { connect as connectSocket, type Socket } from 'node:net';
import sql from 'mssql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, logIn } from './bare-driver.ts';
import { column, sqlError, waitLong } from './fake-backend.ts';
import { startServer } from './test-server.ts';

const endless = function* (): Generator<readonly [number], void> {
  for (let index = 0; ; index += 1) {
    yield [index];
  }
};

describe('a request that is cancelled', () => {
  it('ends at once, and its connection is usable', async () => {
    const { backend, connect } = await startServer();
    let stopped = false;
    backend.answers.set('WAIT', async function* (call) {
      try {
        yield* waitLong(call);
      } finally {
        stopped = call.signal.aborted;
      }
    });
    const pool = await connect();
    const request = pool.request();
    const waiting = request.query('WAIT');
    await expect.poll(() => backend.sessions.size).toBe(1);
    setTimeout(() => request.cancel(), 50);
    await expect(waiting).rejects.toMatchObject({ code: 'ECANCEL' });
    await expect(pool.request().query('SELECT 1;')).resolves.toMatchObject({ rowsAffected: [1] });
    expect(backend.sessions.size).toBe(1);
    expect(stopped).toBe(true);
  });

  it('in the middle of its rows leaves the connection usable', async () => {
    const { backend, connect } = await startServer();
    let closed = false;
    backend.answers.set('ENDLESS', async function* () {
      try {
        yield { kind: 'rows', columns: [column('n', { name: 'int' }, false)], rows: endless() };
        yield { kind: 'done', rowCount: undefined };
      } finally {
        closed = true;
      }
    });
    const pool = await connect();
    const request = pool.request();
    request.stream = true;
    let rows = 0;
    request.on('row', () => {
      rows += 1;
      if (rows === 1000) {
        request.cancel();
      }
    });
    const failure = await new Promise<unknown>((resolve) => {
      request.on('error', resolve);
      void request.query('ENDLESS');
    });
    expect(failure).toMatchObject({ code: 'ECANCEL' });
    expect(closed).toBe(true);
    await expect(pool.request().query('SELECT 1;')).resolves.toMatchObject({ rowsAffected: [1] });
    expect(backend.sessions.size).toBe(1);
  });

  it('ends although the backend goes on', async () => {
    const { backend, connect } = await startServer();
    let deaf = 0;
    backend.answers.set('DEAF', async function* ({ session }) {
      deaf = session.id;
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        yield { kind: 'done', rowCount: 1 };
      }
    });
    const pool = await connect({ requestTimeout: 100 });
    await expect(pool.request().query('DEAF')).rejects.toMatchObject({ code: 'ETIMEOUT' });
    await expect(pool.request().query('SELECT 1;')).resolves.toMatchObject({ rowsAffected: [1] });
    expect(Array.from(backend.sessions.keys())).toEqual([deaf]);
  });

  it('by the driver’s time limit leaves the connection usable', async () => {
    const { backend, connect } = await startServer();
    backend.answers.set('WAIT', waitLong);
    const pool = await connect({ requestTimeout: 200 });
    await expect(pool.request().query('WAIT')).rejects.toMatchObject({ code: 'ETIMEOUT' });
    await expect(pool.request().query('SELECT 1;')).resolves.toMatchObject({ rowsAffected: [1] });
    expect(backend.sessions.size).toBe(1);
  });
});

describe('a connection that is reset', () => {
  it('rolls back, forgets its state and goes on', async () => {
    const server = await startServer();
    server.backend.answers.set('BEGIN TRAN', function* ({ session }) {
      yield { kind: 'transaction', id: session.begin(2) };
    });
    const connection = await logIn(server);
    const [session] = server.backend.sessions.values();
    await ask(connection, 'BEGIN TRAN');
    await new Promise<void>((resolve, reject) => {
      connection.reset((error) => (error ? reject(error) : resolve()));
    });
    expect(session?.events).toEqual(['begin 2', 'reset']);
    expect(await ask(connection, 'SELECT 1;')).toEqual([1]);
    expect(server.backend.sessions.size).toBe(1);
  });
});

describe('a connection that ends', () => {
  it('in the middle of a request is told why by the backend’s last message', async () => {
    const { backend, connect } = await startServer();
    const killed = sqlError(596, 'Cannot continue the execution because the session is in the kill state.', {
      severity: 21,
    });
    backend.answers.set('WAIT', async function* (call) {
      setTimeout(() => call.session.disconnect(killed), 20);
      yield* waitLong(call);
    });
    const pool = await connect();
    await expect(pool.request().query('WAIT')).rejects.toMatchObject({ number: 596, class: 21 });
    await expect.poll(() => backend.sessions.size).toBe(0);
    await expect(pool.request().query('SELECT 1;')).resolves.toMatchObject({ rowsAffected: [1] });
  });

  it('without a last message is a socket that closes', async () => {
    const { backend, connect } = await startServer();
    let session: { events: readonly string[] } | undefined;
    backend.answers.set('WAIT', async function* (call) {
      session = call.session;
      setTimeout(() => call.session.disconnect(undefined), 20);
      yield* waitLong(call);
    });
    const pool = await connect();
    await expect(pool.request().query('WAIT')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect.poll(() => session?.events).toEqual(['end']);
  });

  it('after an error of severity 20 or more, as SQL Server ends it', async () => {
    const { backend, connect } = await startServer();
    backend.answers.set('FATAL', function* () {
      yield { kind: 'message', message: sqlError(823, 'The disk failed.', { severity: 24 }) };
      yield { kind: 'done', rowCount: 1 };
    });
    const pool = await connect();
    await expect(pool.request().query('FATAL')).rejects.toMatchObject({ number: 823, class: 24 });
    await expect.poll(() => backend.sessions.size).toBe(0);
  });

  it('from the client’s side stops its request and rolls back', async () => {
    const server = await startServer();
    let events: readonly string[] = [];
    let aborted = false;
    server.backend.answers.set('WAIT', async function* (call) {
      events = call.session.events;
      await new Promise<void>((resolve) => {
        call.signal.addEventListener('abort', () => resolve());
        setTimeout(() => client?.destroy(), 10);
      });
      expect(call.session.events).toEqual([]);
      aborted = true;
      yield { kind: 'done', rowCount: undefined };
    });
    let client: Socket | undefined;
    const pool = new sql.ConnectionPool({
      server: '127.0.0.1',
      user: 'engineer',
      password: 'Correct-Horse-1',
      pool: { max: 1, min: 0 },
      options: {
        encrypt: true,
        cryptoCredentialsDetails: { ca: server.certificate.ca },
        connector: async () => {
          client = connectSocket(server.port, '127.0.0.1');
          return client;
        },
      },
    });
    pool.on('error', () => undefined);
    onTestFinished(() => pool.close());
    await pool.connect();
    await expect(pool.request().query('WAIT')).rejects.toMatchObject({ name: 'RequestError' });
    await expect.poll(() => events).toEqual(['end']);
    expect(aborted).toBe(true);
  });
});

describe('the server', () => {
  it('cuts established connections that a firewall rule hits, and leaves the others', async () => {
    const { backend, connect, port, server } = await startServer();
    backend.answers.set('WAIT', waitLong);
    const cut = await connect();
    const kept = await connect({ server: '127.0.0.2' });
    await kept.request().query('SELECT 1;');
    const waiting = cut.request().query('WAIT');
    await expect.poll(() => backend.sessions.size).toBe(2);
    setTimeout(() => expect(server.dropWhere(({ localAddress }) => localAddress === '127.0.0.1')).toBe(1), 50);
    await expect(waiting).rejects.toMatchObject({ code: 'ECONNRESET' });
    const left: unknown[] = [];
    expect(server.dropWhere((connection) => left.push(connection) < 0)).toBe(0);
    expect(left).toMatchObject([
      {
        remoteAddress: '127.0.0.1',
        localAddress: '127.0.0.2',
        localPort: port,
        user: 'engineer',
        programName: 'Mortise',
      },
    ]);
    await expect(kept.request().query('SELECT 1;')).resolves.toMatchObject({ rowsAffected: [1] });
  });

  it('closes the socket of a client that is not admitted before a byte is answered', async () => {
    const { backend, port, connect } = await startServer();
    const asked: unknown[] = [];
    backend.admitted = (remoteAddress, localPort) => {
      asked.push({ remoteAddress, localPort });
      return remoteAddress !== '127.0.0.2';
    };
    const blocked = connectSocket({ host: '127.0.0.1', port, localAddress: '127.0.0.2' });
    const received: Buffer[] = [];
    blocked.on('data', (chunk: Buffer) => received.push(chunk));
    blocked.on('error', () => undefined);
    await new Promise((resolve) => blocked.on('close', resolve));
    expect(received).toEqual([]);
    expect(asked).toEqual([{ remoteAddress: '127.0.0.2', localPort: port }]);
    await expect(connect()).resolves.toBeDefined();
  });

  for (const [name, bytes] of [
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a PRELOGIN without an end', Buffer.from([0x12, 1, 0, 9, 0, 0, 1, 0, 0])],
    ['a login before PRELOGIN', Buffer.from([0x10, 1, 0, 9, 0, 0, 1, 0, 0])],
  ] as const) {
    it(`closes the socket of a client that speaks ${name}, and serves the next`, async () => {
      const { port, connect } = await startServer();
      const socket = connectSocket({ host: '127.0.0.1', port });
      socket.on('error', () => undefined);
      socket.resume();
      socket.write(bytes);
      await new Promise((resolve) => socket.on('close', resolve));
      await expect(connect()).resolves.toBeDefined();
    });
  }

  it('listens on the same port of several addresses and is gone after it closes', async () => {
    const { port, server } = await startServer();
    await server.close();
    for (const host of ['127.0.0.1', '127.0.0.2']) {
      const socket = connectSocket({ host, port });
      const failure = await new Promise((resolve) => socket.on('error', resolve));
      expect(failure).toMatchObject({ code: 'ECONNREFUSED' });
    }
  });
});
