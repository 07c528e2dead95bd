import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { queryRunningDependants, queryService } from './service-calls.ts';
import type { ServiceManager, Win32Answer } from './service-manager.ts';

/** The entry beside this file, or beside the bundle that it is part of. */
const worker = new URL(`./service-call-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);

/** The one call on a thread of its own. It does not keep the program from ending. */
function onItsOwnThread(order: 'stop' | 'start', name: string): Promise<Win32Answer<undefined>> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: { order, name } });
    thread.once('message', (answer: Win32Answer<undefined>) => resolve(answer));
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`The thread that was to ${order} a service ended with ${code}.`)));
    thread.unref();
  });
}

/** The service control manager of this Windows machine. */
export const nativeServiceManager: ServiceManager = {
  status: queryService,
  runningDependants: queryRunningDependants,
  askToStop: (name) => onItsOwnThread('stop', name),
  askToStart: (name) => onItsOwnThread('start', name),
};
