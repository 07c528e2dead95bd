import type { ResultColumn, SqlMessage, SqlValue } from './backend.ts';
import { ByteWriter } from './byte-writer.ts';
import { PacketCutter, packetType } from './packets.ts';
import type { SessionState } from './session-state.ts';
import {
  doneCommand,
  doneStatus,
  doneToken,
  highestInformation,
  writeColumns,
  writeDatabaseChange,
  writeDone,
  writeMessage,
  writeResetAcknowledged,
  writeReturnStatus,
  writeReturnValue,
  writeRow,
  writeTransactionBegun,
  writeTransactionEnded,
  type DoneToken,
  type ReturnValue,
} from './tokens.ts';

/** Where a response's packets go. `send` resolves when more may be sent, at once on a connection that is gone. */
export interface ResponseChannel {
  readonly closed: boolean;
  send(bytes: Buffer): Promise<void>;
}

/** Bytes gathered before they are sent: large enough for few writes, small enough to notice a cancel in good time. */
const flushAt = 32_768;

/** From this severity on SQL Server closes the connection after the message. */
const fatalSeverity = 20;

interface HeldDone {
  readonly token: DoneToken;
  readonly status: number;
  readonly command: number;
  readonly rowCount: number;
}

/**
 * One response message: a stream of tokens, sent as it grows. The last DONE of a message must not say that more follows,
 * so each DONE is held back until the next token or the end is known.
 */
export class Response {
  readonly #channel: ResponseChannel;
  readonly #state: SessionState;
  readonly #writer = new ByteWriter(1024);
  readonly #cutter: PacketCutter;
  #statementToken: DoneToken = doneToken.statement;
  #held: HeldDone | undefined;
  #statementFailed = false;
  #statementSelects = false;
  #lastError = 0;
  #fatal = false;

  constructor(channel: ResponseChannel, state: SessionState) {
    this.#channel = channel;
    this.#state = state;
    this.#cutter = new PacketCutter(packetType.response, state.packetSize, state.sessionId);
  }

  /** The number of the last error that was told, 0 without one. */
  get lastError(): number {
    return this.#lastError;
  }

  /** Nothing more will reach the client: it is gone, or has been told an error that ends the connection. */
  get over(): boolean {
    return this.#fatal || this.#channel.closed;
  }

  get fatal(): boolean {
    return this.#fatal;
  }

  /** What follows is told as the inside of a procedure call. */
  enterProcedure(): void {
    this.#statementToken = doneToken.inProcedure;
  }

  /** A result set; returns early when `signal` aborts or the client is gone. */
  async rows(
    columns: readonly ResultColumn[],
    rows: Iterable<readonly SqlValue[]>,
    signal: AbortSignal,
  ): Promise<void> {
    writeColumns(this.#next(), columns);
    this.#statementSelects = true;
    for (const row of rows) {
      const before = this.#writer.length;
      try {
        writeRow(this.#writer, columns, row);
      } catch (error) {
        this.#writer.rewind(before);
        throw error;
      }
      if (this.#writer.length >= flushAt) {
        await this.#flush(false);
      }
      if (signal.aborted || this.over) {
        return;
      }
    }
  }

  message(message: SqlMessage): void {
    writeMessage(this.#next(), this.#state.serverName, message);
    if (message.severity > highestInformation) {
      this.#statementFailed = true;
      this.#lastError = message.number;
      this.#fatal ||= message.severity >= fatalSeverity;
    }
  }

  statementDone(rowCount: number | undefined): void {
    this.#settle(true);
    this.#held = {
      token: this.#statementToken,
      status: (rowCount === undefined ? 0 : doneStatus.count) | (this.#statementFailed ? doneStatus.error : 0),
      command: this.#statementSelects ? doneCommand.select : doneCommand.none,
      rowCount: rowCount ?? 0,
    };
    this.#statementFailed = false;
    this.#statementSelects = false;
  }

  /** The client is told of a change with an ENVCHANGE and the message that SQL Server sends along. */
  database(name: string): void {
    writeDatabaseChange(this.#next(), name, this.#state.database);
    this.#state.database = name;
    this.message({
      number: 5701,
      severity: 0,
      state: 2,
      text: `Changed database context to '${name}'.`,
      procedure: '',
      line: 1,
    });
  }

  /** Tells the client of the transaction that is now current, unless it knows of it. */
  transaction(id: bigint, outcome?: 'commit' | 'rollback'): void {
    const known = this.#state.knownTransaction;
    if (id === known) {
      return;
    }
    if (known !== 0n) {
      writeTransactionEnded(this.#next(), known, outcome ?? (this.#lastError === 0 ? 'commit' : 'rollback'));
    }
    if (id !== 0n) {
      writeTransactionBegun(this.#next(), id);
    }
    this.#state.knownTransaction = id;
  }

  resetAcknowledged(): void {
    writeResetAcknowledged(this.#next());
  }

  /** Tokens of the login, which no request tells. */
  write(body: (writer: ByteWriter) => void): void {
    body(this.#next());
  }

  /** Closes one procedure call: its status, its values, its DONE. */
  procedureDone(status: number, values: readonly ReturnValue[]): void {
    const writer = this.#next();
    writeReturnStatus(writer, status);
    for (const value of values) {
      writeReturnValue(writer, value);
    }
    this.#held = {
      token: doneToken.procedure,
      status: this.#statementFailed ? doneStatus.error : doneStatus.final,
      command: doneCommand.none,
      rowCount: 0,
    };
    this.#statementFailed = false;
  }

  /** Closes the message with the last DONE, or with one of its own where none has been told. */
  async finish(): Promise<void> {
    if (this.#held === undefined) {
      this.#writeClosingDone(this.#statementFailed);
    }
    this.#settle(false);
    await this.#flush(true);
  }

  /** Closes a message whose request was cut short: what has been told stands, the rest is missing. */
  async truncate(): Promise<void> {
    this.#settle(true);
    this.#writeClosingDone(true);
    await this.#flush(true);
  }

  /** The acknowledgement of an attention, always a message of its own. */
  async acknowledgeAttention(): Promise<void> {
    writeDone(this.#writer, doneToken.statement, doneStatus.attention, doneCommand.none, 0);
    await this.#flush(true);
  }

  #writeClosingDone(failed: boolean): void {
    const token = this.#statementToken === doneToken.inProcedure ? doneToken.procedure : doneToken.statement;
    writeDone(this.#writer, token, failed ? doneStatus.error : doneStatus.final, doneCommand.none, 0);
  }

  #next(): ByteWriter {
    this.#settle(true);
    return this.#writer;
  }

  #settle(moreFollows: boolean): void {
    if (this.#held !== undefined) {
      const { token, status, command, rowCount } = this.#held;
      writeDone(this.#writer, token, status | (moreFollows ? doneStatus.more : 0), command, rowCount);
      this.#held = undefined;
    }
  }

  async #flush(last: boolean): Promise<void> {
    await this.#channel.send(this.#cutter.cut(this.#writer.take(), last));
  }
}
