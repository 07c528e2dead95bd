import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { servedSite } from './harness/training-site.ts';
import { findPeer } from '#tests/peers/peer.ts';
import { acsReports } from '#electron/training/practice-logins.ts';

/** What became of a statement that somebody else's program sent. */
export type Answer =
  | { readonly state: 'done'; readonly output: string }
  /** The server's error number and its sentence. */
  | { readonly state: 'refused'; readonly number: number; readonly sentence: string }
  | { readonly state: 'no-connection'; readonly told: string };

/** From where the client connects: this machine, or the one that the training site takes for another. */
export type Origin = 'this machine' | 'the other machine';

/**
 * FreeTDS's tsql: a program that we did not write, in a process of its own, with the service's login. It does what any
 * client of the access-control database could do.
 */
export interface IndependentClient {
  readonly insertController: (serial: string, from?: Origin) => Promise<Answer>;
  readonly deleteController: (serial: string) => Promise<Answer>;
  /** Gives a controller another serial number: its identity, not its data. */
  readonly rekeyController: (serial: string, to: string) => Promise<Answer>;
  readonly heartbeat: (serial: string) => Promise<Answer>;
  /** The serial numbers in the table. */
  readonly serials: () => Promise<readonly string[]>;
  /** Reads as the reporting login of the remote workstation. */
  readonly report: (from: Origin) => Promise<Answer>;
  /** Logs in with a name and a password, and does nothing else. */
  readonly logIn: (login: string, password: string) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** How long tsql may take, in milliseconds. */
const limit = 20_000;

function program(name: string): string {
  const { path: found } = findPeer(name);
  if (found === undefined) throw new Error(`${name} is not installed, and without it nobody else has tried.`);
  return found;
}

/** Opens the client on the training site of a state folder, whose service's file holds the current password. */
export async function openIndependentClient(stateFolder: string): Promise<IndependentClient> {
  const site = path.join(stateFolder, 'training');
  const port = servedSite(stateFolder)?.port;
  if (port === undefined) throw new Error('No training site is served there.');
  const folder = await mkdtemp(path.join(tmpdir(), 'mortise-tsql-'));
  const settings = path.join(folder, 'freetds.conf');
  const authority = path.join(site, 'ca.pem');
  await writeFile(settings, `[global]\nencryption = require\nclient charset = UTF-8\nca file = ${authority}\n`);
  const relay = await startRelay(port);

  const ask = async (sql: string, from: Origin = 'this machine', as?: Login): Promise<Answer> =>
    await tsql(sql, {
      settings,
      port: from === 'this machine' ? port : relay.port,
      login: as ?? { name: 'acs_service', password: await servicePassword(site) },
    });
  return {
    insertController: (serial, from) =>
      ask(
        `INSERT INTO dbo.Controllers (ControllerId, SerialNumber, Name, Address, Model) SELECT MAX(ControllerId) + 1, N'${serial}', N'Door ${serial}', N'10.0.9.9', N'ACU-4' FROM dbo.Controllers;`,
        from,
      ),
    deleteController: (serial) => ask(`DELETE FROM dbo.Controllers WHERE SerialNumber = N'${serial}';`),
    rekeyController: (serial, to) =>
      ask(`UPDATE dbo.Controllers SET SerialNumber = N'${to}' WHERE SerialNumber = N'${serial}';`),
    heartbeat: (serial) =>
      ask(`UPDATE dbo.Controllers SET LastSeenUtc = SYSUTCDATETIME() WHERE SerialNumber = N'${serial}';`),
    serials: async () => {
      const answer = await ask('SELECT SerialNumber FROM dbo.Controllers ORDER BY ControllerId;');
      if (answer.state !== 'done') throw new Error(`The controllers could not be read: ${JSON.stringify(answer)}`);
      return answer.output.split('\n').filter((line) => line !== '' && line !== 'SerialNumber');
    },
    report: (from) =>
      ask('SELECT COUNT(*) AS n FROM dbo.Events;', from, { name: acsReports.login, password: acsReports.password }),
    logIn: (name, password) => ask('SELECT SUSER_SNAME() AS login;', 'this machine', { name, password }),
    close: async () => {
      await relay.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Login {
  readonly name: string;
  readonly password: string;
}

/** The password that the service's own file holds now. Generated ones need no quoting in it. */
async function servicePassword(site: string): Promise<string> {
  const config = await readFile(path.join(site, 'AcsService.exe.config'), 'utf8');
  const password = /Password=([^;"]+)/u.exec(config)?.[1];
  if (password === undefined) throw new Error('The service’s file holds no password.');
  return password;
}

interface TsqlRun {
  readonly settings: string;
  readonly port: number;
  readonly login: Login;
}

async function tsql(sql: string, { settings, port, login }: TsqlRun): Promise<Answer> {
  const target = ['-H', '127.0.0.1', '-p', String(port), '-U', login.name, '-P', login.password, '-D', 'Acs'];
  const child = spawn(program('tsql'), [...target, '-o', 'q'], {
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', FREETDSCONF: settings, TDSVER: '7.4' },
    timeout: limit,
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  // It may be refused before it has read its input.
  child.stdin.on('error', () => undefined);
  child.stdin.end([sql, 'GO', 'exit', ''].join('\n'));
  const [code] = (await once(child, 'close')) as [number | null];
  const told = errors + output;
  const message = /Msg (\d+) \(severity (\d+)[^)]*\)[^\n]*\n\s*"([^"]*)"/u.exec(told);
  if (code !== 0) return { state: 'no-connection', told };
  if (message !== null && Number(message[2]) > 10)
    return { state: 'refused', number: Number(message[1]), sentence: message[3] ?? '' };
  return { state: 'done', output };
}

interface Relay {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * tsql cannot choose the address that it comes from, so socat, which can, passes its bytes on from 127.0.0.2: to the
 * server the client is on the other machine.
 */
async function startRelay(server: number): Promise<Relay> {
  const relay = spawn(
    program('socat'),
    ['-d', '-d', 'TCP-LISTEN:0,bind=127.0.0.1,fork', `TCP:127.0.0.1:${server},bind=127.0.0.2`],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = once(relay, 'exit');
  let told = '';
  const port = await new Promise<number>((resolve, reject) => {
    relay.stderr.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      const listening = /listening on \S+ 127\.0\.0\.1:(\d+)/u.exec(told)?.[1];
      if (listening !== undefined) resolve(Number(listening));
    });
    relay.once('error', reject);
    relay.once('exit', () => reject(new Error(`socat ended: ${told}`)));
  });
  return {
    port,
    close: async () => {
      relay.kill('SIGTERM');
      await ended;
    },
  };
}
