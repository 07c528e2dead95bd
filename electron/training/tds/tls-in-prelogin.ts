import { constants } from 'node:crypto';
import { Duplex } from 'node:stream';
import { TLSSocket, createSecureContext, type SecureContext } from 'node:tls';

export interface ServerCertificate {
  /** PEM, the server's certificate. */
  readonly cert: string;
  /** PEM, its private key. */
  readonly key: string;
}

/**
 * TLS as TDS 7.4 has it: 1.2 and nothing newer, because TLS 1.3 sends tickets after the handshake, when the client no
 * longer expects wrapped bytes. Without session tickets every handshake is a full one, in which the server speaks last.
 */
export function createTdsSecureContext(certificate: ServerCertificate): SecureContext {
  return createSecureContext({
    cert: certificate.cert,
    key: certificate.key,
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.2',
    secureOptions: constants.SSL_OP_NO_TICKET,
  });
}

export interface TlsTunnelEnds {
  /** One flight of the handshake, to be sent as one PRELOGIN message: tedious waits for exactly one a flight. */
  readonly sendFlight: (flight: Buffer) => void;
  /** TLS records after the handshake; `sent` is called once the socket has taken them, which carries back-pressure. */
  readonly sendRecords: (records: Buffer, sent: (error?: Error | null) => void) => void;
  /** The client closed TLS, or our side ended it and everything has been handed to `sendRecords`. */
  readonly ended: () => void;
}

/** A TLS server whose handshake travels inside PRELOGIN packets and whose records then travel bare. */
export class TlsTunnel {
  /** The decrypted side. */
  readonly clear: TLSSocket;
  readonly #carrier: Duplex;
  #wrapping = true;
  #left = false;

  constructor(context: SecureContext, ends: TlsTunnelEnds) {
    let flight: Buffer[] = [];
    const flush = (): void => {
      const whole = Buffer.concat(flight);
      flight = [];
      ends.sendFlight(whole);
    };
    const write = (bytes: Buffer, done: (error?: Error | null) => void): void => {
      if (this.#left) {
        done();
      } else if (this.#wrapping) {
        // A flight may come in several writes; they leave together at the end of this turn of the event loop.
        if (flight.length === 0) {
          setImmediate(flush);
        }
        flight.push(bytes);
        done();
      } else {
        ends.sendRecords(bytes, done);
      }
    };
    this.#carrier = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        write(chunk, done);
      },
      writev: (chunks: readonly { chunk: Buffer }[], done) => {
        write(Buffer.concat(chunks.map((entry) => entry.chunk)), done);
      },
      final: (done) => {
        if (!this.#left) {
          ends.ended();
        }
        done();
      },
    });
    this.clear = new TLSSocket(this.#carrier, { isServer: true, secureContext: context });
  }

  /** True until the client's first bare TLS record. */
  get wrapping(): boolean {
    return this.#wrapping;
  }

  stopWrapping(): void {
    this.#wrapping = false;
  }

  /** Bytes of the client, freed of their PRELOGIN packets where they had any. */
  receive(bytes: Buffer): void {
    this.#carrier.push(bytes);
  }

  /** TLS covered LOGIN7 only: from here on nothing goes through the tunnel, not even its farewell. */
  leave(): void {
    this.#left = true;
    this.clear.removeAllListeners('data');
    this.clear.destroy();
  }

  destroy(): void {
    this.#left = true;
    this.clear.destroy();
    this.#carrier.destroy();
  }
}
