import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import type { PushListener } from '#electron/server/handlers.ts';
import { mostBytesIn } from '#electron/server/plain-input.ts';
import type { Server } from '#electron/server/server.ts';
import { hasOwnHost, ownOrigin } from './preview-requests.ts';
import type { PreviewTokens } from './preview-tokens.ts';

/** One connection of a tab. It is nobody until its first message brought the tab's token. */
export interface PreviewSender {
  known: boolean;
}

/** Milliseconds within which the token has to come. */
const tokenWithin = 5000;
/** The WebSocket code for a message that breaks the rules. */
const policyViolation = 1008;

interface Message {
  readonly token?: unknown;
  readonly id?: unknown;
  readonly channel?: unknown;
  readonly input?: unknown;
}

function read(data: RawData): Message | undefined {
  try {
    const message: unknown = JSON.parse((data as Buffer).toString('utf8'));
    return typeof message === 'object' && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}

export interface PreviewSocket {
  readonly push: PushListener;
  readonly close: () => void;
}

/** The one WebSocket: only from our own page (Host and Origin), only after the token, then the calls of the contract. */
export function listenForTabs(
  http: HttpServer,
  port: number,
  tokens: PreviewTokens,
  server: Server<PreviewSender>,
): PreviewSocket {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    perMessageDeflate: false,
    // The door refuses what is larger with a sentence; this only bounds what is read to learn that.
    maxPayload: 2 * mostBytesIn,
  });
  const knownTabs = new Set<WebSocket>();

  const answerCall = async (socket: WebSocket, sender: PreviewSender, id: number, channel: unknown, input: unknown) => {
    const answer = await server.handle(channel, input, sender);
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ id, answer }));
  };

  const serve = (socket: WebSocket) => {
    const sender: PreviewSender = { known: false };
    const tooLate = setTimeout(() => {
      socket.close(policyViolation);
    }, tokenWithin);
    socket.on('error', () => {
      socket.terminate();
    });
    socket.on('close', () => {
      clearTimeout(tooLate);
      knownTabs.delete(socket);
    });
    socket.on('message', (data) => {
      const message = read(data);
      if (message === undefined) return socket.close(policyViolation);
      if (!sender.known) {
        clearTimeout(tooLate);
        sender.known = tokens.isTabs(message.token);
        if (!sender.known) return socket.close(policyViolation);
        knownTabs.add(socket);
        return;
      }
      const { id, channel, input } = message;
      if (typeof id !== 'number') return socket.close(policyViolation);
      void answerCall(socket, sender, id, channel, input);
    });
  };

  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (!hasOwnHost(request, port) || request.headers.origin !== ownOrigin(port) || request.url !== '/') {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, serve);
  });

  return {
    push: (name, value) => {
      const fitting = server.outgoing(name, value);
      if (fitting === undefined) return;
      const text = JSON.stringify({ push: name, value: fitting });
      for (const socket of knownTabs) socket.send(text);
    },
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
