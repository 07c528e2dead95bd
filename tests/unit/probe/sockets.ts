import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { probeHost } from '#electron/probe/probe-host.ts';
import type { Patience, ProbeQuestion } from '#electron/probe/probe-host.ts';
import type { Seen, Sighting } from '#electron/probe/sighting.ts';

/** Long enough for a machine under load to answer itself, short enough to wait for silence. */
export const patience: Patience = { lookup: 2_000, silence: 900, word: 900 };

/** A UDP socket that does this with every datagram; answers its port. */
export async function datagrams(
  reply: (question: Buffer, send: (answer: Buffer) => void) => void,
  host = '127.0.0.1',
): Promise<number> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (question, from) => reply(question, (answer) => socket.send(answer, from.port, from.address)));
  await new Promise<void>((resolve) => socket.bind(0, host, resolve));
  onTestFinished(() => {
    socket.close();
  });
  return socket.address().port;
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** An answer of the SQL Server Browser ([MC-SQLR] 2.2.5). */
export function browserAnswer(text: string): Buffer {
  const header = Buffer.from([5, 0, 0]);
  header.writeUInt16LE(text.length, 1);
  return Buffer.concat([header, Buffer.from(text, 'latin1')]);
}

/** What the probe saw there, one port after the other. */
export async function sightings(question: Partial<ProbeQuestion>): Promise<readonly Sighting[]> {
  const probed = await probeHost({ hosts: ['127.0.0.1'], ports: [], nonce: null, patience, ...question });
  if (!probed.ok) throw new Error(probed.error.sentence);
  return probed.value.sightings;
}

/** The same of one port, without saying where. */
export async function seenAt(port: number, protocol: 'tcp' | 'udp' = 'tcp', host = '127.0.0.1'): Promise<Seen> {
  const [seen] = await sightings({ hosts: [host], ports: [{ protocol, port }] });
  if (seen === undefined) throw new Error('The probe saw nothing.');
  return seen.saw === 'untried' ? { saw: seen.saw, why: seen.why } : { saw: seen.saw, version: seen.version };
}
