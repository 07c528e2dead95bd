import { describe, expect, it } from 'vitest';
import { probeRequestSchema } from '#shared/secure-mode.ts';
import type { BlockedPort } from '#shared/secure-mode.ts';
import { readCommandLine } from '#electron/cli/arguments.ts';
import { isSameEverywhere, machineAddresses } from '#electron/probe/addresses.ts';
import { isNonce, newNonce } from '#electron/probe/nonce.ts';
import { makeProbeRequest } from '#electron/probe/probe-request.ts';

const now = new Date('2026-11-21T10:00:00Z');
const sql: BlockedPort = { protocol: 'tcp', port: 1433 };
const browser: BlockedPort = { protocol: 'udp', port: 1434 };
const addresses = ['192.0.2.10', '2001:db8::10'];

function cause(listeners: readonly BlockedPort[], at: readonly string[] = addresses): string {
  const made = makeProbeRequest(listeners, now, at);
  if (made.ok) throw new Error('A request was made.');
  expect(made.error.code).toBe('probe-failed');
  return made.error.sentence.replace('The probe from the other machine could not run: ', '');
}

describe('A request for a probe', () => {
  it('holds the command that the other machine understands, to the letter', () => {
    const made = makeProbeRequest([sql, browser, { protocol: 'tcp', port: 50_123 }, sql], now, addresses);
    if (!made.ok) throw new Error(made.error.sentence);
    const { nonce, command, ...rest } = probeRequestSchema.parse(made.value);
    expect(rest).toMatchObject({ askedAt: '2026-11-21T10:00:00.000Z', addresses });
    expect(command).toBe(`mortise probe 192.0.2.10 2001:db8::10 --ports 1433,1434/udp,50123 --nonce ${nonce}`);
    expect(readCommandLine(command.split(' ').slice(1))).toMatchObject({
      ok: true,
      line: { command: { name: 'probe', hosts: addresses, ports: [sql, browser, { port: 50_123 }], nonce } },
    });
    expect(rest.powershell).toContain(`$nonce = '${nonce}'`);
  });

  it('names the addresses of this machine, and none that means another machine elsewhere', () => {
    expect(machineAddresses().filter(isSameEverywhere)).toEqual([]);
    for (const address of ['127.0.0.1', '127.8.0.1', '::1', '0.0.0.0', '::', '169.254.7.7', 'fe80::1', 'febf::1'])
      expect([address, isSameEverywhere(address)]).toEqual([address, true]);
    for (const address of ['192.0.2.10', '10.127.0.1', '2001:db8::1', 'fd00::2', 'fec0::1'])
      expect([address, isSameEverywhere(address)]).toEqual([address, false]);
  });

  it('says in a sentence why nobody can be asked', () => {
    expect(cause([sql], [])).toBe('this machine has no address on a network under which another one finds it.');
    expect(cause([])).toBe('no listener is known, so there is nothing to try.');
    expect(cause(Array.from({ length: 601 }, (_, index) => ({ protocol: 'tcp', port: index + 1 })))).toBe(
      'there are 601 ports to try, and 600 are the most.',
    );
  });

  it('has a nonce of sixteen characters of which no two are taken for each other, another one each time', () => {
    const nonces = Array.from({ length: 500 }, newNonce);
    expect(new Set(nonces).size).toBe(500);
    for (const nonce of nonces) {
      expect(nonce).toMatch(/^[A-HJ-NP-TV-Z2-9]{4}(?:-[A-HJ-NP-TV-Z2-9]{4}){3}$/);
      expect(isNonce(nonce)).toBe(true);
    }
    expect(new Set(nonces.join('').replaceAll('-', '')).size).toBe(31);
  });
});
