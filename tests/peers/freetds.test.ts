import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeTrainingCertificate } from '#electron/training/tds/certificate.ts';
import type { EncryptionPolicy } from '#electron/training/tds/prelogin.ts';
import { column, resultSet, sqlError, waitLong, type FakeBackend } from '#tests/unit/tds/fake-backend.ts';
import { startServer, type TestServer } from '#tests/unit/tds/test-server.ts';
import { findPeer, withPeer } from './peer.ts';

interface Answer {
  readonly output: string;
  readonly errors: string;
  readonly exitCode: number | null;
}

/** How long tsql may take, in milliseconds: a fault of the wire makes it wait for ever. */
const limit = 10_000;

interface TsqlRun {
  readonly encryption?: 'off' | 'request' | 'require';
  readonly password?: string;
  /** PEM of the authority to trust, the server's own by default. */
  readonly authority?: string;
  readonly server: TestServer;
  readonly statements: readonly string[];
}

async function tsql(program: string, run: TsqlRun): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), 'mortise-freetds-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const authority = join(folder, 'ca.pem');
  await writeFile(authority, run.authority ?? run.server.certificate.ca);
  const settings = join(folder, 'freetds.conf');
  await writeFile(
    settings,
    [
      '[global]',
      `encryption = ${run.encryption ?? 'require'}`,
      'client charset = UTF-8',
      `ca file = ${authority}`,
      '',
    ].join('\n'),
  );
  const password = run.password ?? 'Correct-Horse-1';
  const target = ['-H', '127.0.0.1', '-p', String(run.server.port), '-U', 'engineer', '-P', password, '-D', 'Acs'];
  const child = spawn(program, [...target, '-o', 'q'], {
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', FREETDSCONF: settings, TDSVER: '7.4' },
    timeout: limit,
  });
  child.stdin.end([...run.statements.flatMap((statement) => [statement, 'GO']), 'exit', ''].join('\n'));
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { output, errors, exitCode };
}

function answerTypes(backend: FakeBackend): void {
  const moment = new Date('2026-11-21T13:14:15.678Z');
  backend.answers.set('SELECT TYPES', () =>
    resultSet(
      [
        column('a', { name: 'int' }, false),
        column('b', { name: 'bigint' }),
        column('c', { name: 'bit' }, false),
        column('d', { name: 'nvarchar', length: 50 }),
        column('e', { name: 'varchar', length: 'max' }),
        column('f', { name: 'decimal', precision: 10, scale: 3 }),
        column('g', { name: 'datetime2', scale: 3 }),
        column('h', { name: 'uniqueidentifier' }),
        column('i', { name: 'varbinary', length: 8 }),
        column('j', { name: 'nvarchar', length: 'max' }),
        column('k', { name: 'float' }, false),
        column('l', { name: 'date' }),
      ],
      [
        [
          -7,
          9_007_199_254_740_993n,
          true,
          'Größe ✓',
          'x'.repeat(9000),
          '-1234.500',
          moment,
          '6F9619FF-8B86-D011-B42D-00C04FC964FF',
          Buffer.from('deadbeef', 'hex'),
          null,
          0.5,
          moment,
        ],
      ],
    ),
  );
}

describe('FreeTDS, as tsql', () => {
  withPeer(findPeer('tsql'), (program) => {
    const covers: readonly (readonly ['off' | 'request' | 'require', EncryptionPolicy, boolean])[] = [
      ['require', 'required', true],
      ['require', 'on', true],
      ['request', 'required', true],
      ['request', 'on', false],
      ['off', 'on', false],
    ];
    for (const [encryption, policy, encrypted] of covers) {
      it(`logs in with its encryption ${encryption} where the server's is ${policy}`, async () => {
        const server = await startServer(policy);
        server.backend.answers.set('SELECT 42', () => resultSet([column('n', { name: 'int' }, false)], [[42]]));
        const answer = await tsql(program, { server, encryption, statements: ['SELECT 42', 'SELECT 42'] });
        expect(answer).toMatchObject({ exitCode: 0 });
        expect(answer.output.match(/^42$/gm)).toHaveLength(2);
        expect(server.backend.logins).toMatchObject([{ password: 'Correct-Horse-1', database: 'Acs', encrypted }]);
      });
    }

    it('does not get in without TLS where it is required', async () => {
      const server = await startServer('required');
      const answer = await tsql(program, { server, encryption: 'off', statements: ['SELECT 42'] });
      expect(answer.exitCode).not.toBe(0);
      expect(server.backend.logins).toEqual([]);
    });

    it('does not get in when the server’s certificate comes from another authority', async () => {
      const server = await startServer();
      const { ca } = await makeTrainingCertificate();
      const answer = await tsql(program, { server, authority: ca, statements: ['SELECT 42'] });
      expect(answer.exitCode).not.toBe(0);
      expect(server.backend.logins).toEqual([]);
    });

    it('is told of a wrong password by number', async () => {
      const server = await startServer();
      const answer = await tsql(program, { server, password: 'wrong', statements: ['SELECT 42'] });
      expect(answer.errors + answer.output).toContain('Msg 18456');
    });

    it('reads every type it shows, and NULL', async () => {
      const server = await startServer();
      answerTypes(server.backend);
      const answer = await tsql(program, { server, statements: ['SELECT TYPES'] });
      const row = answer.output.split('\n').find((line) => line.startsWith('-7')) ?? '';
      expect(row.split('\t')).toEqual([
        '-7',
        '9007199254740993',
        '1',
        'Größe ✓',
        'x'.repeat(9000),
        '-1234.500',
        'Nov 21 2026 01:14PM',
        '6F9619FF-8B86-D011-B42D-00C04FC964FF',
        'deadbeef',
        'NULL',
        '0.5',
        'Nov 21 2026 12:00AM',
      ]);
    });

    it('shows errors and messages with their numbers, and carries on', async () => {
      const server = await startServer();
      server.backend.answers.set('FAIL', function* () {
        yield { kind: 'message', message: sqlError(0, 'a note', { severity: 0 }) };
        yield { kind: 'message', message: sqlError(51_000, 'refused', { state: 7, procedure: 'guard', line: 12 }) };
      });
      server.backend.answers.set('SELECT 42', () => resultSet([column('n', { name: 'int' })], [[42]]));
      const answer = await tsql(program, { server, statements: ['FAIL', 'SELECT 42'] });
      const shown = answer.output + answer.errors;
      expect(shown).toContain('a note');
      expect(shown).toContain('Msg 51000 (severity 16, state 7)');
      expect(shown).toContain('"refused"');
      expect(answer.output).toMatch(/^42$/m);
    });

    it('follows a transaction that T-SQL began and ended', async () => {
      const server = await startServer();
      server.backend.answers.set('BEGIN TRAN', function* ({ session }) {
        yield { kind: 'transaction', id: session.begin(2) };
        yield { kind: 'done', rowCount: undefined };
      });
      server.backend.answers.set('COMMIT', function* ({ session }) {
        session.commit();
        yield { kind: 'transaction', id: 0n };
        yield { kind: 'done', rowCount: undefined };
      });
      server.backend.answers.set('SELECT 42', () => resultSet([column('n', { name: 'int' })], [[42]]));
      const answer = await tsql(program, { server, statements: ['BEGIN TRAN', 'SELECT 42', 'COMMIT', 'SELECT 42'] });
      expect(answer.output.match(/^42$/gm)).toHaveLength(2);
      expect(answer.output + answer.errors).not.toContain('Msg');
    });

    it('receives thousands of rows', async () => {
      const server = await startServer();
      const rows = Array.from({ length: 20_000 }, (_, index) => [index, `row ${index}`] as const);
      server.backend.answers.set('SELECT MANY', () =>
        resultSet([column('n', { name: 'int' }, false), column('t', { name: 'nvarchar', length: 40 })], rows),
      );
      const answer = await tsql(program, { server, statements: ['SELECT MANY'] });
      expect(answer.output.match(/^\d+\trow \d+$/gm)).toHaveLength(20_000);
    });

    it('is cut off when its connection is dropped', async () => {
      const server = await startServer();
      server.backend.answers.set('WAIT', (call) => {
        expect(server.server.dropWhere(({ user }) => user === 'engineer')).toBe(1);
        return waitLong(call);
      });
      const answer = await tsql(program, { server, statements: ['WAIT'] });
      expect(answer.output + answer.errors).toContain('Unexpected EOF from the server');
    });
  });
});
