import { appendFileSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { serviceName } from './practice-logins.ts';
import { connectionStringOf } from './service/service-config.ts';
import { connectSqlClient } from './service/sql-client.ts';
import { startSteadyClient } from './service/steady-client.ts';
import type { SteadyClient } from './service/steady-client.ts';

/**
 * The access-control service of the training site: a process of its own that logs in with the connection string of its
 * configuration file and enters the controllers' heartbeats. As such services do, it reads the file when it starts and
 * never again: after a rotation it must be restarted.
 *
 * It says `running` on its standard output when it runs, and stops on the line `stop` or the end of its standard input:
 * so it never outlives the simulated machine.
 */

const { values: args } = parseArgs({
  options: {
    config: { type: 'string' },
    ca: { type: 'string' },
    log: { type: 'string' },
    /** Ids of controllers that are asleep, separated by commas. */
    asleep: { type: 'string', default: '' },
    /** Training faults. */
    'ends-at-once': { type: 'boolean', default: false },
    'never-logs-in': { type: 'boolean', default: false },
  },
});

const heartbeatInterval = 1000;
/** Every controller is heard of once in so many intervals. */
const rounds = 20;

const logPath = args.log;
function log(text: string): void {
  if (logPath !== undefined) appendFileSync(logPath, `${new Date().toISOString()} ${text}\r\n`, { mode: 0o600 });
}

/** The same trouble second after second is told once. */
let lastTrouble = '';

function start(): SteadyClient | undefined {
  if (args.config === undefined || args.ca === undefined) throw new Error('--config and --ca are needed.');
  const connectionString = connectionStringOf(readFileSync(args.config, 'utf8'));
  if (connectionString === undefined) throw new Error('The configuration file names no connection string.');
  const ca = readFileSync(args.ca, 'utf8');
  if (args['never-logs-in']) return undefined;
  return startSteadyClient({
    connect: () => connectSqlClient({ connectionString, ca, program: serviceName }),
    work: async (pool, turn) => {
      await pool.request().query(heartbeats(turn));
    },
    pause: heartbeatInterval,
    onConnected: () => {
      lastTrouble = '';
      log('connected');
    },
    onTrouble: (problem) => {
      const trouble = problem instanceof Error ? problem.message : String(problem);
      if (trouble !== lastTrouble) log(`no connection: ${trouble}`);
      lastTrouble = trouble;
    },
  });
}

/** On its first turn the service hears of all controllers, afterwards of one group of them after the other. */
function heartbeats(turn: number): string {
  const asleep = (args.asleep ?? '').split(',').filter((id) => /^\d+$/u.test(id));
  const conditions = [
    ...(asleep.length === 0 ? [] : [`ControllerId NOT IN (${asleep.join(', ')})`]),
    ...(turn === 0 ? [] : [`ControllerId % ${rounds} = ${turn % rounds}`]),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `UPDATE dbo.Controllers SET LastSeenUtc = SYSUTCDATETIME()${where};`;
}

if (args['ends-at-once']) {
  log('ended at once');
  process.exit(1);
}
log(`started, process ${process.pid}`);
const client = start();

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await client?.stop();
  log('stopped');
  process.exit(0);
}
const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  if (line === 'stop') void stop();
});
input.on('close', () => void stop());
process.on('SIGTERM', () => void stop());
// A Ctrl-C in the terminal is meant for whoever started the site.
process.on('SIGINT', () => undefined);
process.stdout.write('running\n');
