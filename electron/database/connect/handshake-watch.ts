import type { Socket } from 'node:net';

/** How far a connection came: connected, answered in TDS, encrypted. */
export type HandshakePhase = 'connected' | 'greeted' | 'encrypted';

/** The type of a TDS server's packets ([MS-TDS] 2.2.3.1.1), which the first one must have. */
const responsePacket = 0x04;
const headerLength = 8;
/** A greeting is some 40 bytes; in packets of the size that a connection begins with. */
const longestGreeting = 4096;
/** A handshake with a long chain of certificates stays far below. */
const longestHandshake = 128 * 1024;

/**
 * Reads along until the connection is encrypted, and ends it where what answers is not SQL Server: a driver would wait for the
 * rest of a packet that never comes, or take in without end.
 */
export class HandshakeWatch {
  phase: HandshakePhase = 'connected';
  /** What answers, where it is not SQL Server: "it ..." */
  foreign: string | undefined;
  #received = 0;
  #head: Buffer = Buffer.alloc(0);

  watch(socket: Socket): void {
    const onData = (chunk: Buffer) => {
      this.take(chunk);
      // With an error, or a driver would not hear of it and wait.
      if (this.foreign !== undefined) socket.destroy(new Error('not SQL Server'));
      if (this.foreign !== undefined || this.phase === 'encrypted') socket.off('data', onData);
    };
    socket.prependListener('data', onData);
  }

  /** Bytes as they come off the socket. */
  take(chunk: Buffer): void {
    if (this.phase === 'encrypted' || this.foreign !== undefined) return;
    this.#received += chunk.length;
    if (this.phase === 'connected') {
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, headerLength * 8)]);
      this.foreign = foreignHead(this.#head);
      if (this.#head.length >= headerLength) this.phase = 'greeted';
    }
    if (this.#received > longestHandshake) this.foreign = 'it sends without end';
  }
}

/** What a server says of itself by its first bytes; undefined as long as they may be SQL Server's. */
export function foreignHead(head: Buffer): string | undefined {
  const text = head.toString('latin1');
  if (text.startsWith('HTTP/')) return 'it speaks HTTP, as a web server does';
  if (text.startsWith('SSH-')) return 'it speaks SSH';
  if (/^(?:220|\+OK|\* OK)[ -]/.test(text)) return 'it speaks a protocol for mail or files';
  // A TLS alert or handshake record: a server that wants TLS from the first byte.
  if ((head[0] === 0x15 || head[0] === 0x16) && (head[1] ?? 0x03) === 0x03)
    return 'it speaks TLS from the first byte (a web server, or SQL Server with Force Strict Encryption, which Mortise does not speak)';
  if (head[0] !== undefined && head[0] !== responsePacket) return 'its first byte is none of TDS';
  if (head.length < headerLength) return undefined;
  const length = head.readUInt16BE(2);
  return length <= headerLength || length > longestGreeting ? 'its first packet is none of TDS' : undefined;
}

/** When it happened, as the part of a sentence. */
export const phaseText: Readonly<Record<HandshakePhase, { readonly dropped: string; readonly silent: string }>> = {
  connected: { dropped: 'before it said anything', silent: 'it never greeted' },
  greeted: { dropped: 'in the TLS handshake', silent: 'in the TLS handshake' },
  encrypted: { dropped: 'during the login', silent: 'during the login' },
};
