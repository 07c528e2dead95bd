import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answersIn } from '#electron/probe/answer-block.ts';
import { mortise as runMortise } from '#tests/mortise.ts';
import { makeCertificate } from '#tests/unit/connecting/certificates.ts';
import { tdsServer } from '#tests/unit/connecting/servers.ts';
import { browserAnswer, closedPort, datagrams } from '#tests/unit/probe/sockets.ts';

const nonce = 'K7QD-93MX-F2WA-8TRC';

describe('The probe command', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mortise-probe-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const mortise = async (...args: readonly string[]) =>
    await runMortise(['probe', ...args], {
      stateFolder: join(folder, 'state'),
      folder,
      environment: {
        ...process.env,
        HOME: folder,
        XDG_STATE_HOME: folder,
        XDG_CONFIG_HOME: folder,
        LOCALAPPDATA: folder,
      },
    });

  it('says what answers, with the answer to carry back, and leaves nothing behind', async () => {
    const { port } = await tdsServer(await makeCertificate({}));
    const browser = await datagrams((_question, send) =>
      send(browserAnswer(`ServerName;A;InstanceName;NET2;IsClustered;No;Version;16.0.1000.6;tcp;${port};;`)),
    );
    const closed = await closedPort();
    const ports = `${port},${browser}/udp,${closed}`;
    const seen = await mortise('127.0.0.1', '--ports', ports, '--nonce', nonce);
    expect(seen).toMatchObject({ code: 6, err: '' });
    for (const line of [
      `  TCP ${port}: answered as SQL Server 16.0.4165\n`,
      `  UDP ${browser}: answered as the SQL Server Browser\n`,
      `  TCP ${closed}: refused; the machine, or a firewall, turns away\n`,
      'This is the very machine that tries: a connection to oneself proves nothing.',
    ])
      expect(seen.out).toContain(line);
    const at = { address: '127.0.0.1', version: null } as const;
    expect(answersIn(seen.out)).toMatchObject({
      ok: true,
      value: [
        {
          nonce,
          sightings: [
            { ...at, protocol: 'tcp', port, saw: 'answered', version: '16.0.4165' },
            { ...at, protocol: 'udp', port: browser, saw: 'answered' },
            { ...at, protocol: 'tcp', port: closed, saw: 'refused' },
          ],
        },
      ],
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('says so in JSON, and that nothing answered with its exit code', async () => {
    const closed = await closedPort();
    const seen = await mortise('127.0.0.1', '--ports', `${closed}`, '--json');
    expect(seen).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(seen.out)).toMatchObject({
      nonce: null,
      seen: [{ protocol: 'tcp', port: closed, saw: 'refused', version: null }],
      untried: [],
      answer: null,
    });
    expect((await mortise('127.0.0.1', '--ports', `${closed}`)).out).not.toContain('MORTISE-PROBE');
    expect(await readdir(folder)).toEqual([]);
  });

  it('never says that nothing answered where nothing could be tried', async () => {
    const seen = await mortise('224.0.0.1', '--ports', '1433', '--nonce', nonce);
    expect(seen).toMatchObject({
      code: 1,
      out: expect.stringContaining('TCP 1433: could not be tried: there is no way'),
    });
  });

  it('says in a sentence what it does not understand, and which name nobody knows', async () => {
    expect(await mortise('acs', '--ports', '70000')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('--ports takes ports from 1 to 65535 such as 1433,1434/udp, not "70000".'),
    });
    const unknown = await mortise('no-such-machine.invalid');
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toContain('the name service knows no address of "no-such-machine.invalid"');
  });
});
