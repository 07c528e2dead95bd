import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { startService, stopService } from './service-calls.ts';

/** A thread of its own for one call that may hold it for half a minute. It answers once. */
export const serviceOrderSchema = z.strictObject({ order: z.enum(['stop', 'start']), name: z.string() });

if (parentPort !== null) {
  const { order, name } = serviceOrderSchema.parse(workerData);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort.postMessage(order === 'stop' ? stopService(name) : startService(name));
}
