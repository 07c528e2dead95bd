import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Privileged } from '#electron/machine/privileged.ts';
import { findNft, unreadable } from './nft.ts';

/** Every rule of this machine, as `nft -j list ruleset` answers it, for whoever looks for more than our own. Never asks. */
export async function wholeRuleset(
  privileged: Privileged,
  program = findNft(),
  limit = 10_000,
): Promise<Result<unknown>> {
  const answer = await privileged.run(program, ['-j', 'list', 'ruleset'], { mayAsk: false, limit });
  if (answer.kind !== 'ended' || answer.exitCode !== 0) return failed(unreadable(answer, 'read'));
  try {
    return succeed(JSON.parse(answer.output) as unknown);
  } catch {
    return failed(failure('firewall-unreadable', { cause: 'the answer of nft is not whole' }));
  }
}
