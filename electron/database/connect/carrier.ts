import { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { packetHeader, packetsOf, packetType } from './prelogin.ts';

/**
 * The socket as TLS sees it: during the handshake its bytes travel inside PRELOGIN packets, one message a flight
 * ([MS-TDS] 3.2.5.2). Nothing is sent after the handshake.
 */
export class HandshakeCarrier extends Duplex {
  readonly #socket: Socket;
  #flight: Buffer[] = [];
  #unread: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
  }

  /** Bytes of the server, with the packets around them. */
  receive(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    while (this.#unread.length >= packetHeader) {
      const length = Math.max(this.#unread.readUInt16BE(2), packetHeader);
      if (this.#unread.length < length) return;
      this.push(this.#unread.subarray(packetHeader, length));
      this.#unread = this.#unread.subarray(length);
    }
  }

  override _read(): void {
    // `receive` pushes what comes.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // A flight may be written in parts, which leave together.
    if (this.#flight.length === 0) setImmediate(() => this.#send());
    this.#flight.push(chunk);
    done();
  }

  #send(): void {
    const flight = Buffer.concat(this.#flight);
    this.#flight = [];
    if (!this.#socket.destroyed) this.#socket.write(packetsOf(packetType.prelogin, flight));
  }
}
