import { describe, expect, it } from 'vitest';
import { fromDateTimeTicks, fromScaledUnits, toDateTimeTicks, toScaledUnits } from '#electron/training/tds/calendar.ts';
import { column, echo, resultSet, waitLong } from './fake-backend.ts';
import { batch, login7, packet, prelogin, RawClient, request } from './raw-client.ts';
import { startServer } from './test-server.ts';

const attention = packet(0x06, 1, Buffer.alloc(0));

/** The status bits of a DONE at the very end of a message, and which DONE it is. */
function lastDone(body: Buffer): { token: number; status: number } {
  const at = body.length - 13;
  return { token: body.readUInt8(at), status: body.readUInt16LE(at + 1) };
}

/** DONE tokens hold no length, so they are looked for by what this server writes: the command is 0 or SELECT. */
function doneStatuses(body: Buffer, token: number): readonly number[] {
  const statuses: number[] = [];
  for (let at = 0; at + 13 <= body.length; at += 1) {
    const command = body.readUInt16LE(at + 3);
    if (body[at] === token && (command === 0 || command === 0xc1) && body.readUInt32LE(at + 9) === 0) {
      statuses.push(body.readUInt16LE(at + 1));
    }
  }
  return statuses;
}

function text(value: string): Buffer {
  const characters = Buffer.from(value, 'utf16le');
  const length = Buffer.alloc(2);
  length.writeUInt16LE(characters.length);
  return Buffer.concat([Buffer.from([0xe7, 0x40, 0x1f, 9, 4, 0xd0, 0, 0x34]), length, characters]);
}

function parameter(name: string, status: number, typeAndValue: Buffer): Buffer {
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name, 'utf16le'), Buffer.from([status]), typeAndValue]);
}

const int = (value: number): Buffer => Buffer.from([0x26, 4, 4, value, 0, 0, 0]);
const nullInt = Buffer.from([0x26, 4, 0]);
const call = (procedure: number, ...parameters: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xff, procedure, 0, 0, 0]), ...parameters]);

const add = (value: number): Buffer =>
  call(
    10,
    parameter('', 0, text('ADD')),
    parameter('', 0, text('@first int,@second nvarchar(10)')),
    parameter('', 0, int(value)),
    parameter('@other', 0, text('x')),
  );

describe('the tokens of a response', () => {
  it('say of each DONE but the last that more follows, and of a SELECT that it is one', async () => {
    const { backend, port } = await startServer('off');
    backend.answers.set('TWO', function* () {
      yield* resultSet([column('n', { name: 'int' }, false)], [[1]]);
      yield { kind: 'done', rowCount: 5 };
    });
    const client = await RawClient.logIn(port);
    client.send(batch('TWO'));
    const { body } = await client.message();
    expect(doneStatuses(body, 0xfd)).toEqual([0x11, 0x10]);
    expect(body.includes(Buffer.from([0xfd, 0x11, 0, 0xc1, 0, 1, 0, 0, 0, 0, 0, 0, 0]))).toBe(true);
    expect(body.subarray(-13)).toEqual(Buffer.from([0xfd, 0x10, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0]));
  });

  it('are cut into packets of the size that the client asked for', async () => {
    const { backend, port } = await startServer('off');
    backend.answers.set('LONG', () =>
      resultSet([column('t', { name: 'varchar', length: 'max' })], [['x'.repeat(200_000)]]),
    );
    const client = await RawClient.logIn(port, 1000);
    client.send(batch('LONG'));
    const { packets } = await client.message();
    expect(packets.slice(0, -1).every((length) => length === 1000)).toBe(true);
    expect(packets.length).toBeGreaterThan(200);
  });

  it('end a cancelled request with a message of its own, and acknowledge the cancel in the next', async () => {
    const { backend, port } = await startServer('off');
    backend.answers.set('WAIT', waitLong);
    const client = await RawClient.logIn(port);
    client.send(batch('WAIT'), attention);
    expect(lastDone((await client.message()).body)).toEqual({ token: 0xfd, status: 0x02 });
    const acknowledgement = await client.message();
    expect(acknowledgement.body).toHaveLength(13);
    expect(lastDone(acknowledgement.body)).toEqual({ token: 0xfd, status: 0x20 });
    client.send(batch('SELECT 1;'));
    expect(lastDone((await client.message()).body)).toEqual({ token: 0xfd, status: 0x10 });
  });

  it('acknowledge a cancel that came after the response', async () => {
    const { port } = await startServer('off');
    const client = await RawClient.logIn(port);
    client.send(batch('SELECT 1;'));
    await client.message();
    client.send(attention);
    expect(lastDone((await client.message()).body)).toEqual({ token: 0xfd, status: 0x20 });
  });

  it('refuse a message that the client gave up while sending, without carrying it out', async () => {
    const { backend, port } = await startServer('off');
    let executed = 0;
    backend.answers.set('COUNT', function* () {
      executed += 1;
      yield { kind: 'done', rowCount: undefined };
    });
    const client = await RawClient.logIn(port);
    client.send(batch('COUNT', 0n, 0x03));
    expect(lastDone((await client.message()).body)).toEqual({ token: 0xfd, status: 0x02 });
    client.send(batch('COUNT'));
    await client.message();
    expect(executed).toBe(1);
  });

  it('acknowledge a reset in the response of the request that carried it', async () => {
    const { port } = await startServer('off');
    const client = await RawClient.logIn(port);
    const acknowledgement = Buffer.from([0xe3, 3, 0, 18, 0, 0]);
    client.send(batch('SELECT 1;', 0n, 0x09));
    expect((await client.message()).body.subarray(0, 6)).toEqual(acknowledgement);
    client.send(batch('SELECT 1;'));
    expect((await client.message()).body.includes(acknowledgement)).toBe(false);
  });
});

describe('a request', () => {
  it('with the descriptor of another transaction is not carried out', async () => {
    const { backend, port } = await startServer('off');
    let executed = false;
    backend.answers.set('NOW', function* () {
      executed = true;
      yield { kind: 'done', rowCount: undefined };
    });
    const client = await RawClient.logIn(port);
    client.send(batch('NOW', 77n));
    const { body } = await client.message();
    expect(body[0]).toBe(0xaa);
    expect(body.readInt32LE(3)).toBe(3989);
    expect(executed).toBe(false);
  });

  it('may call several procedures, and give values to parameters by position', async () => {
    const { backend, port } = await startServer('off');
    const seen: unknown[] = [];
    backend.answers.set('ADD', (progress) => {
      seen.push(progress.parameters.map(({ name, value }) => [name, value]));
      return echo(progress);
    });
    const client = await RawClient.logIn(port);
    client.send(packet(3, 1, request(Buffer.concat([add(1), Buffer.from([0xff]), add(2)]))));
    const { body } = await client.message();
    expect(seen).toEqual([
      [
        ['@first', 1],
        ['@other', 'x'],
      ],
      [
        ['@first', 2],
        ['@other', 'x'],
      ],
    ]);
    expect(doneStatuses(body, 0xfe)).toEqual([0x01, 0x00]);
  });

  it('that prepares and executes at once answers its handle before any other value', async () => {
    const { backend, port } = await startServer('off');
    backend.answers.set('SET @n = 5', function* () {
      yield { kind: 'output', name: '@n', type: { name: 'int' }, value: 5 };
    });
    const client = await RawClient.logIn(port);
    client.send(
      packet(
        3,
        1,
        request(
          call(
            13,
            parameter('', 1, nullInt),
            parameter('', 0, text('@n int OUTPUT')),
            parameter('', 0, text('SET @n = 5')),
            parameter('@n', 1, nullInt),
          ),
        ),
      ),
    );
    const { body } = await client.message();
    const handle = body.indexOf(Buffer.from([0xac, 0, 0, 0, 1]));
    const value = body.indexOf(Buffer.concat([Buffer.from([0xac, 3, 0, 2]), Buffer.from('@n', 'utf16le')]));
    expect(handle).toBeGreaterThan(0);
    expect(value).toBeGreaterThan(handle);
    client.send(packet(3, 1, request(call(12, parameter('', 0, int(1)), parameter('', 1, nullInt)))));
    expect(doneStatuses((await client.message()).body, 0xfe)).toEqual([0x00]);
    client.send(packet(3, 1, request(call(15, parameter('', 0, int(9))))));
    expect((await client.message()).body.readInt32LE(3)).toBe(8179);
  });

  it('in clear is refused where encryption is required, although the client could read that it is', async () => {
    const { backend, port } = await startServer('required');
    const client = new RawClient(port);
    client.send(prelogin);
    const answer = await client.message();
    expect(answer.body.at(-3)).toBe(3);
    client.send(packet(0x10, 1, login7(4096)));
    await client.closed();
    expect(backend.logins).toEqual([]);
  });

  for (const [name, bytes] of [
    ['headers that are longer than it', packet(1, 1, Buffer.from([200, 0, 0, 0]))],
    ['a parameter that ends too soon', packet(3, 1, request(Buffer.from([0xff, 0xff, 10, 0, 0, 0, 0, 0, 0xe7])))],
    ['an unknown type of message', packet(7, 1, Buffer.alloc(0))],
  ] as const) {
    it(`with ${name} ends its connection and no other`, async () => {
      const { port } = await startServer('off');
      const [broken, other] = [await RawClient.logIn(port), await RawClient.logIn(port)];
      broken.send(bytes);
      await broken.closed();
      other.send(batch('SELECT 1;'));
      expect(lastDone((await other.message()).body).status).toBe(0x10);
    });
  }
});

describe('SQL Server’s clocks', () => {
  it('count the last instant of a day as the next day, not as a 25th hour', () => {
    const last = new Date('2026-12-31T23:59:59.999Z');
    const ticks = toDateTimeTicks(last);
    expect(ticks.units).toBe(0);
    expect(fromDateTimeTicks(ticks)).toEqual(new Date('2027-01-01T00:00:00Z'));
    expect(toScaledUnits(last, 0).units).toBe(0);
  });

  it('keep whole milliseconds whole at every scale that has them', () => {
    for (const scale of [3, 4, 5, 6, 7]) {
      for (let ms = 0; ms < 86_400_000; ms += 12_347) {
        const date = new Date(Date.UTC(2026, 10, 21, 0, 0, 0, ms));
        expect(fromScaledUnits(toScaledUnits(date, scale), scale).getTime()).toBe(date.getTime());
      }
    }
  });
});
