import { once } from 'node:events';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { isIP } from 'node:net';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { HandshakeCarrier } from './carrier.ts';
import { HandshakeWatch, phaseText } from './handshake-watch.ts';
import { openSocket } from './open-socket.ts';
import { packetHeader, packetsOf, packetType, preloginQuestion, readPreloginAnswer } from './prelogin.ts';
import { presentedCertificate } from './presented-certificate.ts';
import type { PresentedCertificate } from './presented-certificate.ts';
import type { Route } from './route.ts';
import { codeOf } from './within.ts';

/** What a server shows up to the moment at which a login would be sent. */
export interface Handshake {
  readonly version: string;
  readonly protocol: string;
  readonly certificate: PresentedCertificate;
  /** Why the authorities do not vouch for the certificate under the server's name; undefined where they do. */
  readonly refusal: string | undefined;
}

/** `inTls`: it failed in the TLS handshake itself, where older versions may tell more. */
export type HandshakeAnswer =
  | { readonly ok: true; readonly value: Handshake }
  | { readonly ok: false; readonly error: Failure; readonly inTls: boolean };

export interface HandshakeOptions {
  readonly endpoint: string;
  readonly serverName: string;
  /** PEM; undefined: the list that is built into this runtime. */
  readonly ca: readonly string[] | undefined;
  /** Milliseconds for the socket, and again for the handshake. */
  readonly limit: number;
  /** Speaks nothing newer than TLS 1.1, to find out whether that is all that the server knows. */
  readonly outdated?: boolean;
}

/** Greets a server, encrypts, looks at its certificate and hangs up. Nothing of a login is sent. */
export async function shakeHands(route: Route, options: HandshakeOptions): Promise<HandshakeAnswer> {
  const { endpoint, limit } = options;
  const opened = await openSocket(route, { endpoint, limit });
  if (!opened.ok) return { ...opened, inTls: false };
  const socket = opened.value;
  const watch = new HandshakeWatch();
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), limit);
  socket.once('close', () => stop.abort());
  let timedOut = true;
  socket.once('close', () => (timedOut = false));
  try {
    watch.watch(socket);
    return await greetAndEncrypt(socket, options, stop.signal);
  } catch (error) {
    const inTls = watch.phase === 'greeted';
    if (watch.foreign !== undefined) return refused(failure('not-sql-server', { endpoint, what: watch.foreign }));
    if (error instanceof HandshakeRefused) return refused(error.why);
    if (!stop.signal.aborted || (error instanceof Error && 'code' in error && error.code !== 'ABORT_ERR'))
      return { ok: false, error: failure('tls-failed', { endpoint, cause: codeOf(error) }), inTls };
    const when = phaseText[watch.phase];
    return timedOut
      ? refused(failure('server-silent', { endpoint, when: when.silent }))
      : { ok: false, error: failure('connection-dropped', { endpoint, when: when.dropped }), inTls };
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

const refused = (error: Failure) => ({ ok: false, error, inTls: false }) as const;

class HandshakeRefused extends Error {
  readonly why: Failure;

  constructor(why: Failure) {
    super(why.sentence);
    this.why = why;
  }
}

async function greetAndEncrypt(
  socket: Socket,
  options: HandshakeOptions,
  signal: AbortSignal,
): Promise<HandshakeAnswer> {
  const { endpoint } = options;
  socket.write(packetsOf(packetType.prelogin, preloginQuestion()));
  const answer = readPreloginAnswer(await readMessage(socket, signal));
  if (answer === undefined)
    throw new HandshakeRefused(failure('not-sql-server', { endpoint, what: 'its greeting makes no sense' }));
  if (!answer.encrypted) throw new HandshakeRefused(failure('encryption-refused', { endpoint }));
  const carrier = new HandshakeCarrier(socket);
  socket.on('data', (chunk: Buffer) => carrier.receive(chunk));
  const secured = tls.connect({ ...tlsOptions(options), socket: carrier });
  // What fails after the handshake is nobody's concern: nothing is sent then.
  secured.on('error', () => undefined);
  try {
    await once(secured, 'secureConnect', { signal });
    const shown = secured.getPeerX509Certificate();
    if (shown === undefined)
      throw new HandshakeRefused(failure('tls-failed', { endpoint, cause: 'the server showed no certificate' }));
    return {
      ok: true,
      value: {
        version: answer.version,
        protocol: secured.getProtocol() ?? 'unknown',
        certificate: presentedCertificate(shown),
        refusal: refusalOf(secured),
      },
    };
  } finally {
    secured.destroy();
  }
}

function refusalOf(secured: TLSSocket): string | undefined {
  if (secured.authorized) return undefined;
  // Typed as an Error, and a code in fact.
  const refusal: unknown = secured.authorizationError;
  return typeof refusal === 'string' ? refusal : codeOf(refusal);
}

/** OpenSSL's level 0, at which a key that is too small or an old protocol can at least be looked at. */
const lenientCiphers = 'ALL:@SECLEVEL=0';
let isLenient: boolean | undefined;

/** BoringSSL, which Electron is built with, knows no levels. */
function lenient(): boolean {
  if (isLenient !== undefined) return isLenient;
  try {
    tls.createSecureContext({ ciphers: lenientCiphers });
    isLenient = true;
  } catch {
    isLenient = false;
  }
  return isLenient;
}

function tlsOptions({ serverName, ca, outdated }: HandshakeOptions): tls.ConnectionOptions {
  return {
    host: serverName,
    servername: isIP(serverName) === 0 ? serverName : '',
    // Looked at and told, not trusted: the connection ends here.
    rejectUnauthorized: false,
    ...(ca === undefined ? {} : { ca: [...ca] }),
    ...(lenient() ? { ciphers: lenientCiphers } : {}),
    ...(outdated === true
      ? { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' }
      : { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }),
  };
}

/** The body of the next message; what follows it stays in the socket. */
async function readMessage(socket: Socket, signal: AbortSignal): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  const body: Buffer[] = [];
  for (;;) {
    const [chunk] = (await once(socket, 'data', { signal })) as [Buffer];
    bytes = Buffer.concat([bytes, chunk]);
    while (bytes.length >= packetHeader && bytes.length >= bytes.readUInt16BE(2)) {
      const length = Math.max(bytes.readUInt16BE(2), packetHeader);
      body.push(bytes.subarray(packetHeader, length));
      const last = ((bytes[1] ?? 1) & 1) === 1;
      bytes = bytes.subarray(length);
      if (last) return Buffer.concat(body);
    }
  }
}
