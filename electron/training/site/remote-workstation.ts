import { connectSqlClient } from '../service/sql-client.ts';
import { startSteadyClient } from '../service/steady-client.ts';
import type { SteadyClient } from '../service/steady-client.ts';
import {
  acsReports,
  trainingDatabase,
  workstationAddress,
  workstationHost,
  workstationProgram,
} from '../practice-logins.ts';

/** How often the workstation asks for its report, and how long it waits before it comes back, in milliseconds. */
const pause = 2000;

/** A reporting program on another machine, which keeps its session and comes back when it is cut off. */
export function startRemoteWorkstation(port: () => number, ca: string): SteadyClient {
  return startSteadyClient({
    connect: () =>
      connectSqlClient({
        connectionString: `Server=127.0.0.1,${port()};Database=${trainingDatabase};User ID=${acsReports.login};Password=${acsReports.password};Encrypt=true`,
        ca,
        program: workstationProgram,
        host: workstationHost,
        localAddress: workstationAddress,
      }),
    work: async (pool) => {
      await pool.request().query('SELECT COUNT(*) AS events FROM dbo.Events;');
    },
    pause,
  });
}
