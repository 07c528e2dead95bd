import { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { batch, login7, packet, preloginAsking, RawClient } from './raw-client.ts';
import { startServer, type TestServer } from './test-server.ts';

interface Handshake {
  readonly client: RawClient;
  readonly secure: TLSSocket;
  /** The type of each message that the server sent before TLS stood. */
  readonly flights: readonly number[];
}

/** Shakes hands as a client that would rather have TLS 1.3, in PRELOGIN packets. */
async function shakeHands({ port, certificate }: TestServer, encryption: 0 | 1): Promise<Handshake> {
  const client = new RawClient(port);
  client.send(preloginAsking(encryption));
  await client.message();
  let wrapping = true;
  const carrier = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      client.send(wrapping ? packet(0x12, 1, chunk) : chunk);
      done();
    },
  });
  const secure = connectTls({ socket: carrier, ca: certificate.ca, host: 'localhost', maxVersion: 'TLSv1.3' });
  onTestFinished(() => {
    secure.destroy();
  });
  const stands = new Promise<void>((resolve, reject) => {
    secure.once('secureConnect', resolve);
    secure.once('error', reject);
  });
  const flights: number[] = [];
  for (let flight = 1; flight <= 2; flight += 1) {
    const { type, body } = await client.message();
    flights.push(type);
    carrier.push(body);
  }
  await stands;
  wrapping = false;
  return { client, secure, flights };
}

describe('TLS inside PRELOGIN packets', () => {
  it('is TLS 1.2 without tickets, with one message a flight', async () => {
    const { secure, flights } = await shakeHands(await startServer('required'), 1);
    expect(secure.getProtocol()).toBe('TLSv1.2');
    expect(secure.authorized).toBe(true);
    expect(secure.getTLSTicket()).toBeUndefined();
    expect(flights).toEqual([0x12, 0x12]);
  });

  it('covers everything after the login too when the client asked for it', async () => {
    const server = await startServer('on');
    const { client, secure } = await shakeHands(server, 1);
    secure.write(packet(0x10, 1, login7(4096)));
    const applicationData = 0x17;
    expect((await client.bytes())[0]).toBe(applicationData);
    expect(server.backend.logins).toMatchObject([{ user: 'engineer', encrypted: true }]);
  });

  it('covers the login only when the client asked for no more: the password is never in clear', async () => {
    const server = await startServer('on');
    const { client, secure } = await shakeHands(server, 0);
    secure.write(packet(0x10, 1, login7(4096)));
    expect((await client.message()).type).toBe(0x04);
    expect(server.backend.logins).toMatchObject([{ user: 'engineer', password: 'Correct-Horse-1', encrypted: false }]);
    client.send(batch('SELECT 1;'));
    expect((await client.message()).body[0]).toBe(0x81);
  });
});
