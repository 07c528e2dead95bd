import type { Backend } from '../tds/backend.ts';

/** What the site needs of the simulated SQL Server behind the wire. */
export interface SiteEngine extends Backend {
  /** Everything that a disk would hold, as text that `EngineMaker` takes back. */
  encode(): string;
  /** One text for all servers that mean the same; heartbeats are left out. */
  image(): string;
}

export interface EngineOptions {
  /** What `encode` answered last; undefined for a new server. */
  readonly stored: string | undefined;
  /** For a new server. */
  readonly controllers: number;
  /** Where the server says that it listens. */
  readonly listeners: () => readonly { readonly address: string; readonly port: number }[];
  /** Called after each committed change. */
  readonly onChange: () => void;
}

export type EngineMaker = (options: EngineOptions) => SiteEngine;
