import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { BlockedPort, ProbeRequest } from '#shared/secure-mode.ts';
import { machineAddresses } from './addresses.ts';
import { newNonce } from './nonce.ts';
import { powershellText } from './powershell-text.ts';
import { portText } from './sighting.ts';

/** More addresses than this are not written into a command line; a machine with more is asked under its first ones. */
const mostAddresses = 8;
/** More ports than this make no answer that can be mailed. */
const mostPorts = 600;

const unable = (cause: string) => failed(failure('probe-failed', { cause }));

/** What to run on another machine so that it tries these listeners; `probe-failed` where nobody could be asked. */
export function makeProbeRequest(
  listeners: readonly BlockedPort[],
  now: Date,
  addresses: readonly string[] = machineAddresses(),
): Result<ProbeRequest> {
  const named = addresses.slice(0, mostAddresses);
  if (named.length === 0) return unable('this machine has no address on a network under which another one finds it');
  const ports = [...new Map(listeners.map((listener) => [portText(listener), listener])).values()];
  if (ports.length === 0) return unable('no listener is known, so there is nothing to try');
  if (ports.length > mostPorts) return unable(`there are ${ports.length} ports to try, and ${mostPorts} are the most`);
  const nonce = newNonce();
  return succeed({
    nonce,
    askedAt: now.toISOString(),
    addresses: named,
    command: `mortise probe ${named.join(' ')} --ports ${ports.map(portText).join(',')} --nonce ${nonce}`,
    powershell: powershellText({ addresses: named, ports, nonce }),
  });
}
