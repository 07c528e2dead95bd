import { expect, it } from 'vitest';
import { whyNoHosts } from './two-hosts.ts';
import type { Rights } from './two-hosts.ts';

/**
 * The rights under which the hosts can be made on this machine. One that is left out says why, and fails where
 * MORTISE_REQUIRE_PEERS is set.
 */
export function rightsHere(): readonly Rights[] {
  return (['as root', 'under rights of its own'] as const).filter((rights) => {
    const why = whyNoHosts(rights);
    if (why === undefined) return true;
    if ((process.env['MORTISE_REQUIRE_PEERS'] ?? '') === '') {
      process.stdout.write(`left out: ${why}\n`);
      it.skip(`left out: ${why}`);
    } else {
      it(`needs network namespaces, ${rights}`, () => expect.fail(`${why}, and MORTISE_REQUIRE_PEERS asks for it`));
    }
    return false;
  });
}
