import { connect as connectSocket, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface RawMessage {
  readonly type: number;
  /** The length of each packet, header included. */
  readonly packets: readonly number[];
  readonly body: Buffer;
}

/** One packet of a message: the type, the status bits, the payload. */
export function packet(type: number, status: number, payload: Buffer): Buffer {
  const header = Buffer.from([type, status, 0, 0, 0, 0, 1, 0]);
  header.writeUInt16BE(payload.length + 8, 2);
  return Buffer.concat([header, payload]);
}

/** ALL_HEADERS with a transaction descriptor, before what the request itself carries. */
export function request(body: Buffer, descriptor = 0n): Buffer {
  const headers = Buffer.alloc(22);
  headers.writeUInt32LE(22, 0);
  headers.writeUInt32LE(18, 4);
  headers.writeUInt16LE(2, 8);
  headers.writeBigUInt64LE(descriptor, 10);
  headers.writeUInt32LE(1, 18);
  return Buffer.concat([headers, body]);
}

export function batch(text: string, descriptor = 0n, status = 1): Buffer {
  return packet(1, status, request(Buffer.from(text, 'utf16le'), descriptor));
}

/** A TDS client in clear, byte by byte, for what no driver can be made to send or to show. */
export class RawClient {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #wake: () => void = () => undefined;
  #closed = false;

  constructor(port: number) {
    this.#socket = connectSocket(port, '127.0.0.1');
    onTestFinished(() => {
      this.#socket.destroy();
    });
    this.#socket.on('error', () => undefined);
    this.#socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake();
    });
    this.#socket.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  /** Says that it knows no TLS, and logs in as the engineer. */
  static async logIn(port: number, packetSize = 4096): Promise<RawClient> {
    const client = new RawClient(port);
    client.send(prelogin);
    await client.message();
    client.send(packet(0x10, 1, login7(packetSize)));
    await client.message();
    return client;
  }

  send(...packets: readonly Buffer[]): void {
    this.#socket.write(Buffer.concat(packets));
  }

  /** Bytes as they come, for TLS records, which are no packets. */
  async bytes(): Promise<Buffer> {
    while (this.#received.length === 0 && !this.#closed) {
      await this.#more();
    }
    return this.#take(this.#received.length);
  }

  /** The next whole message; rejects when the server closes before it. */
  async message(): Promise<RawMessage> {
    const packets: number[] = [];
    const bodies: Buffer[] = [];
    for (;;) {
      const header = await this.#take(8);
      const length = header.readUInt16BE(2);
      packets.push(length);
      bodies.push(await this.#take(length - 8));
      if ((header.readUInt8(1) & 1) !== 0) {
        return { type: header.readUInt8(0), packets, body: Buffer.concat(bodies) };
      }
    }
  }

  /** Resolves once the server has closed the socket. */
  async closed(): Promise<void> {
    while (!this.#closed) {
      await this.#more();
    }
  }

  async #take(count: number): Promise<Buffer> {
    while (this.#received.length < count) {
      if (this.#closed) {
        throw new Error('the server closed the connection');
      }
      await this.#more();
    }
    const taken = this.#received.subarray(0, count);
    this.#received = this.#received.subarray(count);
    return taken;
  }

  async #more(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** A PRELOGIN with nothing but an ENCRYPTION option: 0 OFF, 1 ON, 2 NOT_SUP. */
export function preloginAsking(encryption: 0 | 1 | 2): Buffer {
  return packet(0x12, 1, Buffer.from([1, 0, 6, 0, 1, 0xff, encryption]));
}

export const prelogin = preloginAsking(2);

/** What LOGIN7 does to each byte of a password. */
function disguise(byte: number): number {
  return (((byte & 0x0f) << 4) | (byte >> 4)) ^ 0xa5;
}

export function login7(packetSize: number): Buffer {
  const fixed = Buffer.alloc(94);
  const variable: Buffer[] = [];
  let offset = fixed.length;
  const field = (at: number, bytes: Buffer): void => {
    fixed.writeUInt16LE(offset, at);
    fixed.writeUInt16LE(bytes.length / 2, at + 2);
    offset += bytes.length;
    variable.push(bytes);
  };
  fixed.writeUInt32LE(0x7400_0004, 4);
  fixed.writeUInt32LE(packetSize, 8);
  field(40, Buffer.from('engineer', 'utf16le'));
  field(44, Buffer.from(Buffer.from('Correct-Horse-1', 'utf16le').map(disguise)));
  fixed.writeUInt32LE(offset, 0);
  return Buffer.concat([fixed, ...variable]);
}
