import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mssql from 'mssql';
import type { TrainingSiteFacts } from '#electron/training/training-site.ts';

/** Somebody who logs in with nothing of Mortise's: FreeTDS where it is installed, else the bare driver. */
export interface IndependentClient {
  readonly name: string;
  logsIn(login: string, password: string): Promise<boolean>;
  close(): Promise<void>;
}

export async function independentClient(facts: TrainingSiteFacts): Promise<IndependentClient> {
  return spawnSync('tsql', ['-C']).status === 0 ? await freeTds('tsql', facts) : bareDriver(facts);
}

async function freeTds(program: string, { host, port, ca, database }: TrainingSiteFacts): Promise<IndependentClient> {
  const folder = await mkdtemp(join(tmpdir(), 'mortise-tsql-'));
  await writeFile(join(folder, 'ca.pem'), ca);
  await writeFile(
    join(folder, 'freetds.conf'),
    `[global]\nencryption = require\nclient charset = UTF-8\nca file = ${join(folder, 'ca.pem')}\n`,
  );
  const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8', FREETDSCONF: join(folder, 'freetds.conf'), TDSVER: '7.4' };
  return {
    name: 'FreeTDS (tsql)',
    logsIn: async (login, password) => {
      const args = ['-H', host, '-p', String(port), '-U', login, '-P', password, '-D', database, '-o', 'q'];
      const child = spawn(program, args, { env, timeout: 20_000, stdio: ['pipe', 'ignore', 'pipe'] });
      let told = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
      child.stdin.on('error', () => undefined);
      child.stdin.end('exit\n');
      const [code] = (await once(child, 'close')) as [number | null];
      if (code !== 0 && !/18456|Login failed|Adaptive Server connection failed/.test(told))
        throw new Error(`tsql could not ask: ${told.trim()}`);
      return code === 0;
    },
    close: async () => await rm(folder, { recursive: true, force: true }),
  };
}

function bareDriver({ host, port, ca, database }: TrainingSiteFacts): IndependentClient {
  return {
    name: 'mssql (FreeTDS is not installed)',
    logsIn: async (login, password) => {
      const pool = new mssql.ConnectionPool({
        server: host,
        port,
        database,
        user: login,
        password,
        options: { encrypt: true, cryptoCredentialsDetails: { ca } },
      });
      try {
        await pool.connect();
        return true;
      } catch (error) {
        if ((error as { code?: string }).code === 'ELOGIN') return false;
        throw error;
      } finally {
        await pool.close().catch(() => undefined);
      }
    },
    close: async () => await Promise.resolve(),
  };
}
