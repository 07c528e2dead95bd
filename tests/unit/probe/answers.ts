import type { ProbeExpectation } from '#electron/probe/probe-answer.ts';
import { answerBlock, sumOf } from '#electron/probe/answer-block.ts';
import type { ReadProbe } from '#electron/probe/answer-block.ts';

export const nonce = 'K7QD-93MX-F2WA-8TRC';
export const askedAt = new Date('2026-11-21T10:00:00Z');

/** What a workstation saw of a server with two addresses whose ports are blocked. */
export const blocked: ReadProbe = {
  nonce,
  from: { name: 'ENGINEER-PC', addresses: ['192.0.2.20', '2001:db8::20'] },
  at: '2026-11-21T10:05:00Z',
  sightings: ['192.0.2.10', '2001:db8::10'].flatMap((address) => [
    { address, protocol: 'tcp', port: 1433, saw: 'filtered', version: null } as const,
    { address, protocol: 'udp', port: 1434, saw: 'filtered', version: null } as const,
  ]),
};

export const expected: ProbeExpectation = {
  nonce,
  addresses: ['192.0.2.10', '2001:db8::10'],
  ownAddresses: ['127.0.0.1', '::1', '192.0.2.10', '2001:db8::10', 'fe80::10'],
  listeners: [
    { protocol: 'tcp', port: 1433 },
    { protocol: 'udp', port: 1434 },
  ],
  askedAt,
  now: new Date('2026-11-21T10:06:00Z'),
};

export const blockOf = (changes: Partial<ReadProbe> = {}): string => answerBlock({ ...blocked, ...changes });

/** A block whose line was edited by somebody who also made its sum right: what a forger can do. */
export function edited(from: string, to: string): string {
  const [first = '', line = '', ...rest] = blockOf().split('\n');
  if (!line.includes(from)) throw new Error(`The answer does not hold ${from}.`);
  const body = line.replace(from, to).replace(/,"sum":\d+\}$/, '');
  return [first, `${body},"sum":${sumOf(body)}}`, ...rest].join('\n');
}
