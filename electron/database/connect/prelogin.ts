/** PRELOGIN, the first message of a TDS connection ([MS-TDS] 2.2.6.5): what is asked, and what a server answers. */

const token = { version: 0x00, encryption: 0x01, instance: 0x02, threadId: 0x03, mars: 0x04, end: 0xff } as const;
const entryLength = 5;
const encryptionOn = 0x01;
/** ENCRYPT_ON and ENCRYPT_REQ. */
const encrypted: ReadonlySet<number> = new Set([0x01, 0x03]);

export const packetType = { response: 0x04, prelogin: 0x12 } as const;
export const packetHeader = 8;
const largestPacket = 4096;

/** A question for encryption, from a client without a version to speak of. */
export function preloginQuestion(): Buffer {
  const options: readonly (readonly [number, Buffer])[] = [
    [token.version, Buffer.alloc(6)],
    [token.encryption, Buffer.from([encryptionOn])],
    [token.instance, Buffer.from([0])],
    [token.threadId, Buffer.alloc(4)],
    [token.mars, Buffer.from([0])],
  ];
  const table = Buffer.alloc(options.length * entryLength + 1, token.end);
  let offset = table.length;
  for (const [index, [name, value]] of options.entries()) {
    table.writeUInt8(name, index * entryLength);
    table.writeUInt16BE(offset, index * entryLength + 1);
    table.writeUInt16BE(value.length, index * entryLength + 3);
    offset += value.length;
  }
  return Buffer.concat([table, ...options.map(([, value]) => value)]);
}

export interface PreloginAnswer {
  /** `16.0.4165`: the build of the server, without its revision. */
  readonly version: string;
  readonly encrypted: boolean;
}

/** A server's answer; undefined for what is none. */
export function readPreloginAnswer(body: Buffer): PreloginAnswer | undefined {
  const values = new Map<number, Buffer>();
  for (let at = 0; body[at] !== token.end; at += entryLength) {
    if (at + entryLength > body.length) return undefined;
    const offset = body.readUInt16BE(at + 1);
    const length = body.readUInt16BE(at + 3);
    if (offset + length > body.length) return undefined;
    values.set(body.readUInt8(at), body.subarray(offset, offset + length));
  }
  const version = values.get(token.version);
  const encryption = values.get(token.encryption)?.[0];
  if (version === undefined || version.length < 4 || encryption === undefined) return undefined;
  return {
    version: `${version[0] ?? 0}.${version[1] ?? 0}.${version.readUInt16BE(2)}`,
    encrypted: encrypted.has(encryption),
  };
}

/** One message, cut into packets; the last one carries the end-of-message bit. */
export function packetsOf(type: number, body: Buffer): Buffer {
  const packets: Buffer[] = [];
  const most = largestPacket - packetHeader;
  for (let at = 0, number = 1; at === 0 || at < body.length; at += most, number += 1) {
    const part = body.subarray(at, at + most);
    const header = Buffer.alloc(packetHeader);
    header.writeUInt8(type, 0);
    header.writeUInt8(at + most >= body.length ? 1 : 0, 1);
    header.writeUInt16BE(part.length + packetHeader, 2);
    header.writeUInt8(number & 0xff, 6);
    packets.push(header, part);
  }
  return Buffer.concat(packets);
}
