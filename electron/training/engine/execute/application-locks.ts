import { databaseOf, type CallFrame, type Run } from '../evaluate/run.ts';
import { SqlError, sqlError } from '../sql-error.ts';
import type { LockMode } from '../storage/lock-modes.ts';
import type { LockDuration } from '../storage/lock-table.ts';
import { sameName } from '../values/collation.ts';
import type { Value } from '../values/types.ts';
import { Attention } from './abort.ts';
import type { Argument } from './procedures.ts';

/**
 * sp_getapplock and sp_releaseapplock
 * (learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-getapplock-transact-sql). Failing to get a lock
 * is a return value, not an error.
 */
const modes: Readonly<Record<string, LockMode>> = {
  shared: 'S',
  update: 'U',
  intentshared: 'IS',
  intentexclusive: 'IX',
  exclusive: 'X',
};

const lockParameters = ['@resource', '@lockmode', '@lockowner', '@locktimeout', '@dbprincipal'];

export async function getApplicationLock(args: readonly Argument[], frame: CallFrame, run: Run): Promise<number> {
  const given = read('sp_getapplock', lockParameters, args);
  const resource = given('@resource');
  if (resource === undefined || resource === null) throw sqlError(201, 'sp_getapplock', '@Resource');
  const mode = modes[String(given('@lockmode') ?? '').toLowerCase()];
  const duration = ownerOf(given('@lockowner'));
  if (!mode || !duration || (duration === 'transaction' && !run.session.transaction)) return -999;
  const timeout = given('@locktimeout');
  const timeoutMs = timeout === undefined || timeout === null ? frame.settings.lockTimeoutMs : Number(timeout);
  try {
    const granted = run.server.locks.acquire(
      run.session,
      { resource: resourceName(resource, given('@dbprincipal'), frame, run), mode, duration },
      { timeoutMs, signal: run.signal, cancelled: () => new Attention() },
    );
    if (!granted) return 0;
    await granted;
    return 1;
  } catch (error) {
    if (error instanceof SqlError && error.number === 1222) return -1;
    if (error instanceof SqlError && error.number === 1205) return -3;
    throw error;
  }
}

export function releaseApplicationLock(args: readonly Argument[], frame: CallFrame, run: Run): number {
  const given = read('sp_releaseapplock', ['@resource', '@lockowner', '@dbprincipal'], args);
  const resource = given('@resource');
  const duration = ownerOf(given('@lockowner'));
  if (!duration) return -999;
  const principal = given('@dbprincipal');
  const name = resourceName(resource ?? null, principal, frame, run);
  if (run.server.locks.releaseOne(run.session, name, duration)) return 0;
  throw sqlError(1223, String(principal ?? 'public'), String(resource ?? ''));
}

function ownerOf(value: Value | undefined): LockDuration | undefined {
  const text = String(value ?? 'transaction').toLowerCase();
  return text === 'session' || text === 'transaction' ? text : undefined;
}

/** The name counts in binary order: case makes a difference. */
function resourceName(resource: Value, principal: Value | undefined, frame: CallFrame, run: Run): string {
  const database = databaseOf(frame, run.session);
  return `app:${[database.name, String(principal ?? 'public'), String(resource)].join('\u0000')}`;
}

function read(
  procedure: string,
  names: readonly string[],
  args: readonly Argument[],
): (name: string) => Value | undefined {
  const unknown = args.find((one) => one.name !== undefined && !names.includes(one.name));
  if (unknown) throw sqlError(8145, unknown.name ?? '', procedure);
  return (name) => {
    const byName = args.find((one) => one.name !== undefined && sameName(one.name, name));
    const byPosition = args[names.indexOf(name)];
    return (byName ?? (byPosition?.name === undefined ? byPosition : undefined))?.value;
  };
}
