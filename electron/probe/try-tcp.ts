import { connect } from 'node:net';
import { codeOf } from '#electron/database/connect/within.ts';
import {
  packetHeader,
  packetsOf,
  packetType,
  preloginQuestion,
  readPreloginAnswer,
} from '#electron/database/connect/prelogin.ts';
import type { PreloginAnswer } from '#electron/database/connect/prelogin.ts';
import { seenByError } from './sighting.ts';
import type { Seen } from './sighting.ts';

export interface TcpPatience {
  /** For the connection, in milliseconds. Windows repeats itself three times in two seconds before it believes a refusal. */
  readonly silence: number;
  /** For the first word on an open connection, in milliseconds. */
  readonly word: number;
}

export interface TcpTry extends TcpPatience {
  /** The address of this machine to try from; the system's choice where it is left out. */
  readonly localAddress?: string;
}

/** Greets whoever listens as a client of SQL Server does, before any login ([MS-TDS] 2.2.6.5), and hangs up. */
export async function tryTcp(address: string, port: number, { silence, word, ...from }: TcpTry): Promise<Seen> {
  return await new Promise((resolve) => {
    const socket = connect({ host: address, port, ...from });
    let isOpen = false;
    let bytes = Buffer.alloc(0);
    const end = (seen: Seen) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(seen);
    };
    // Whoever opens and then says nothing, hangs up or speaks something else is there all the same.
    const endOpen = () => end({ saw: 'open', version: null });
    let timer = setTimeout(() => end({ saw: 'filtered', version: null }), silence);
    socket.on('connect', () => {
      isOpen = true;
      clearTimeout(timer);
      timer = setTimeout(endOpen, word);
      socket.write(packetsOf(packetType.prelogin, preloginQuestion()));
    });
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const answer = greetingOf(bytes);
      if (answer === null) endOpen();
      else if (answer !== undefined) end({ saw: 'answered', version: answer.version });
    });
    socket.on('end', endOpen);
    socket.on('error', (error) => (isOpen ? endOpen() : end(seenByError('tcp', codeOf(error)))));
  });
}

/**
 * What a greeting that fits into one packet says, as every server's does: undefined while there is more of it to come, null
 * for what is no greeting.
 */
function greetingOf(bytes: Buffer): PreloginAnswer | null | undefined {
  if (bytes[0] !== packetType.response) return null;
  if (bytes.length < packetHeader) return undefined;
  const length = bytes.readUInt16BE(2);
  return bytes.length < length ? undefined : (readPreloginAnswer(bytes.subarray(packetHeader, length)) ?? null);
}
