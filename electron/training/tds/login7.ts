import { ProtocolViolation } from './protocol-violation.ts';

/** What LOGIN7 ([MS-TDS] 2.2.6.4) carries, without what this server has no use for. */
export interface Login7 {
  readonly tdsVersion: number;
  readonly packetSize: number;
  readonly clientProcessId: number;
  readonly hostName: string;
  readonly user: string;
  readonly password: string;
  readonly newPassword: string | undefined;
  readonly programName: string;
  readonly database: string;
  /** The client wants to log in as its Windows account, which this server cannot check. */
  readonly integratedSecurity: boolean;
}

const fixedLength = 94;
const at = {
  tdsVersion: 4,
  packetSize: 8,
  processId: 16,
  flags2: 25,
  flags3: 27,
  hostName: 36,
  user: 40,
  password: 44,
  programName: 48,
  database: 68,
  newPassword: 86,
} as const;
const integratedSecurityFlag = 0x80;
const changePasswordFlag = 0x01;

/** Reads a LOGIN7 message; passwords come out in clear. */
export function readLogin7(body: Buffer): Login7 {
  if (body.length < fixedLength) {
    throw new ProtocolViolation('LOGIN7 is too short');
  }
  const field = (position: number): Buffer => {
    const start = body.readUInt16LE(position);
    const end = start + body.readUInt16LE(position + 2) * 2;
    if (end > body.length) {
      throw new ProtocolViolation('a field of LOGIN7 runs past its end');
    }
    return body.subarray(start, end);
  };
  const text = (position: number): string => field(position).toString('utf16le');
  const changesPassword = (body.readUInt8(at.flags3) & changePasswordFlag) !== 0;
  return {
    tdsVersion: body.readUInt32LE(at.tdsVersion),
    packetSize: body.readUInt32LE(at.packetSize),
    clientProcessId: body.readUInt32LE(at.processId),
    hostName: text(at.hostName),
    user: text(at.user),
    password: unscramble(field(at.password)),
    newPassword: changesPassword ? unscramble(field(at.newPassword)) : undefined,
    programName: text(at.programName),
    database: text(at.database),
    integratedSecurity: (body.readUInt8(at.flags2) & integratedSecurityFlag) !== 0,
  };
}

/** LOGIN7 swaps the halves of each byte of a password and flips it with 0xA5: a disguise, no encryption. */
function unscramble(disguised: Buffer): string {
  const clear = Buffer.alloc(disguised.length);
  for (const [index, byte] of disguised.entries()) {
    const flipped = byte ^ 0xa5;
    clear[index] = ((flipped & 0x0f) << 4) | (flipped >> 4);
  }
  return clear.toString('utf16le');
}
