import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { SecureContext, SecureContextOptions } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Backend, LoginDecision } from '#electron/training/tds/backend.ts';
import { PacketBuffer, PacketCutter, packetSize, packetType } from '#electron/training/tds/packets.ts';
import { encryptionOption, writePrelogin } from '#electron/training/tds/prelogin.ts';
import type { EncryptionPolicy } from '#electron/training/tds/prelogin.ts';
import { createTdsServer } from '#electron/training/tds/tds.ts';
import { TlsTunnel } from '#electron/training/tds/tls-in-prelogin.ts';
import { FakeBackend } from '../tds/fake-backend.ts';

interface Keyed {
  readonly cert: string;
  readonly key: string;
}

/** A whole TDS server that shows this certificate; `refusing` answers every login with this number. */
export async function tdsServer(
  certificate: Keyed,
  options: { readonly encryption?: EncryptionPolicy; readonly refusing?: number; readonly host?: string } = {},
): Promise<{ readonly port: number; readonly logins: () => number }> {
  let logins = 0;
  const inner = new FakeBackend();
  const backend: Backend = {
    admits: () => true,
    login: async (request, disconnect): Promise<LoginDecision> => {
      logins += 1;
      if (options.refusing === undefined) return await inner.login(request, disconnect);
      const message = {
        number: options.refusing,
        severity: 14,
        state: 1,
        text: 'Refused: password=x',
        procedure: '',
        line: 1,
      };
      return { ok: false, message };
    },
  };
  const server = createTdsServer({
    backend,
    certificate,
    encryption: options.encryption ?? 'required',
    version: { major: 16, minor: 0, build: 4165 },
  });
  const port = await server.listen(0, [options.host ?? '127.0.0.1']);
  onTestFinished(async () => await server.close());
  return { port, logins: () => logins };
}

/** A server that is told what to do with each connection. `received` counts the bytes that clients sent. */
export async function rawServer(
  serve: (socket: Socket) => void,
  at: { readonly host?: string; readonly path?: string } = {},
): Promise<{ readonly port: number; readonly received: () => number }> {
  const sockets = new Set<Socket>();
  let received = 0;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => (received += chunk.length));
    serve(socket);
  });
  await new Promise<void>((resolve) => {
    if (at.path === undefined) server.listen(0, at.host ?? '127.0.0.1', resolve);
    else server.listen(at.path, resolve);
  });
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return { port: at.path === undefined ? (address as AddressInfo).port : 0, received: () => received };
}

const cutter = () => new PacketCutter(packetType.response, packetSize.initial, 0);

/** How a greeting server ends the conversation. */
export type Ending =
  | 'after-prelogin'
  | 'inside-tls'
  | 'silent-after-prelogin'
  | 'silent-after-tls'
  | 'after-tls'
  | 'never';

/** Greets as SQL Server does and encrypts with this context, up to the point where it ends. */
export async function greetingServer(
  context: SecureContext,
  ending: Ending,
): Promise<{ readonly port: number; readonly cleartext: () => number }> {
  let cleartext = 0;
  const server = await rawServer((socket) => {
    const packets = new PacketBuffer();
    let tunnel: TlsTunnel | undefined;
    let greeted = false;
    socket.on('close', () => tunnel?.destroy());
    socket.on('data', (chunk: Buffer) => {
      if (greeted && ending === 'silent-after-prelogin') return;
      if (tunnel?.wrapping === false) return tunnel.receive(chunk);
      packets.append(chunk);
      for (;;) {
        const first = packets.firstByte();
        if (tunnel !== undefined && first !== undefined && first >= 0x14 && first <= 0x17) {
          tunnel.stopWrapping();
          return tunnel.receive(packets.remainder());
        }
        const packet = packets.next();
        if (packet === undefined) return;
        if (tunnel !== undefined) {
          if (ending === 'inside-tls') return void socket.destroy();
          tunnel.receive(packet.body);
          continue;
        }
        socket.write(
          cutter().cut(writePrelogin({ major: 13, minor: 0, build: 1601 }, encryptionOption.required), true),
        );
        greeted = true;
        if (ending === 'after-prelogin') return void socket.end();
        if (ending === 'silent-after-prelogin') return;
        tunnel = new TlsTunnel(context, {
          sendFlight: (flight) => {
            const prelogin = new PacketCutter(packetType.prelogin, packetSize.initial, 0);
            if (!socket.destroyed) socket.write(prelogin.cut(flight, true));
          },
          sendRecords: (records, sent) => socket.write(records, sent),
          ended: () => socket.end(),
        });
        tunnel.clear.on('error', () => undefined);
        tunnel.clear.on('data', (clear: Buffer) => {
          cleartext += clear.length;
          if (ending === 'after-tls') socket.destroy();
        });
      }
    });
  });
  return { port: server.port, cleartext: () => cleartext };
}

/** TLS as the server has it; `outdated` knows TLS 1.0 alone. */
export function serverContext(certificate: Keyed, options: { readonly outdated?: boolean } = {}): SecureContext {
  const versions: SecureContextOptions =
    options.outdated === true
      ? { minVersion: 'TLSv1', maxVersion: 'TLSv1' }
      : { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' };
  return createSecureContext({ ...certificate, ...versions, ciphers: 'ALL:@SECLEVEL=0' });
}
