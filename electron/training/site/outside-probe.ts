import { connect } from 'node:net';
import type { Listener, ProbedListener } from '#shared/secure-mode.ts';
import { workstationAddress } from '../practice-logins.ts';

/** How long the workstation waits for an answer, in milliseconds. */
const patience = 2000;

/**
 * PRELOGIN ([MS-TDS] 2.2.6.5) as short as it can be: version 0 and "encryption off unless you insist". Whoever speaks
 * TDS answers it before any login, so that the probe needs no password.
 */
const prelogin = Buffer.from(
  [
    '1201001a00000100', // packet header: PRELOGIN, last packet, 26 bytes
    '00000b0006', // VERSION: at 11, 6 bytes
    '0100110001', // ENCRYPTION: at 17, 1 byte
    'ff',
    '000000000000',
    '00',
  ].join(''),
  'hex',
);

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
      const reached = port.protocol === 'tcp' && port.port === serverPort && (await speaksTds(serverPort));
      return { ...port, saw: reached ? 'answered' : 'filtered', version: null };
    }),
  );
  return { from: workstationAddress, at, seen };
}

/** Reached means that SQL Server answered: a connection that opens and is cut without a word is not. */
function speaksTds(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, localAddress: workstationAddress });
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(patience, () => end(false));
    socket.once('connect', () => socket.write(prelogin));
    socket.once('data', () => end(true));
    socket.once('end', () => end(false));
    socket.once('error', (problem: NodeJS.ErrnoException) => {
      // Without the address the probe did not run, and then it must not answer "refused".
      if (problem.code === 'EADDRNOTAVAIL') reject(problem);
      else end(false);
    });
  });
}
