import sql from 'mssql';
import { describe, expect, it } from 'vitest';
import { ask, logIn } from './bare-driver.ts';
import { column, resultSet, sqlError, type FakeBackend } from './fake-backend.ts';
import { startServer } from './test-server.ts';

function answerTransactions(backend: FakeBackend): void {
  backend.answers.set('BEGIN TRAN', function* ({ session }) {
    yield { kind: 'transaction', id: session.begin(2) };
    yield { kind: 'done', rowCount: undefined };
  });
  backend.answers.set('COMMIT', function* ({ session }) {
    session.commit();
    yield { kind: 'transaction', id: 0n, outcome: 'commit' };
    yield { kind: 'done', rowCount: undefined };
  });
  backend.answers.set('ABORT', function* ({ session }) {
    session.rollback(undefined);
    yield { kind: 'transaction', id: 0n, outcome: 'rollback' };
    yield { kind: 'message', message: sqlError(3609, 'The transaction ended in the trigger.') };
  });
  backend.answers.set('ABORT SILENTLY', function* ({ session }) {
    session.rollback(undefined);
    yield { kind: 'message', message: sqlError(1205, 'deadlock', { severity: 13 }) };
  });
  backend.answers.set('IN TRANSACTION', ({ session }) =>
    resultSet([column('open', { name: 'bit' }, false)], [[session.transaction() !== 0n]]),
  );
}

async function call(run: (done: (error?: Error | null) => void) => void): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    run((error) => (error ? reject(error) : resolve()));
  });
}

describe('a transaction', () => {
  for (const end of ['commit', 'rollback'] as const) {
    it(`that the driver begins is open until its ${end}`, async () => {
      const { backend, connect } = await startServer();
      answerTransactions(backend);
      const pool = await connect();
      const transaction = new sql.Transaction(pool);
      await transaction.begin(sql.ISOLATION_LEVEL.SERIALIZABLE);
      const [session] = backend.sessions.values();
      expect((await transaction.request().query('IN TRANSACTION')).recordset).toEqual([{ open: true }]);
      await transaction[end]();
      expect((await pool.request().query('IN TRANSACTION')).recordset).toEqual([{ open: false }]);
      expect(session?.events).toEqual(['begin 4', end]);
    });
  }

  it('that T-SQL begins is carried by the requests after it', async () => {
    const { backend, connect } = await startServer();
    answerTransactions(backend);
    const pool = await connect();
    await pool.request().batch('BEGIN TRAN');
    expect((await pool.request().query('IN TRANSACTION')).recordset).toEqual([{ open: true }]);
    await pool.request().batch('COMMIT');
    expect((await pool.request().query('IN TRANSACTION')).recordset).toEqual([{ open: false }]);
  });

  for (const text of ['ABORT', 'ABORT SILENTLY']) {
    it(`that the server rolls back is told to the driver as aborted (${text.toLowerCase()})`, async () => {
      const { backend, connect } = await startServer();
      answerTransactions(backend);
      const pool = await connect();
      const transaction = new sql.Transaction(pool);
      const aborted = new Promise<boolean>((resolve) => transaction.on('rollback', resolve));
      await transaction.begin();
      await expect(transaction.request().query(text)).rejects.toMatchObject({ code: 'EREQUEST' });
      await expect(aborted).resolves.toBe(true);
      await expect(transaction.commit()).rejects.toMatchObject({ code: 'EABORT' });
      expect((await pool.request().query('IN TRANSACTION')).recordset).toEqual([{ open: false }]);
    });
  }

  it('that T-SQL committed is not told to the driver as aborted', async () => {
    const { backend, connect } = await startServer();
    answerTransactions(backend);
    const pool = await connect();
    const transaction = new sql.Transaction(pool);
    let aborted = false;
    transaction.on('rollback', () => (aborted = true));
    await transaction.begin();
    await transaction.request().batch('COMMIT');
    await expect(transaction.commit()).rejects.toMatchObject({ originalError: { number: 3902 } });
    expect(aborted).toBe(false);
  });

  it('stays open when it is rolled back to a savepoint, and ends when it is rolled back by its own name', async () => {
    const server = await startServer();
    answerTransactions(server.backend);
    const connection = await logIn(server);
    const [session] = server.backend.sessions.values();
    await call((done) => connection.beginTransaction(done, 'outer', 2));
    await call((done) => connection.saveTransaction(done, 'before'));
    await call((done) => connection.rollbackTransaction(done, 'before'));
    expect(await ask(connection, 'IN TRANSACTION')).toEqual([true]);
    await call((done) => connection.rollbackTransaction(done, 'outer'));
    expect(await ask(connection, 'IN TRANSACTION')).toEqual([false]);
    expect(session?.events).toEqual(['begin 2', 'save before', 'rollback to before', 'rollback']);
  });
});
