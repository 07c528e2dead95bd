import { ProtocolViolation } from './protocol-violation.ts';

/** What the server's administrator decided: `required` refuses clients without TLS, `off` has no TLS to offer. */
export type EncryptionPolicy = 'required' | 'on' | 'off';

/** ENCRYPTION values of [MS-TDS] 2.2.6.5. `off` still means TLS around LOGIN7, so that the password is never in clear. */
export const encryptionOption = { off: 0, on: 1, unsupported: 2, required: 3 } as const;

export type EncryptionOption = (typeof encryptionOption)[keyof typeof encryptionOption];

/** How much of the connection TLS covers after the negotiation; `refused` ends it once the client has read why. */
export type TlsCover = 'none' | 'login' | 'everything' | 'refused';

export interface ProductVersion {
  readonly major: number;
  readonly minor: number;
  readonly build: number;
}

const optionToken = { version: 0, encryption: 1, instance: 2, threadId: 3, mars: 4, terminator: 0xff } as const;
const entryLength = 5;

/** The ENCRYPTION option of a client's PRELOGIN; a client that sends none is taken as one that has no TLS. */
export function readPrelogin(body: Buffer): EncryptionOption {
  for (let at = 0; body[at] !== optionToken.terminator; at += entryLength) {
    if (at + entryLength > body.length) {
      throw new ProtocolViolation('PRELOGIN without an end');
    }
    if (body[at] === optionToken.encryption) {
      const value = body[body.readUInt16BE(at + 1)];
      const known = Object.values(encryptionOption).find((option) => option === value);
      if (known === undefined) {
        throw new ProtocolViolation('PRELOGIN with an unknown ENCRYPTION option');
      }
      return known;
    }
  }
  return encryptionOption.unsupported;
}

/**
 * The answer to a client's ENCRYPTION option, as the table in [MS-TDS] 2.2.6.5 has it. A server without mandatory TLS
 * answers a client that did not ask for it with OFF, which both sides read as "around LOGIN7 only".
 */
export function negotiateEncryption(
  policy: EncryptionPolicy,
  client: EncryptionOption,
): { readonly answer: EncryptionOption; readonly cover: TlsCover } {
  if (policy === 'off') {
    return { answer: encryptionOption.unsupported, cover: 'none' };
  }
  if (policy === 'required') {
    const able = client !== encryptionOption.unsupported;
    return { answer: encryptionOption.required, cover: able ? 'everything' : 'refused' };
  }
  if (client === encryptionOption.unsupported) {
    return { answer: encryptionOption.unsupported, cover: 'none' };
  }
  if (client === encryptionOption.off) {
    return { answer: encryptionOption.off, cover: 'login' };
  }
  return { answer: encryptionOption.on, cover: 'everything' };
}

/** The server's PRELOGIN: its version, its answer on encryption, the instance as asked for, no MARS. */
export function writePrelogin(version: ProductVersion, encryption: EncryptionOption): Buffer {
  const options: readonly (readonly [number, readonly number[]])[] = [
    [optionToken.version, [version.major, version.minor, version.build >> 8, version.build & 0xff, 0, 0]],
    [optionToken.encryption, [encryption]],
    [optionToken.instance, [0]],
    [optionToken.threadId, []],
    [optionToken.mars, [0]],
  ];
  const table = Buffer.alloc(options.length * entryLength + 1, optionToken.terminator);
  let offset = table.length;
  for (const [index, [token, value]] of options.entries()) {
    const at = index * entryLength;
    table.writeUInt8(token, at);
    table.writeUInt16BE(offset, at + 1);
    table.writeUInt16BE(value.length, at + 3);
    offset += value.length;
  }
  return Buffer.concat([table, ...options.map(([, value]) => Buffer.from(value))]);
}
