import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';

/** A program from the PATH that a test needs. */
export interface Peer {
  readonly program: string;
  /** Where it was found, undefined when it is not installed. */
  readonly path: string | undefined;
}

export function findPeer(program: string): Peer {
  const names = process.platform === 'win32' ? [`${program}.exe`] : [program];
  const candidates = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return { program, path: candidates.find(isExecutable) };
}

/**
 * Declares tests that need a peer. Without it they are left out and the reason is printed, unless MORTISE_REQUIRE_PEERS is
 * set: then its absence is a failure, so that a machine meant to show the peer cannot lose it unnoticed.
 */
export function withPeer(peer: Peer, declare: (path: string) => void): void {
  if (peer.path !== undefined) {
    declare(peer.path);
    return;
  }
  const reason = `${peer.program} is not installed on this machine`;
  if ((process.env['MORTISE_REQUIRE_PEERS'] ?? '') !== '') {
    it(`needs ${peer.program}`, () => {
      expect.fail(`${reason}, and MORTISE_REQUIRE_PEERS asks for it`);
    });
    return;
  }
  process.stdout.write(`left out: ${reason}\n`);
  it.skip(`left out: ${reason}`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
