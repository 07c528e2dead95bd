import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { BlockedPort } from '#shared/secure-mode.ts';
import { probeHost } from '#electron/probe/probe-host.ts';

// Runs in a network of its own, as its root: probes its loopback while rules come and go, and prints what was seen each time.

const environment = { LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };
const limit = 10_000;
const nft = (rules: string) =>
  execFileSync('/usr/sbin/nft', ['-f', '-'], { input: rules, env: environment, timeout: limit });

const rules = `
table inet probe {
  chain input {
    type filter hook input priority 0;
    tcp dport 1433 drop
    udp dport 1434 drop
    tcp dport 1501 reject with tcp reset
    tcp dport 1502 reject with icmpx type port-unreachable
    tcp dport 1503 reject with icmpx type admin-prohibited
    tcp dport 1504 reject with icmpx type host-unreachable
    tcp dport 1505 reject with icmpx type no-route
    udp dport 1501 reject with icmpx type port-unreachable
  }
}
`;
const ports: readonly BlockedPort[] = [
  ...[1433, 1501, 1502, 1503, 1504, 1505].map((port) => ({ protocol: 'tcp', port }) as const),
  ...[1434, 1501].map((port) => ({ protocol: 'udp', port }) as const),
];

async function look(): Promise<Record<string, string>> {
  const patience = { lookup: 1000, silence: 1500, word: 500 };
  // The last address is of no network that this one has a way to.
  const probed = await probeHost({ hosts: ['127.0.0.1', '::1', '192.0.2.7'], ports, nonce: null, patience });
  if (!probed.ok) throw new Error(probed.error.sentence);
  return Object.fromEntries(
    probed.value.sightings.map(({ address, protocol, port, ...seen }) => [
      `${address} ${port}/${protocol}`,
      seen.saw === 'untried' ? `untried: ${seen.why}` : seen.saw,
    ]),
  );
}

execFileSync('/usr/sbin/ip', ['link', 'set', 'lo', 'up'], { env: environment, timeout: limit });
const server = createServer((socket) => socket.on('error', () => undefined));
await new Promise<void>((resolve) => server.listen(1433, '::', resolve));
const browser = createSocket('udp6', (_question, from) =>
  browser.send(Buffer.from([5, 0, 0]), from.port, from.address),
);
await new Promise<void>((resolve) => browser.bind(1434, '::', resolve));

const before = await look();
nft(rules);
const on = await look();
nft('delete table inet probe');
const off = await look();
process.stdout.write(JSON.stringify({ before, on, off }));
process.exit(0);
