import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { BackendEvent, SqlType, SqlValue } from '#electron/training/tds/backend.ts';
import { column, echo, resultSet, sqlError, waitLong, type FakeBackend } from '#tests/unit/tds/fake-backend.ts';
import { startServer } from '#tests/unit/tds/test-server.ts';
import { findPeer, withPeer } from './peer.ts';

const project = fileURLToPath(new URL('sqlclient', import.meta.url));

/** Restoring and building take their time on a machine that has never done it, in milliseconds. */
const limit = 400_000;

const moment = new Date('2026-11-21T13:14:15.678Z');

const values: readonly (readonly [SqlType, SqlValue])[] = [
  [{ name: 'bit' }, true],
  [{ name: 'tinyint' }, 200],
  [{ name: 'smallint' }, -5],
  [{ name: 'int' }, -100_000],
  [{ name: 'bigint' }, -9_007_199_254_740_993n],
  [{ name: 'real' }, 0.25],
  [{ name: 'float' }, 1e-300],
  [{ name: 'datetime' }, moment],
  [{ name: 'date' }, moment],
  [{ name: 'datetime2', scale: 3 }, moment],
  [{ name: 'time', scale: 7 }, moment],
  [{ name: 'datetimeoffset', scale: 3 }, moment],
  [{ name: 'uniqueidentifier' }, '6F9619FF-8B86-D011-B42D-00C04FC964FF'],
  [{ name: 'decimal', precision: 10, scale: 3 }, '-1234.500'],
  [{ name: 'char', length: 6 }, 'ab'],
  [{ name: 'varchar', length: 30 }, 'Größe €'],
  [{ name: 'varchar', length: 'max' }, 'x'.repeat(9000)],
  [{ name: 'nchar', length: 4 }, '✓'],
  [{ name: 'nvarchar', length: 30 }, 'Größe \u{1F511}'],
  [{ name: 'nvarchar', length: 'max' }, '✓'.repeat(100_000)],
  [{ name: 'binary', length: 4 }, Uint8Array.of(1, 2)],
  [{ name: 'varbinary', length: 8 }, Uint8Array.of(0xde, 0xad)],
  [{ name: 'varbinary', length: 'max' }, new Uint8Array(50_000).fill(7)],
];

function* oneValue(name: 'int' | 'bit', value: SqlValue): Generator<BackendEvent, void> {
  yield* resultSet([column('', { name }, false)], [[value]]);
}

function* statementDone(): Generator<BackendEvent, void> {
  yield { kind: 'done', rowCount: undefined };
}

function answerValues({ answers }: FakeBackend): void {
  answers.set('SELECT 42', () => oneValue('int', 42));
  answers.set('ECHO', echo);
  const columns = (nullable: boolean) => values.map(([type], index) => column(`c${index}`, type, nullable));
  const row = values.map(([, value]) => value);
  answers.set('SELECT TYPES NULLABLE', () => resultSet(columns(true), [row]));
  answers.set('SELECT TYPES NOT NULL', () => resultSet(columns(false), [row]));
  answers.set('SELECT NULLS', () => resultSet(columns(true), [row.map(() => null)]));
  answers.set('SELECT MANY', () =>
    resultSet(
      [column('n', { name: 'int' }, false), column('t', { name: 'nvarchar', length: 40 })],
      Array.from({ length: 20_000 }, (_, index) => [index, `row ${index}`] as const),
    ),
  );
}

function answerRequests({ answers, procedures }: FakeBackend): void {
  answers.set('TWO SETS', function* () {
    yield* oneValue('int', 1);
    yield { kind: 'done', rowCount: 3 };
    yield* resultSet([column('z', { name: 'nvarchar', length: 10 })], [['two']]);
  });
  answers.set('FAIL', function* () {
    const details = { state: 7, procedure: 'mortise.guard', line: 42 };
    yield { kind: 'message', message: sqlError(51_003, 'The register is locked.', details) };
  });
  answers.set('NOTE', function* () {
    yield { kind: 'message', message: sqlError(0, 'a note', { severity: 0 }) };
    yield* statementDone();
  });
  answers.set('WAIT', waitLong);
  answers.set('CUT', async function* (call) {
    setTimeout(() => {
      call.session.disconnect(undefined);
    }, 20);
    yield* waitLong(call);
  });
  answers.set('KILLED', async function* (call) {
    setTimeout(() => {
      call.session.disconnect(sqlError(596, 'The session is in the kill state.', { severity: 21 }));
    }, 20);
    yield* waitLong(call);
  });
  answers.set('use [tempdb]', function* () {
    yield { kind: 'database', name: 'tempdb' };
    yield* statementDone();
  });
  procedures.set('mortise.count', function* ({ parameters }) {
    yield* oneValue('int', parameters[0]?.value ?? null);
    yield { kind: 'output', name: '@total', type: { name: 'int' }, value: 24 };
    yield { kind: 'output', name: '@label', type: { name: 'nvarchar', length: 20 }, value: 'Türen' };
    yield { kind: 'return-status', value: 3 };
  });
}

function answerTransactions({ answers }: FakeBackend): void {
  answers.set('SELECT OPEN', ({ session }) => oneValue('bit', session.transaction() !== 0n));
  answers.set('SELECT SESSION', ({ session }) => oneValue('int', session.id));
  answers.set('SELECT RESETS', ({ session }) =>
    oneValue('int', session.events.filter((event) => event === 'reset').length),
  );
  answers.set('BEGIN TRAN', function* ({ session }) {
    yield { kind: 'transaction', id: session.begin(2) };
    yield* statementDone();
  });
  answers.set('COMMIT', function* ({ session }) {
    session.commit();
    yield { kind: 'transaction', id: 0n };
    yield* statementDone();
  });
  answers.set('ABORT', function* ({ session }) {
    session.rollback(undefined);
    yield { kind: 'transaction', id: 0n, outcome: 'rollback' };
    yield { kind: 'message', message: sqlError(3609, 'The transaction ended in the trigger.') };
  });
}

async function run(
  program: string,
  port: number,
  plainPort: number,
): Promise<{ lines: readonly string[]; errors: string }> {
  const child = spawn(program, ['run', '--project', project], {
    env: {
      ...process.env,
      DOTNET_CLI_TELEMETRY_OPTOUT: '1',
      DOTNET_NOLOGO: '1',
      MORTISE_TDS_PORT: String(port),
      MORTISE_TDS_PLAIN_PORT: String(plainPort),
    },
    timeout: limit,
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { lines: output.split(/\r?\n/).filter((line) => line !== ''), errors };
}

describe('Microsoft.Data.SqlClient', () => {
  withPeer(findPeer('dotnet'), (program) => {
    it(
      'logs in, queries, transacts, cancels, prepares and pools without a fault',
      async () => {
        const { backend, port } = await startServer('on');
        answerValues(backend);
        answerRequests(backend);
        answerTransactions(backend);
        const plain = await startServer('off');
        answerValues(plain.backend);
        answerTransactions(plain.backend);
        const { lines, errors } = await run(program, port, plain.port);
        const unexpected = lines.filter((line) => !line.startsWith('ok '));
        expect({ unexpected, errors }).toEqual({ unexpected: [], errors: '' });
        expect(lines).toHaveLength(33);
        const encrypted = backend.logins.map((login) => login.encrypted);
        expect(encrypted.filter((value) => !value)).toHaveLength(1);
        expect(plain.backend.logins.map((login) => login.encrypted)).toEqual([false]);
      },
      limit,
    );
  });
});
