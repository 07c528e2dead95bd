import type { Listener } from '#shared/secure-mode.ts';
import { Unreadable } from './source-reading.ts';

/** Something that passes connections on to a port of another machine or of a container. */
export interface PassedOn {
  readonly protocol: 'tcp' | 'udp';
  readonly target: number;
}

/** Why it cannot be told what is passed on to SQL Server. */
export const whileServerIsSilent =
  'which of the ports that are passed on lead to SQL Server is not known while it does not answer';

/**
 * Those that lead to a port that SQL Server says. Where it said nothing and something is passed on, nobody can tell
 * which of it leads there.
 */
export function leadsToServer<P extends PassedOn>(passed: readonly P[], said: readonly Listener[]): readonly P[] {
  if (passed.length === 0) return [];
  if (said.length === 0) throw new Unreadable(whileServerIsSilent);
  return passed.filter(({ protocol, target }) =>
    said.some((listener) => listener.protocol === protocol && listener.port === target),
  );
}
