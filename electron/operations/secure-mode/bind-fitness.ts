import { isLoopback } from '#shared/loopback.ts';
import type { InstanceLayer } from '#shared/secure-mode.ts';
import type { ServerAddress } from '#shared/server-address.ts';

/** Why Mortise itself would no longer reach SQL Server with that layer, by the way of the profile; undefined where it would. */
export function unfitLayer(
  layer: InstanceLayer,
  { host, transport }: Pick<ServerAddress, 'host' | 'transport'>,
): string | undefined {
  if (layer === 'everywhere' || transport.kind === 'pipe') return undefined;
  if (layer === 'tcp-off')
    return 'The profile reaches SQL Server over TCP, so Mortise would lose it: choose this machine only, or give the profile a named pipe.';
  return isLoopback(host)
    ? undefined
    : `The profile reaches SQL Server as ${host}, which would no longer answer: write localhost there first.`;
}
