import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { everyInstanceQuestion, instancesOf } from '#electron/database/connect/browser.ts';
import { codeOf } from '#electron/database/connect/within.ts';
import { seenByError } from './sighting.ts';
import type { Seen } from './sighting.ts';

/** A datagram can be lost, so the question is put more than once. */
const times = 3;

/** Asks for the list of instances as a client asks the SQL Server Browser ([MS-SQLR] 2.2.1); silence is in milliseconds. */
export async function tryUdp(address: string, port: number, silence: number): Promise<Seen> {
  return await new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    let over = false;
    const end = (seen: Seen) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      clearInterval(again);
      socket.close();
      resolve(seen);
    };
    const failed = (error: Error) => end(seenByError('udp', codeOf(error)));
    const ask = () => {
      if (!over) socket.send(everyInstanceQuestion, (error) => (error === null ? undefined : failed(error)));
    };
    const timer = setTimeout(() => end({ saw: 'filtered', version: null }), silence);
    let again: NodeJS.Timeout | undefined;
    socket.on('error', failed);
    socket.on('message', (answer) =>
      end({ saw: instancesOf(answer) === undefined ? 'open' : 'answered', version: null }),
    );
    // Connected, so that the system drops what others send, and tells of a closed port.
    socket.connect(port, address, (error?: Error) => {
      if (error !== undefined) {
        failed(error);
        return;
      }
      if (over) return;
      again = setInterval(ask, silence / times);
      ask();
    });
  });
}
