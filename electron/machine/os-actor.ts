import { hostname, userInfo } from 'node:os';
import type { Actor } from './actor.ts';

/**
 * The account that runs this process. On Windows `elevated` is false because nothing here can tell yet: a false there
 * means unknown, and what needs more rights is refused by the system itself.
 */
export function osActor(): Actor {
  const { username, uid } = userInfo();
  const machine = hostname();
  if (process.platform === 'win32') {
    return { account: `${process.env['USERDOMAIN'] ?? machine}\\${username}`, elevated: false, machine };
  }
  return { account: `${username} (${uid})`, elevated: process.geteuid?.() === 0, machine };
}
