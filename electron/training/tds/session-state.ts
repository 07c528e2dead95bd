/** What the wire layer itself remembers of a logged-in connection. */
export interface SessionState {
  /** The server's name in messages. */
  readonly serverName: string;
  readonly sessionId: number;
  readonly packetSize: number;
  /** Where RESETCONNECTION goes back to. */
  readonly loginDatabase: string;
  /** The database that the client was last told of. */
  database: string;
  /** The transaction that the client was last told of, 0n for none. */
  knownTransaction: bigint;
}
