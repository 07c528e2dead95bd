import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { parseJson, readLines } from './lines.ts';
import { answerSchema, controlMethods } from './control.ts';
import type { ControlMethod, ParamsOf, ResultOf } from './control.ts';

/** Mortise's end of the control channel. */
export interface ControlClient {
  /**
   * Asks one thing. Waits at most `limit` milliseconds (30 seconds unless told). `training-site-stopped` when the
   * process is gone or does not answer: whether it acted is then unknown and has to be read.
   */
  call<M extends ControlMethod>(method: M, params: ParamsOf<M>, limit?: number): Promise<Result<ResultOf<M>>>;
  /** Settles when the channel was lost otherwise than by `close`. */
  readonly lost: Promise<Failure>;
  close(): Promise<void>;
}

const usualLimit = 30_000;

/** Connects to a control channel; undefined when nothing listens there. */
export async function openControlClient(address: string): Promise<ControlClient | undefined> {
  const socket = await connectTo(address);
  if (socket === undefined) return undefined;

  const waiting = new Map<number, (answer: Result<unknown>) => void>();
  const stopped = failure('training-site-stopped', { cause: 'its process has ended' });
  let lastId = 0;
  let closing = false;
  const lost = new Promise<Failure>((resolve) => {
    socket.on('close', () => {
      for (const settle of waiting.values()) settle(failed(stopped));
      waiting.clear();
      if (!closing) resolve(stopped);
    });
  });
  socket.on('error', () => socket.destroy());
  readLines(socket, Number.POSITIVE_INFINITY, (line) => {
    const parsed = answerSchema.safeParse(parseJson(line));
    if (!parsed.success) {
      socket.destroy();
      return;
    }
    const answer = parsed.data;
    waiting.get(answer.id)?.(answer.ok ? succeed(answer.value) : failed(answer.error));
    waiting.delete(answer.id);
  });

  return {
    async call<M extends ControlMethod>(method: M, params: ParamsOf<M>, limit = usualLimit) {
      const answer = await ask(socket, waiting, (lastId += 1), { method, params }, limit);
      if (!answer.ok) return answer;
      return succeed(controlMethods[method].result.parse(answer.value) as ResultOf<M>);
    },
    lost,
    close: () => {
      closing = true;
      return new Promise<void>((resolve) => {
        if (socket.closed) return resolve();
        socket.once('close', () => resolve());
        socket.destroy();
      });
    },
  };
}

function connectTo(address: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', () => resolve(undefined));
  });
}

function ask(
  socket: Socket,
  waiting: Map<number, (answer: Result<unknown>) => void>,
  id: number,
  request: { readonly method: string; readonly params: unknown },
  limit: number,
): Promise<Result<unknown>> {
  return new Promise((resolve) => {
    if (socket.destroyed) {
      resolve(failed(failure('training-site-stopped', { cause: 'its process has ended' })));
      return;
    }
    const timer = setTimeout(() => {
      waiting.delete(id);
      resolve(failed(failure('training-site-stopped', { cause: `it did not answer within ${limit / 1000} s` })));
    }, limit);
    waiting.set(id, (answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
    socket.write(`${JSON.stringify({ id, ...request })}\n`);
  });
}
