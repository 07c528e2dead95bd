import { connect } from 'node:net';
import type { NetConnectOpts, Socket } from 'node:net';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Route } from './route.ts';
import { codeOf } from './within.ts';

/** Opens a socket on the route: one address after the other, each with its share of the limit (milliseconds). */
export async function openSocket(
  route: Route,
  { endpoint, limit }: { readonly endpoint: string; readonly limit: number },
): Promise<Result<Socket>> {
  if (route.kind === 'pipe') {
    const opened = await attempt({ path: route.path }, limit);
    return typeof opened === 'string' ? failed(pipeFailure(opened, route.path)) : succeed(opened);
  }
  const share = limit / route.addresses.length;
  const codes: string[] = [];
  for (const address of route.addresses) {
    const opened = await attempt({ host: address, port: route.port }, share);
    if (typeof opened !== 'string') return succeed(opened);
    codes.push(opened);
  }
  return failed(socketFailure(codes, endpoint, limit));
}

const silent = 'ETIMEDOUT';

function socketFailure(codes: readonly string[], endpoint: string, limit: number): Failure {
  // A refusal is news of a living machine; with another address that is silent, the silence is what needs looking at.
  if (codes.every((code) => code === 'ECONNREFUSED')) return failure('port-closed', { endpoint });
  if (codes.includes(silent)) return failure('host-silent', { endpoint, seconds: Math.round(limit / 100) / 10 });
  const cause = codes.find((code) => code !== 'ECONNREFUSED') ?? 'unknown';
  return failure('host-unreachable', { endpoint, cause });
}

function pipeFailure(code: string, pipe: string): Failure {
  // Nobody behind a socket file is the same as no pipe.
  const absent = code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ENOTSOCK';
  return absent ? failure('pipe-not-found', { pipe }) : failure('pipe-refused', { pipe, cause: code });
}

/** The connected socket, or the code of what went wrong. */
async function attempt(to: NetConnectOpts, limit: number): Promise<Socket | string> {
  const socket = connect(to);
  return await new Promise((resolve) => {
    const end = (answer: Socket | string) => {
      clearTimeout(timer);
      socket.off('error', onError);
      // Whoever takes the socket over sets his own listener; what fails in between must not end the process.
      socket.on('error', () => undefined);
      if (typeof answer === 'string') socket.destroy();
      resolve(answer);
    };
    const onError = (error: Error) => end(codeOf(error));
    const timer = setTimeout(() => end(silent), limit);
    socket.once('error', onError);
    socket.once('connect', () => end(socket));
  });
}
