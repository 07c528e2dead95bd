import { endianness } from 'node:os';
import type { Listener } from '#shared/secure-mode.ts';

/** A socket that waits for whoever comes, as a table of the kernel has it. */
export interface WaitingSocket extends Pick<Listener, 'address' | 'port' | 'protocol'> {
  readonly inode: string;
}

/** proc(5), and the states of TCP in the kernel's include/net/tcp_states.h: a UDP socket that is tied to nobody is closed. */
const waiting = { tcp: '0A', udp: '07' } as const;

/** The sockets that wait, from the text of /proc/net/tcp, tcp6, udp or udp6. Throws where a line is not one of such a table. */
export function waitingSockets(text: string, protocol: 'tcp' | 'udp'): readonly WaitingSocket[] {
  return text
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const fields = line.trim().split(/\s+/);
      const [, local = '', , state] = fields;
      const inode = fields[9];
      const [, address, port] = /^([\dA-F]{8}|[\dA-F]{32}):([\dA-F]{4})$/.exec(local) ?? [];
      if (address === undefined || port === undefined || inode === undefined || state === undefined)
        throw new SyntaxError(`not a line of a table of sockets: ${line}`);
      return state === waiting[protocol]
        ? [{ protocol, address: addressOf(address), port: Number.parseInt(port, 16), inode }]
        : [];
    });
}

/** Written as numbers of 32 bits in the order of this machine. */
function addressOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  if (endianness() === 'LE') bytes.swap32();
  if (bytes.length === 4) return [...bytes].join('.');
  const mapped = bytes.subarray(0, 12).toString('hex') === '00000000000000000000ffff';
  return mapped ? [...bytes.subarray(12)].join('.') : shortIpv6(bytes);
}

/** RFC 5952: no zeros in front, the longest run of zeros left out. */
function shortIpv6(bytes: Buffer): string {
  const parts = Array.from({ length: 8 }, (_none, index) => bytes.readUInt16BE(index * 2).toString(16)).join(':');
  const runs = parts.match(/(?:^|(?<=:))0(?::0)+(?=:|$)/g) ?? [];
  const longest = runs.toSorted((a, b) => b.length - a.length)[0];
  if (longest === undefined) return parts;
  const at = parts.search(new RegExp(`(?:^|(?<=:))${longest}(?=:|$)`));
  const [before, after] = [parts.slice(0, at), parts.slice(at + longest.length)];
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`;
}
