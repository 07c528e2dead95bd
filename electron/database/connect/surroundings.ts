import { lookup } from 'node:dns/promises';

/** How long each part of the way may take, in milliseconds. Together they bound the time to an answer. */
export interface Limits {
  /** The name service. */
  readonly lookup: number;
  /** One question to the SQL Server Browser, of which two are asked; Microsoft's clients wait a second as well. */
  readonly browser: number;
  /** A TCP connection, over all addresses of a name. */
  readonly socket: number;
  /** From the first packet to the end of the login, the socket included. */
  readonly login: number;
}

/** What the way to a server is found with. Tests have their own. */
export interface Surroundings {
  readonly limits: Limits;
  readonly lookup: (host: string) => Promise<readonly string[]>;
  /** Where the SQL Server Browser is asked ([MS-SQLR]: 1434). */
  readonly browserPort: number;
}

export const realSurroundings: Surroundings = {
  limits: { lookup: 4_000, browser: 1_000, socket: 5_000, login: 8_000 },
  lookup: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  browserPort: 1434,
};
