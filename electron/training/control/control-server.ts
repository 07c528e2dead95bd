import { randomUUID } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { controlMethods, longestRequest, requestSchema } from './control.ts';
import type { ControlHandlers, ControlMethod } from './control.ts';
import { parseJson, readLines } from './lines.ts';

export interface ControlServer {
  /** How many Mortises are connected now. */
  attached(): number;
  close(): Promise<void>;
}

export interface ControlServerOptions {
  readonly address: string;
  readonly handlers: ControlHandlers;
  /** Called when the number of those who are connected has changed. */
  readonly onAttachedChange: (attached: number) => void;
  /** Told of defects, with the identifier that the client was given. */
  readonly onDefect: (id: string, defect: unknown) => void;
}

/**
 * Opens the control channel. On a file system its address is a socket that only this account may open (mode 0600); the
 * caller holds the site's lock, so a socket that is already there is left over from a killed process.
 */
export async function openControlServer(options: ControlServerOptions): Promise<ControlServer> {
  const sockets = new Set<Socket>();
  const onFileSystem = !options.address.startsWith('\\\\.\\pipe\\');
  if (onFileSystem) await rm(options.address, { force: true });

  const server = createServer((socket) => {
    sockets.add(socket);
    options.onAttachedChange(sockets.size);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      options.onAttachedChange(sockets.size);
    });
    readLines(socket, longestRequest, (line) => {
      void respond(socket, line, options);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // The mask closes the moment between creating the socket and setting its mode.
    const mask = onFileSystem ? process.umask(0o177) : undefined;
    server.listen(options.address, resolve);
    if (mask !== undefined) process.umask(mask);
  });
  if (onFileSystem) await chmod(options.address, 0o600);

  return {
    attached: () => sockets.size,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function respond(socket: Socket, line: string, options: ControlServerOptions): Promise<void> {
  const text = await answer(line, options);
  if (!socket.destroyed) socket.write(`${text}\n`);
}

async function answer(line: string, options: ControlServerOptions): Promise<string> {
  const request = requestSchema.safeParse(parseJson(line));
  if (!request.success) return JSON.stringify({ id: 0, ...badRequest('not a request of this protocol') });
  const { id, method, params } = request.data;
  try {
    const result = await call(method, params, options.handlers);
    return JSON.stringify({ id, ...result });
  } catch (defect) {
    const defectId = randomUUID();
    options.onDefect(defectId, defect);
    return JSON.stringify({ id, ...failed(failure('internal', { id: defectId })) });
  }
}

async function call(method: ControlMethod, params: unknown, handlers: ControlHandlers): Promise<Result<unknown>> {
  const parsed = controlMethods[method].params.safeParse(params);
  if (!parsed.success) return badRequest(`${method}: ${parsed.error.issues[0]?.message ?? 'wrong parameters'}`);
  // The table pairs each method with its own parameters; the compiler cannot follow the pair through a variable key.
  const handler = handlers[method] as (params: unknown) => Promise<Result<unknown>>;
  return handler(parsed.data);
}

function badRequest(what: string): Result<never> {
  return failed(failure('bad-request', { what }));
}
