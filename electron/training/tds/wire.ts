import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { Writable } from 'node:stream';
import { MessageAssembler, PacketBuffer, PacketCutter, packetSize, packetType, type Message } from './packets.ts';
import { ProtocolViolation } from './protocol-violation.ts';
import type { ResponseChannel } from './response.ts';
import { TlsTunnel } from './tls-in-prelogin.ts';

/** TLS record types are 0x14 to 0x17, TDS packet types are others: the first byte tells a bare record from a packet. */
const tlsRecord = { first: 0x14, last: 0x17 } as const;

/** How long a closed connection may take to send what is left before it is cut, in milliseconds. */
const farewellLimit = 2000;

export interface WireEvents {
  readonly message: (message: Message) => void;
  readonly closed: () => void;
}

/** One socket as a channel of TDS messages, with or without TLS. Calls nothing after `closed`. */
export class Wire implements ResponseChannel {
  /** The longest message that is taken, in bytes; it grows once the client has shown who it is. */
  messageLimit = 65_536;
  readonly #socket: Socket;
  readonly #events: WireEvents;
  /** Packets off the socket. */
  readonly #outer = new PacketBuffer();
  /** Packets out of TLS. */
  readonly #inner = new PacketBuffer();
  readonly #assembler = new MessageAssembler();
  #tunnel: TlsTunnel | undefined;
  #closed = false;

  constructor(socket: Socket, events: WireEvents) {
    this.#socket = socket;
    this.#events = events;
    // A fault of the connection is always followed by 'close', which is all that matters here.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#closed = true;
      this.#tunnel?.destroy();
      events.closed();
    });
    socket.on('data', (chunk: Buffer) => {
      this.#guard(() => {
        this.#receive(chunk);
      });
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Everything the client sends from now on is TLS; its handshake comes in PRELOGIN packets. */
  startTls(context: SecureContext): void {
    const tunnel = new TlsTunnel(context, {
      sendFlight: (flight) => {
        if (!this.#closed) {
          this.#socket.write(new PacketCutter(packetType.prelogin, packetSize.initial, 0).cut(flight, true));
        }
      },
      sendRecords: (records, sent) => {
        this.#socket.write(records, sent);
      },
      ended: () => {
        this.#socket.end();
      },
    });
    tunnel.clear.on('error', () => {
      this.destroy();
    });
    tunnel.clear.on('data', (chunk: Buffer) => {
      this.#guard(() => {
        this.#inner.append(chunk);
        this.#assemble(this.#inner);
      });
    });
    this.#tunnel = tunnel;
  }

  /** TLS covered LOGIN7 only: what follows, in both directions, is in clear. */
  leaveTls(): void {
    this.#tunnel?.leave();
    this.#tunnel = undefined;
  }

  async send(bytes: Buffer): Promise<void> {
    const out = this.#out;
    if (this.#closed || !out.writable) {
      return;
    }
    if (out.write(bytes)) {
      // A turn of the event loop, so that a long response leaves room to hear of a cancel.
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
      return;
    }
    await new Promise<void>((resolve) => {
      const settle = (): void => {
        out.off('drain', settle);
        this.#socket.off('close', settle);
        resolve();
      };
      out.on('drain', settle);
      this.#socket.on('close', settle);
    });
  }

  /** Sends what is left and closes. */
  end(): void {
    this.#out.end();
    setTimeout(() => {
      this.destroy();
    }, farewellLimit).unref();
  }

  /** Cuts the connection at once. */
  destroy(): void {
    this.#socket.destroy();
  }

  get #out(): Writable {
    return this.#tunnel?.clear ?? this.#socket;
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.destroy();
      if (!(error instanceof ProtocolViolation)) {
        throw error;
      }
    }
  }

  #receive(chunk: Buffer): void {
    if (this.#tunnel !== undefined && !this.#tunnel.wrapping) {
      this.#tunnel.receive(chunk);
      return;
    }
    this.#outer.append(chunk);
    if (this.#tunnel === undefined) {
      this.#assemble(this.#outer);
    }
    this.#unwrap();
  }

  /** Hands the handshake to TLS, packet by packet, until the first bare record ends the wrapping. */
  #unwrap(): void {
    while (this.#tunnel?.wrapping === true) {
      const first = this.#outer.firstByte();
      if (first !== undefined && first >= tlsRecord.first && first <= tlsRecord.last) {
        this.#tunnel.stopWrapping();
        this.#tunnel.receive(this.#outer.remainder());
        return;
      }
      const packet = this.#outer.next();
      if (packet === undefined) {
        return;
      }
      if (packet.type !== packetType.prelogin) {
        throw new ProtocolViolation(`a packet of type ${packet.type} in the TLS handshake`);
      }
      this.#tunnel.receive(packet.body);
    }
  }

  #assemble(buffer: PacketBuffer): void {
    const tunnel = this.#tunnel;
    while (!this.#socket.destroyed && this.#tunnel === tunnel) {
      const packet = buffer.next();
      if (packet === undefined) {
        return;
      }
      const message = this.#assembler.add(packet, this.messageLimit);
      if (message !== undefined) {
        this.#events.message(message);
      }
    }
  }
}
