import type { ConnectionPool } from 'mssql';
import { setTimeout as sleep } from 'node:timers/promises';

/** Something that stays connected and does one thing over and over. */
export interface SteadyClient {
  connected(): boolean;
  /** Settles when the connection is closed and nothing more will be tried. */
  stop(): Promise<void>;
}

export interface SteadyClientOptions {
  readonly connect: () => Promise<ConnectionPool>;
  /** Called on each turn with the open connection; throws when it is broken. */
  readonly work: (pool: ConnectionPool, turn: number) => Promise<void>;
  /** Milliseconds between turns, and before a broken connection is made again. */
  readonly pause: number;
  readonly onConnected?: () => void;
  /** Told once a loss and once each attempt to come back that fails. */
  readonly onTrouble?: (problem: unknown) => void;
}

/** Starts at once, comes back by itself whenever it is cut off, as a service or a workstation does. */
export function startSteadyClient(options: SteadyClientOptions): SteadyClient {
  const stopping = new AbortController();
  let pool: ConnectionPool | undefined;
  let turn = 0;

  const takeTurn = async () => {
    try {
      if (pool === undefined) {
        turn = 0;
        pool = await options.connect();
        options.onConnected?.();
      }
      await options.work(pool, turn);
      turn += 1;
    } catch (problem) {
      const broken = pool;
      pool = undefined;
      if (!stopping.signal.aborted) options.onTrouble?.(problem);
      await broken?.close().catch(() => undefined);
    }
  };
  const run = async () => {
    while (!stopping.signal.aborted) {
      await takeTurn();
      await sleep(options.pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    await pool?.close().catch(() => undefined);
    pool = undefined;
  };
  const ended = run();

  return {
    connected: () => pool !== undefined,
    stop: () => {
      stopping.abort();
      return ended;
    },
  };
}
