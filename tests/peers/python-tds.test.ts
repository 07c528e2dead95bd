import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SqlServerDatabase } from '#electron/database/sql-server-database.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';
import {
  mortiseRun,
  practiceLogins,
  siteAdmin,
  trainingDatabase,
  type PracticeLogin,
} from '#electron/training/practice-logins.ts';
import { createEngine } from '#electron/training/engine/engine.ts';
import { trainingModel } from '#electron/training/engine/training-model.ts';
import type { Backend } from '#electron/training/tds/backend.ts';
import { makeTrainingCertificate } from '#electron/training/tds/certificate.ts';
import type { EncryptionPolicy } from '#electron/training/tds/prelogin.ts';
import { createTdsServer } from '#electron/training/tds/tds.ts';
import { Secret } from '#shared/secret.ts';
import { succeed } from '#shared/result.ts';
import { valueOf } from '#tests/unit/shared/result-of.ts';
import { withPeer, type Peer } from './peer.ts';

const program = join(import.meta.dirname, 'python-tds', 'cases.py');

/** How long all cases together may take, in milliseconds; each connection has limits of its own. */
const limit = 60_000;

/** The Python that has pytds is the system's, which need not be the first of the PATH. */
function findPython(): Peer {
  const named = process.platform === 'win32' ? 'python.exe' : 'python3';
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin'];
  const path = folders
    .map((folder) => join(folder, named))
    .find((python) => spawnSync(python, ['-c', 'import pytds, OpenSSL'], { timeout: 10_000 }).status === 0);
  return { program: 'Python with pytds and pyOpenSSL', path };
}

const certificate = await makeTrainingCertificate();

async function serve(backend: Backend, encryption: EncryptionPolicy): Promise<number> {
  const server = createTdsServer({ backend, certificate, encryption, version: { major: 16, minor: 0, build: 4165 } });
  const port = await server.listen(0, ['127.0.0.1']);
  onTestFinished(() => server.close());
  return port;
}

const as = ({ login, password }: PracticeLogin) => ({ login, secret: new Secret(password) });

/** A training server that Mortise has prepared and locked. */
async function lockedSite(): Promise<Backend> {
  const engine = createEngine({ model: trainingModel() });
  const port = await serve(engine, 'required');
  const profile = trainingProfile({ host: '127.0.0.1', port, ca: certificate.ca, serviceConfigPath: '/nowhere' });
  const database = new SqlServerDatabase(profile, () => Promise.resolve(succeed([as(mortiseRun)])));
  valueOf(await database.prepare(as(siteAdmin), 'test'));
  const { state, server } = valueOf(await database.status(new Date()));
  const { controllers } = valueOf(
    await database.commissioningOff({
      actor: 'test',
      reason: 'peer',
      expectedVersion: state?.version ?? new Uint8Array(8),
      server: { name: server.instance, recoveryFork: server.recoveryFork },
    }),
  );
  expect(controllers).toBe(24);
  await database.close();
  return engine;
}

interface PythonRun {
  readonly port: number;
  /** PEM of the authority to trust; null for a connection without TLS. */
  readonly authority: string | null;
  readonly loginOnly?: boolean;
}

async function run(python: string, { port, authority, loginOnly = false }: PythonRun) {
  const folder = await mkdtemp(join(tmpdir(), 'mortise-pytds-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const cafile = authority === null ? null : join(folder, 'ca.pem');
  if (cafile !== null && authority !== null) await writeFile(cafile, authority);
  const passwords = Object.fromEntries(practiceLogins.map(({ login, password }) => [login, password]));
  const site = { host: 'localhost', port, database: trainingDatabase, cafile, loginOnly, passwords };
  const child = spawn(python, [program], { timeout: limit });
  child.stdin.end(JSON.stringify(site));
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const lines = output.split(/\r?\n/).filter((line) => line !== '');
  return { lines, unexpected: lines.filter((line) => !line.startsWith('ok ')), errors };
}

const caseCount = 9;

describe('python-tds', () => {
  withPeer(findPython(), (python) => {
    const covers: readonly (readonly [string, EncryptionPolicy, string | null, boolean])[] = [
      ['with TLS around everything', 'required', certificate.ca, false],
      ['with TLS around the login only', 'on', certificate.ca, true],
      ['without TLS, where the server has none', 'off', null, false],
    ];
    for (const [how, policy, authority, loginOnly] of covers) {
      it(`logs in, queries, transacts and is refused by the guard ${how}`, async () => {
        const port = await serve(await lockedSite(), policy);
        const { lines, unexpected, errors } = await run(python, { port, authority, loginOnly });
        expect({ unexpected, errors }).toEqual({ unexpected: [], errors: '' });
        expect(lines).toHaveLength(caseCount);
      });
    }

    it('does not get in without TLS where it is required', async () => {
      const port = await serve(createEngine({ model: trainingModel() }), 'required');
      const { lines, unexpected } = await run(python, { port, authority: null });
      expect(lines).toHaveLength(caseCount);
      expect(unexpected).toHaveLength(caseCount);
    });

    it('does not get in when the server’s certificate comes from another authority', async () => {
      const { ca } = await makeTrainingCertificate();
      const port = await serve(createEngine({ model: trainingModel() }), 'required');
      const { unexpected } = await run(python, { port, authority: ca });
      expect(unexpected).toHaveLength(caseCount);
      expect(unexpected[0]).toContain('certificate verify failed');
    });
  });
});
