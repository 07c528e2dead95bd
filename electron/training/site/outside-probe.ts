import type { Listener, ProbedListener } from '#shared/secure-mode.ts';
import { tryTcp } from '#electron/probe/try-tcp.ts';
import { workstationAddress } from '../practice-logins.ts';

/** How long the workstation waits for an answer, in milliseconds. */
const patience = { silence: 2000, word: 2000 };

/**
 * What the remote workstation sees when it tries the listeners. The simulated machine has one open port, SQL Server's;
 * at every other one nothing is there to answer, and the real machine's own ports are none of its business.
 */
export async function probeFromWorkstation(
  listeners: readonly Listener[],
  serverPort: number,
): Promise<{ from: string; at: string; seen: ProbedListener[] }> {
  const at = new Date().toISOString();
  const ports = new Map(listeners.map(({ protocol, port }) => [`${protocol}/${port}`, { protocol, port }]));
  const seen = await Promise.all(
    [...ports.values()].map(async (port): Promise<ProbedListener> => {
      const tried = port.protocol === 'tcp' && port.port === serverPort ? await greet(serverPort) : undefined;
      return { ...port, saw: tried === undefined ? 'filtered' : 'answered', version: tried ?? null };
    }),
  );
  return { from: workstationAddress, at, seen };
}

/**
 * The version that SQL Server said; undefined where it did not answer. The simulated firewall can't drop a packet: it cuts
 * what it does not let through, so that a connection that opens and is cut without a word was blocked.
 */
async function greet(port: number): Promise<string | null | undefined> {
  const seen = await tryTcp('127.0.0.1', port, { ...patience, localAddress: workstationAddress });
  // Without the address the probe did not run, and then it must not say that it was blocked.
  if (seen.saw === 'untried') throw new Error(`The workstation could not try: ${seen.why}.`);
  return seen.saw === 'answered' ? seen.version : undefined;
}
