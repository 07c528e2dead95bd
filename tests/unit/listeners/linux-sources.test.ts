import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Listener } from '#shared/secure-mode.ts';
import { mssqlConfiguration, mssqlPlaces } from '#electron/listeners/linux/mssql-conf.ts';
import { openSockets } from '#electron/listeners/linux/open-sockets.ts';
import { dockerProxies } from '#electron/listeners/linux/proxies.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { valueIn, whyUnknown } from './reading-of.ts';

const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mortise-listeners-'));
  ends.push(async () => await rm(folder, { recursive: true }));
  return folder;
}

async function put(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

/** A real process of that name which listens, and says where. */
async function running(name: string, code: string): Promise<{ readonly ports: readonly number[] }> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['-e', `process.title = ${JSON.stringify(name)}; const say = (ports) => process.send(ports); ${code}`],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: {} },
  );
  ends.push(async () => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  });
  const [ports] = (await once(child, 'message')) as [number[]];
  return { ports };
}

const tcp = (port: number, address: string, purpose: string): Listener => ({ protocol: 'tcp', address, port, purpose });

const found = async (root: string) => valueIn(await mssqlConfiguration(mssqlPlaces(root), systemClock).find([]));
const withSettings = async (text: string) => {
  const root = await newFolder();
  await put(root, 'var/opt/mssql/mssql.conf', text);
  return root;
};

const proxy = async (...words: string[]) => {
  const proc = await newFolder();
  await put(proc, '1/comm', 'systemd\n');
  await put(proc, '90/comm', 'docker-proxy\n');
  await put(proc, '90/cmdline', [...words, ''].join('\0'));
  return dockerProxies(proc, systemClock);
};
const words = (target: string) => [
  '/usr/bin/docker-proxy',
  '-proto',
  'tcp',
  '-host-ip',
  '::',
  '-host-port',
  '14330',
  '-container-ip',
  '172.17.0.2',
  '-container-port',
  target,
  '-use-listen-fd',
];

describe('The sockets of a machine', () => {
  let ports: readonly number[];
  beforeAll(async () => {
    ({ ports } = await running(
      'sqlservr',
      `const net = require('net');
       const listen = (address) => new Promise((done) => { const s = net.createServer().listen(0, address, () => done(s.address().port)); });
       require('dgram').createSocket('udp4').bind(0);
       Promise.all([listen('127.0.0.1'), listen('0.0.0.0')]).then(say);`,
    ));
  });

  it('are those that a running sqlservr holds, and not those of others', async () => {
    const own = await running(
      'other',
      `require('net').createServer().listen(0, function () { say([this.address().port]) })`,
    );
    const found = valueIn(await openSockets('/proc', systemClock).find([]));
    expect(found).toContainEqual(tcp(ports[0] ?? 0, '127.0.0.1', 'SQL Server'));
    expect(found).toContainEqual(tcp(ports[1] ?? 0, '0.0.0.0', 'SQL Server'));
    expect(found.filter(({ port }) => own.ports.includes(port))).toEqual([]);
  });

  it('are of UDP for the Browser alone', async () => {
    const one = await running(
      'sqlbrowser',
      `require('dgram').createSocket('udp4').bind(0, '127.0.0.1', function () { say([this.address().port]) })`,
    );
    const found = valueIn(await openSockets('/proc', systemClock).find([]));
    expect(found.filter(({ protocol }) => protocol === 'udp')).toContainEqual({
      protocol: 'udp',
      address: '127.0.0.1',
      port: one.ports[0],
      purpose: 'SQL Server Browser',
    });
    expect(found.some(({ protocol, purpose }) => protocol === 'udp' && purpose === 'SQL Server')).toBe(false);
  });

  it('are unknown where the processes of others are hidden, or no table can be read', async () => {
    const proc = await newFolder();
    await put(proc, '4711/comm', 'sqlservr\n');
    expect(whyUnknown(await openSockets(proc, systemClock).find([]))).toContain('are hidden');
    await put(proc, '1/comm', 'systemd\n');
    await put(proc, '4711/fd/.keep', '');
    await symlink('socket:[12]', join(proc, '4711/fd/3'));
    await rm(join(proc, '4711/fd/.keep'));
    await put(proc, '4711/net/tcp', 'head\nnonsense\n');
    expect(whyUnknown(await openSockets(proc, systemClock).find([]))).toContain('is not understood');
    expect(whyUnknown(await openSockets(join(proc, 'nowhere'), systemClock).find([]))).toContain('does not exist');
  });

  it('are none where no SQL Server runs', async () => {
    const proc = await newFolder();
    await put(proc, '1/comm', 'systemd\n');
    expect(valueIn(await openSockets(proc, systemClock).find([]))).toEqual([]);
  });
});

describe("SQL Server's settings on Linux", () => {
  it('say the port and the address of the next start', async () => {
    expect(await found(await withSettings('[sqlagent]\nenabled = true\n[network]\ntcpport = 50123\n'))).toEqual([
      tcp(50123, '0.0.0.0', 'T-SQL'),
      tcp(50123, '::', 'T-SQL'),
    ]);
    expect(await found(await withSettings('[network]\nipaddress = 127.0.0.1\n'))).toEqual([
      tcp(1433, '127.0.0.1', 'T-SQL'),
    ]);
  });

  it('are the defaults where SQL Server is installed and nobody set any, and nothing where it is not', async () => {
    const root = await newFolder();
    expect(await found(root)).toEqual([]);
    await put(root, 'opt/mssql/bin/sqlservr', '');
    expect((await found(root)).map(({ port }) => port)).toEqual([1433, 1433]);
  });

  it('are unknown where it is not plain what they say', async () => {
    for (const text of ['[network]\ntcpport = 1433\ntcpport = 1450\n', '[network]\ntcpport = many\n'])
      expect(
        whyUnknown(await mssqlConfiguration(mssqlPlaces(await withSettings(text)), systemClock).find([])),
      ).toContain('tcpport');
    const root = await newFolder();
    await mkdir(join(root, 'var/opt/mssql/mssql.conf'), { recursive: true });
    expect(whyUnknown(await mssqlConfiguration(mssqlPlaces(root), systemClock).find([]))).toContain('it is a folder');
  });
});

describe('The ports that Docker passes on', () => {
  const said = [tcp(1433, '0.0.0.0', 'T-SQL')];
  it('count where they lead to a port that SQL Server says', async () => {
    expect(valueIn(await (await proxy(...words('1433'))).find(said))).toEqual([
      tcp(14330, '::', 'SQL Server in a container'),
    ]);
    expect(valueIn(await (await proxy(...words('80'))).find(said))).toEqual([]);
  });

  it('are unknown where nobody can tell which leads to SQL Server', async () => {
    expect(whyUnknown(await (await proxy(...words('1433'))).find([]))).toContain('while it does not answer');
    expect(whyUnknown(await (await proxy('/usr/bin/docker-proxy', '--version')).find(said))).toContain(
      'does not say which port',
    );
  });

  it('are none where nothing is passed on, even while SQL Server does not answer', async () => {
    const proc = await newFolder();
    await put(proc, '1/comm', 'systemd\n');
    expect(valueIn(await dockerProxies(proc, systemClock).find([]))).toEqual([]);
  });
});
