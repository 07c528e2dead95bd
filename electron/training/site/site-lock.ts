import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { fingerprint } from './site-folder.ts';
import type { SiteFolder } from './site-folder.ts';

/** Held by the one process that serves a folder. */
export interface SiteLock {
  release(): Promise<void>;
}

/**
 * Makes sure that one process serves a folder. Undefined when another one has it.
 *
 * A name in the kernel, not a file: it is gone in the moment its holder is, whatever way that ends, so that there are
 * no stale locks to judge. Linux: an abstract socket. Windows: the control channel's named pipe is such a name itself,
 * so nothing more is needed. Elsewhere there is none and two sites must not be started on one folder.
 */
export function takeSiteLock(folder: SiteFolder): Promise<SiteLock | undefined> {
  if (process.platform !== 'linux') return Promise.resolve({ release: () => Promise.resolve() });
  const name = `\0mortise-training-${userInfo().uid}-${fingerprint(folder.path)}`;
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (problem: NodeJS.ErrnoException) => {
      if (problem.code === 'EADDRINUSE') resolve(undefined);
      else reject(problem);
    });
    server.listen(name, () => {
      server.unref();
      resolve({ release: () => new Promise((done) => void server.close(() => done())) });
    });
  });
}
