import sql from 'mssql';
import { describe, expect, it } from 'vitest';
import { column, echo, resultSet, sqlError, type FakeCall } from './fake-backend.ts';
import { startServer } from './test-server.ts';

describe('a batch', () => {
  it('answers several result sets and the rows that its statements touched', async () => {
    const { backend, connect } = await startServer();
    backend.answers.set('TWO SETS', function* () {
      yield* resultSet([column('x', { name: 'int' }, false)], [[1]]);
      yield { kind: 'done', rowCount: 3 };
      yield* resultSet(
        [column('y', { name: 'int' }), column('z', { name: 'nvarchar', length: 10 })],
        [
          [2, 'two'],
          [3, null],
        ],
      );
      yield { kind: 'done', rowCount: undefined };
    });
    const pool = await connect();
    for (const ask of ['query', 'batch'] as const) {
      const result = await pool.request()[ask]('TWO SETS');
      expect(result.recordsets).toEqual([
        [{ x: 1 }],
        [
          { y: 2, z: 'two' },
          { y: 3, z: null },
        ],
      ]);
      expect(result.rowsAffected).toEqual([1, 3, 2]);
    }
  });

  it('tells messages beside its results', async () => {
    const { backend, connect } = await startServer();
    backend.answers.set('NOTE', function* () {
      yield { kind: 'message', message: sqlError(0, 'first', { severity: 0, line: 3 }) };
      yield* resultSet([column('x', { name: 'int' })], [[1]]);
      yield { kind: 'message', message: sqlError(50_000, 'last', { severity: 10, state: 2, procedure: 'guard' }) };
    });
    const pool = await connect();
    const request = pool.request();
    const notes: unknown[] = [];
    request.on('info', ({ message, number, state, class: severity, lineNumber, procName }) =>
      notes.push({ message, number, state, severity, lineNumber, procName }),
    );
    const { recordset } = await request.query('NOTE');
    expect(recordset).toEqual([{ x: 1 }]);
    expect(notes).toEqual([
      { message: 'first', number: 0, state: 1, severity: 0, lineNumber: 3, procName: '' },
      { message: 'last', number: 50_000, state: 2, severity: 10, lineNumber: 1, procName: 'guard' },
    ]);
  });

  it('tells an error with its number, severity, state, procedure and line', async () => {
    const { backend, connect } = await startServer();
    backend.answers.set('FAIL', function* () {
      yield {
        kind: 'message',
        message: sqlError(51_003, 'The register is locked.', {
          severity: 16,
          state: 7,
          procedure: 'mortise.guard',
          line: 42,
        }),
      };
    });
    const pool = await connect();
    await expect(pool.request().query('FAIL')).rejects.toMatchObject({
      code: 'EREQUEST',
      message: 'The register is locked.',
      number: 51_003,
      class: 16,
      state: 7,
      procName: 'mortise.guard',
      lineNumber: 42,
      serverName: 'TRAINING',
    });
  });

  it('keeps what came before an error, and the connection after it', async () => {
    const { backend, connect } = await startServer();
    backend.answers.set('HALF', function* () {
      yield* resultSet([column('x', { name: 'int' })], [[1]]);
      yield { kind: 'message', message: sqlError(547, 'first') };
      yield { kind: 'message', message: sqlError(3621, 'The statement has been terminated.', { severity: 0 }) };
      yield { kind: 'message', message: sqlError(3609, 'second') };
    });
    const pool = await connect();
    const failure: unknown = await pool
      .request()
      .query('HALF')
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ number: 3609, precedingErrors: [{ number: 547 }] });
    await expect(pool.request().query('SELECT 1;')).resolves.toMatchObject({ rowsAffected: [1] });
    expect(backend.sessions.size).toBe(1);
  });

  it('tells of a changed database', async () => {
    const { backend, connect } = await startServer();
    backend.answers.set('USE Acs', function* () {
      yield { kind: 'database', name: 'Acs' };
      yield { kind: 'done', rowCount: undefined };
    });
    const pool = await connect({ database: 'master' });
    const request = pool.request();
    const notes: string[] = [];
    request.on('info', ({ message }) => notes.push(message));
    await request.batch('USE Acs');
    expect(notes).toEqual(["Changed database context to 'Acs'."]);
  });

  it('that ends with a fault of the backend is told why, and its connection closed', async () => {
    const { backend, connect } = await startServer();
    backend.answers.set('DEFECT', function* () {
      yield { kind: 'rows', columns: [column('x', { name: 'int' })], rows: [[1], ['no number']] };
    });
    const pool = await connect();
    await expect(pool.request().query('DEFECT')).rejects.toMatchObject({
      message: 'The training site failed inside: a column promised a number and the row holds a string',
    });
    await expect.poll(() => backend.sessions.size).toBe(0);
  });
});

describe('a large result', () => {
  const rowCount = 200_000;
  function* manyRows(onRow: (index: number) => void): Generator<readonly [number, string], void> {
    for (let index = 0; index < rowCount; index += 1) {
      onRow(index);
      yield [index, `controller ${index} ✓`];
    }
  }
  const columns = [column('n', { name: 'int' }, false), column('t', { name: 'nvarchar', length: 60 })];

  it('arrives row by row, in packets of the size that the client asked for', async () => {
    const { backend, connect } = await startServer();
    backend.answers.set('MANY', function* () {
      yield { kind: 'rows', columns, rows: manyRows(() => undefined) };
      yield { kind: 'done', rowCount };
    });
    const pool = await connect({ packetSize: 16_384 });
    const { recordset, rowsAffected } = await pool.request().query('MANY');
    expect(rowsAffected).toEqual([rowCount]);
    expect(recordset.every((row, index) => row.n === index && row.t === `controller ${index} ✓`)).toBe(true);
  });

  it('waits for a client that does not read on', async () => {
    const { backend, connect } = await startServer();
    let produced = 0;
    backend.answers.set('MANY', function* () {
      yield { kind: 'rows', columns, rows: manyRows((index) => (produced = index)) };
      yield { kind: 'done', rowCount };
    });
    const pool = await connect();
    const request = pool.request();
    request.stream = true;
    let received = 0;
    const finished = new Promise<void>((resolve, reject) => {
      request.on('error', reject);
      request.on('done', () => resolve());
    });
    const paused = new Promise<void>((resolve) => {
      request.on('row', () => {
        received += 1;
        if (received === 10) {
          request.pause();
          resolve();
        }
      });
    });
    void request.query('MANY');
    await paused;
    let before = -1;
    // The buffers on the way fill up; then the backend is asked for no more rows.
    await expect
      .poll(
        () => {
          const still = produced === before;
          before = produced;
          return still;
        },
        { interval: 200, timeout: 10_000 },
      )
      .toBe(true);
    expect(produced).toBeLessThan(rowCount - 1);
    request.resume();
    await finished;
    expect(received).toBe(rowCount);
  });
});

describe('a prepared statement', () => {
  it('is prepared once, executed with different values, and forgotten', async () => {
    const { backend, connect } = await startServer();
    const seen: FakeCall['parameters'][] = [];
    backend.answers.set('SELECT @id AS id', (call) => {
      seen.push(call.parameters);
      return echo(call);
    });
    const pool = await connect();
    const statement = new sql.PreparedStatement(pool);
    statement.input('id', sql.Int);
    await statement.prepare('SELECT @id AS id');
    expect(seen).toEqual([]);
    expect((await statement.execute({ id: 1 })).recordset).toEqual([{ id: 1 }]);
    expect((await statement.execute({ id: null })).recordset).toEqual([{ id: null }]);
    await statement.unprepare();
    expect(seen.map(([parameter]) => parameter?.value)).toEqual([1, null]);
  });
});

describe('a procedure call', () => {
  it('reaches the backend by name and answers its status, outputs and result sets', async () => {
    const { backend, connect } = await startServer();
    backend.procedures.set('mortise.count', function* ({ parameters }) {
      yield* resultSet([column('given', { name: 'int' })], [[parameters[0]?.value ?? null]]);
      yield { kind: 'output', name: 'total', type: { name: 'int' }, value: 24 };
      yield { kind: 'output', name: '@label', type: { name: 'nvarchar', length: 20 }, value: 'Türen' };
      yield { kind: 'return-status', value: 3 };
    });
    const pool = await connect();
    const result = await pool
      .request()
      .input('site', sql.Int, 7)
      .output('total', sql.Int)
      .output('label', sql.NVarChar(20))
      .execute('mortise.count');
    expect(result.recordset).toEqual([{ given: 7 }]);
    expect(result.output).toEqual({ total: 24, label: 'Türen' });
    expect(result.returnValue).toBe(3);
  });

  it('that fails is told as an error', async () => {
    const { connect } = await startServer();
    const pool = await connect();
    await expect(pool.request().execute('nowhere')).rejects.toMatchObject({ number: 2812 });
  });

  it('of a server cursor is refused by name', async () => {
    const { connect } = await startServer();
    const pool = await connect();
    await expect(pool.request().execute('sp_cursoropen')).rejects.toMatchObject({
      number: 50_001,
      message: 'The training site does not know the procedure sp_cursoropen.',
    });
  });

  it('with output parameters in a text answers their values', async () => {
    const { backend, connect } = await startServer();
    backend.answers.set('SET @n = 5', function* ({ parameters }) {
      expect(parameters).toMatchObject([{ name: '@n', output: true }]);
      yield { kind: 'done', rowCount: undefined };
      yield { kind: 'output', name: '@n', type: { name: 'int' }, value: 5 };
    });
    const pool = await connect();
    const { output } = await pool.request().output('n', sql.Int).query('SET @n = 5');
    expect(output).toEqual({ n: 5 });
  });
});
