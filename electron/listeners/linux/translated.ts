import type { Listener } from '#shared/secure-mode.ts';
import { Unreadable } from '../source-reading.ts';

/** A port of this machine that a rule of the kernel passes on. */
export interface Translated {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly ports: readonly number[];
  readonly target: number;
}

/** The most ports that a range of one rule is taken apart into. */
const mostPorts = 1000;

/** Each port of a range, its ends included; `where` names the rule. Unreadable where they are more than can be listed. */
export function portsBetween([from, to]: readonly [number, number], where: string): readonly number[] {
  if (to - from >= mostPorts) throw new Unreadable(`a rule in ${where} passes more than ${mostPorts} ports on`);
  return Array.from({ length: to - from + 1 }, (_none, index) => from + index);
}

export const listenersOf = ({ protocol, address, ports }: Omit<Translated, 'target'>): readonly Listener[] =>
  ports.map((each) => ({ protocol, address, port: each, purpose: 'SQL Server in a container' }));
