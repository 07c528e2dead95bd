import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { Attention } from './attention.ts';
import type { Backend, BackendSession, LoginDecision, LoginRequest, SqlMessage } from './backend.ts';
import { plainAddress } from './plain-address.ts';
import { acceptLogin, agreedPacketSize, agreedTdsVersion, unansweredLogin } from './login.ts';
import { readLogin7, type Login7 } from './login7.ts';
import { PacketCutter, packetSize, packetType, type Message } from './packets.ts';
import {
  negotiateEncryption,
  readPrelogin,
  writePrelogin,
  type EncryptionPolicy,
  type ProductVersion,
  type TlsCover,
} from './prelogin.ts';
import { PreparedStatements } from './prepared-statements.ts';
import { ProtocolViolation } from './protocol-violation.ts';
import { defect } from './relay.ts';
import type { RequestContext } from './request-context.ts';
import { serveRequest } from './requests.ts';
import { Response } from './response.ts';
import type { SessionState } from './session-state.ts';
import { Wire } from './wire.ts';

export interface ConnectionSettings {
  readonly backend: Backend;
  readonly secureContext: SecureContext;
  readonly encryption: EncryptionPolicy;
  readonly version: ProductVersion;
  readonly serverName: string;
}

/** What can be said of a connection from outside, to choose which to cut. Who is logged in is undefined until then. */
export interface EstablishedConnection {
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;
  readonly sessionId: number | undefined;
  readonly user: string | undefined;
  readonly programName: string | undefined;
  readonly hostName: string | undefined;
}

/** Where a connection stands: each phase takes one kind of message, and everything else closes it. */
type Phase =
  | { readonly name: 'prelogin' }
  | { readonly name: 'login'; readonly cover: TlsCover }
  | { readonly name: 'deciding' }
  | { readonly name: 'ready'; readonly context: RequestContext };

/** A client has this long to log in, in milliseconds. */
const loginLimit = 30_000;

/** Messages after the login: a statement with its parameters. */
const requestLimit = 64 * 1024 * 1024;

/** A client waits for the response before it sends the next request; a few may cross, a flood is a fault. */
const mostWaiting = 8;

/** One client, from its first byte to its last. */
export class Connection {
  readonly #settings: ConnectionSettings;
  readonly #wire: Wire;
  readonly #addresses: Pick<EstablishedConnection, 'remoteAddress' | 'remotePort' | 'localAddress' | 'localPort'>;
  readonly #attention = new Attention();
  readonly #closed: () => void;
  readonly #loginDeadline: NodeJS.Timeout;
  #phase: Phase = { name: 'prelogin' };
  #login: Login7 | undefined;
  #waiting = 0;
  #tail: Promise<void> = Promise.resolve();
  #ending = false;
  #farewell: SqlMessage | undefined;

  constructor(socket: Socket, settings: ConnectionSettings, closed: () => void) {
    this.#settings = settings;
    this.#closed = closed;
    this.#addresses = {
      remoteAddress: plainAddress(socket.remoteAddress),
      remotePort: socket.remotePort ?? 0,
      localAddress: plainAddress(socket.localAddress),
      localPort: socket.localPort ?? 0,
    };
    this.#wire = new Wire(socket, {
      message: (message) => {
        this.#receive(message);
      },
      closed: () => {
        this.#hangUp();
      },
    });
    this.#loginDeadline = setTimeout(() => {
      this.destroy();
    }, loginLimit).unref();
  }

  describe(): EstablishedConnection {
    const context = this.#phase.name === 'ready' ? this.#phase.context : undefined;
    return {
      ...this.#addresses,
      sessionId: context?.session.id,
      user: this.#login?.user,
      programName: this.#login?.programName,
      hostName: this.#login?.hostName,
    };
  }

  /** Cuts the connection at once, without a word. */
  destroy(): void {
    this.#wire.destroy();
  }

  /** Ends the connection for the backend: a running request is told `last` before the socket closes. */
  #disconnect(last: SqlMessage | undefined): void {
    this.#ending = true;
    if (last === undefined || this.#waiting === 0) {
      this.destroy();
      return;
    }
    this.#farewell = last;
    this.#attention.interrupt();
  }

  #receive(message: Message): void {
    if (this.#ending) {
      return;
    }
    switch (this.#phase.name) {
      case 'prelogin':
        this.#prelogin(message);
        return;
      case 'login':
        this.#acceptLogin7(message, this.#phase.cover);
        return;
      case 'deciding':
        if (message.type !== packetType.attention) {
          throw new ProtocolViolation('a message before the login was answered');
        }
        return;
      case 'ready':
        this.#request(message, this.#phase.context);
    }
  }

  #prelogin(message: Message): void {
    expectType(message, packetType.prelogin);
    const { encryption, version, secureContext } = this.#settings;
    const { answer, cover } = negotiateEncryption(encryption, readPrelogin(message.body));
    const cutter = new PacketCutter(packetType.response, packetSize.initial, 0);
    void this.#wire.send(cutter.cut(writePrelogin(version, answer), true));
    if (cover === 'login' || cover === 'everything') {
      this.#wire.startTls(secureContext);
    }
    this.#phase = { name: 'login', cover };
  }

  #acceptLogin7(message: Message, cover: TlsCover): void {
    expectType(message, packetType.login7);
    if (cover === 'refused') {
      throw new ProtocolViolation('a login in clear where TLS is required');
    }
    const login = readLogin7(message.body);
    if (cover === 'login') {
      this.#wire.leaveTls();
    }
    this.#login = login;
    this.#phase = { name: 'deciding' };
    void this.#decide(login, cover).catch(() => {
      this.destroy();
    });
  }

  async #decide(login: Login7, cover: TlsCover): Promise<void> {
    const { serverName, version } = this.#settings;
    const tds = agreedTdsVersion(login.tdsVersion);
    if (tds === undefined) {
      this.destroy();
      return;
    }
    const decision = await this.#ask(login, cover);
    const state: SessionState = {
      serverName,
      sessionId: decision.ok ? decision.session.id : 0,
      packetSize: decision.ok ? agreedPacketSize(login.packetSize) : packetSize.initial,
      loginDatabase: decision.ok ? decision.database : '',
      database: 'master',
      knownTransaction: 0n,
    };
    // The answer still travels in packets of the initial size: the new one counts from the next message on.
    const response = new Response(this.#wire, { ...state, packetSize: packetSize.initial });
    if (!decision.ok) {
      response.message(decision.message);
      await response.finish();
      this.#wire.end();
      return;
    }
    const { session } = decision;
    if (this.#wire.closed) {
      session.end();
      return;
    }
    clearTimeout(this.#loginDeadline);
    this.#wire.messageLimit = requestLimit;
    acceptLogin(response, state, tds, version);
    state.database = state.loginDatabase;
    this.#phase = {
      name: 'ready',
      context: { session, state, prepared: new PreparedStatements(), transactionName: '' },
    };
    await response.finish();
  }

  async #ask(login: Login7, cover: TlsCover): Promise<LoginDecision> {
    const unanswered = unansweredLogin(login);
    if (unanswered !== undefined) {
      return { ok: false, message: unanswered };
    }
    try {
      return await this.#settings.backend.login(this.#loginRequest(login, cover), (last) => {
        this.#disconnect(last);
      });
    } catch (error) {
      return { ok: false, message: defect(error) };
    }
  }

  #loginRequest(login: Login7, cover: TlsCover): LoginRequest {
    return {
      user: login.user,
      password: login.password,
      newPassword: login.newPassword,
      database: login.database,
      hostName: login.hostName,
      programName: login.programName,
      clientProcessId: login.clientProcessId,
      remoteAddress: this.#addresses.remoteAddress,
      localAddress: this.#addresses.localAddress,
      localPort: this.#addresses.localPort,
      encrypted: cover === 'everything',
    };
  }

  #request(message: Message, context: RequestContext): void {
    if (message.type === packetType.attention) {
      this.#attention.raise();
      if (this.#waiting > 0) {
        return;
      }
    } else if (this.#waiting >= mostWaiting) {
      throw new ProtocolViolation('requests without waiting for their responses');
    }
    this.#waiting += 1;
    this.#tail = this.#tail
      .then(() => this.#serve(message, context))
      .catch(() => {
        this.destroy();
      });
  }

  async #serve(message: Message, context: RequestContext): Promise<void> {
    try {
      if (message.type !== packetType.attention && !this.#wire.closed) {
        await this.#run(message, context);
      }
    } finally {
      this.#waiting -= 1;
    }
    if (this.#attention.settle()) {
      await new Response(this.#wire, context.state).acknowledgeAttention();
    }
    if (this.#ending) {
      this.#wire.end();
    }
  }

  async #run(message: Message, context: RequestContext): Promise<void> {
    const response = new Response(this.#wire, context.state);
    const signal = this.#attention.begin();
    await serveRequest(message, context, response, signal);
    if (this.#farewell !== undefined) {
      response.message(this.#farewell);
    }
    this.#ending ||= response.fatal;
    if (signal.aborted || message.abandoned) {
      await response.truncate();
    } else {
      await response.finish();
    }
  }

  /** The socket is gone: a running request is stopped first, then the backend forgets the session. */
  #hangUp(): void {
    clearTimeout(this.#loginDeadline);
    this.#attention.interrupt();
    if (this.#phase.name === 'ready') {
      const { session } = this.#phase.context;
      void this.#endWhenIdle(session);
    }
    this.#closed();
  }

  async #endWhenIdle(session: BackendSession): Promise<void> {
    await this.#tail;
    session.end();
  }
}

function expectType(message: Message, type: number): void {
  if (message.type !== type) {
    throw new ProtocolViolation(`a message of type ${message.type} where ${type} was due`);
  }
}
