import { ProtocolViolation } from './protocol-violation.ts';

/** Packet types of [MS-TDS] 2.2.3.1.1 that this server reads or writes. */
export const packetType = {
  batch: 0x01,
  rpc: 0x03,
  response: 0x04,
  attention: 0x06,
  transaction: 0x0e,
  login7: 0x10,
  prelogin: 0x12,
} as const;

const clientTypes: ReadonlySet<number> = new Set([
  packetType.batch,
  packetType.rpc,
  packetType.attention,
  packetType.transaction,
  packetType.login7,
  packetType.prelogin,
]);

const headerLength = 8;
const endOfMessage = 0x01;
const ignoreMessage = 0x02;
const resetConnection = 0x08;
const resetKeepingTransaction = 0x10;

/** The negotiated size includes the header; [MS-TDS] 2.2.6.4 allows 512 to 32767 and starts with 4096. */
export const packetSize = { initial: 4096, smallest: 512, largest: 32_767 } as const;

export interface Packet {
  readonly type: number;
  readonly status: number;
  readonly body: Buffer;
}

/** What RESETCONNECTION asked for: the transaction is rolled back with the rest, or kept. */
export type ResetRequest = 'none' | 'full' | 'keep-transaction';

export interface Message {
  readonly type: number;
  readonly body: Buffer;
  readonly reset: ResetRequest;
  /** The client gave up while it was still sending: the message is not to be carried out. */
  readonly abandoned: boolean;
}

/** Cuts a byte stream into packets. */
export class PacketBuffer {
  #bytes: Buffer = Buffer.alloc(0);

  append(bytes: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
  }

  /** The first byte that no packet has taken yet. */
  firstByte(): number | undefined {
    return this.#bytes[0];
  }

  /**
   * The next whole packet, undefined while it is not there. A first byte that no packet begins with is refused at once: who
   * speaks another protocol would otherwise be waited for.
   */
  next(): Packet | undefined {
    const [type] = this.#bytes;
    if (type !== undefined && !clientTypes.has(type)) {
      throw new ProtocolViolation(`a packet of type ${type}`);
    }
    if (this.#bytes.length < headerLength) {
      return undefined;
    }
    const length = this.#bytes.readUInt16BE(2);
    if (length < headerLength || length > packetSize.largest) {
      throw new ProtocolViolation(`a packet of ${length} bytes`);
    }
    if (this.#bytes.length < length) {
      return undefined;
    }
    const packet = {
      type: this.#bytes.readUInt8(0),
      status: this.#bytes.readUInt8(1),
      body: this.#bytes.subarray(headerLength, length),
    };
    this.#bytes = this.#bytes.subarray(length);
    return packet;
  }

  /** Everything that no packet has taken; the buffer is empty afterwards. */
  remainder(): Buffer {
    const rest = this.#bytes;
    this.#bytes = Buffer.alloc(0);
    return rest;
  }
}

/** Joins packets to messages, and refuses a message that grows beyond what its sender may need. */
export class MessageAssembler {
  #bodies: Buffer[] = [];
  #type = 0;
  #length = 0;
  #reset: ResetRequest = 'none';

  add(packet: Packet, limit: number): Message | undefined {
    if (this.#bodies.length === 0) {
      this.#type = packet.type;
      this.#reset = resetOf(packet.status);
    } else if (packet.type !== this.#type) {
      throw new ProtocolViolation(`packet type ${packet.type} inside a message of type ${this.#type}`);
    }
    this.#bodies.push(packet.body);
    this.#length += packet.body.length;
    if (this.#length > limit) {
      throw new ProtocolViolation(`a message of more than ${limit} bytes`);
    }
    if ((packet.status & endOfMessage) === 0) {
      return undefined;
    }
    const message = {
      type: this.#type,
      body: Buffer.concat(this.#bodies),
      reset: this.#reset,
      abandoned: (packet.status & ignoreMessage) !== 0,
    };
    this.#bodies = [];
    this.#length = 0;
    return message;
  }
}

function resetOf(status: number): ResetRequest {
  if ((status & resetConnection) !== 0) {
    return 'full';
  }
  return (status & resetKeepingTransaction) !== 0 ? 'keep-transaction' : 'none';
}

/**
 * Cuts outgoing bytes into packets of one message. Bytes are handed over as they come; only the last packet carries the
 * end-of-message bit, so the newest bytes are always held back until more follow or `last` is true.
 */
export class PacketCutter {
  readonly #type: number;
  readonly #size: number;
  readonly #sessionId: number;
  #number = 1;
  #held: Buffer = Buffer.alloc(0);

  constructor(type: number, size: number, sessionId: number) {
    this.#type = type;
    this.#size = size;
    this.#sessionId = sessionId;
  }

  cut(bytes: Buffer, last: boolean): Buffer {
    const payload = this.#size - headerLength;
    const all = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const packets: Buffer[] = [];
    let at = 0;
    while (all.length - at > payload) {
      packets.push(...this.#packet(all.subarray(at, at + payload), false));
      at += payload;
    }
    if (last) {
      packets.push(...this.#packet(all.subarray(at), true));
      this.#held = Buffer.alloc(0);
    } else {
      this.#held = all.subarray(at);
    }
    return Buffer.concat(packets);
  }

  #packet(body: Buffer, last: boolean): [Buffer, Buffer] {
    const header = Buffer.alloc(headerLength);
    header.writeUInt8(this.#type, 0);
    header.writeUInt8(last ? endOfMessage : 0, 1);
    header.writeUInt16BE(body.length + headerLength, 2);
    header.writeUInt16BE(this.#sessionId & 0xffff, 4);
    header.writeUInt8(this.#number & 0xff, 6);
    this.#number += 1;
    return [header, body];
  }
}
