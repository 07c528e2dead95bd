import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Outcome, PlanStep } from '#shared/plan.ts';
import type { AllowedAddress, Listener } from '#shared/secure-mode.ts';
import type { Block, FirewallState } from '#electron/firewall/firewall.ts';
import { stillAllowed } from '#electron/firewall/still-allowed.ts';
import type { MeantBlock } from '#electron/site/secure-mode/meant-block.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { outcomeOf, saidOf } from '../outcome.ts';
import type { Run } from '../run.ts';
import { proveBlock } from './proofs.ts';
import type { SecureModeParts } from './secure-mode-parts.ts';

/** What putting a block up rests on, read just before. */
export interface BlockGround {
  readonly before: FirewallState;
  readonly meant: MeantBlock | undefined;
  readonly status: SiteStatus;
  readonly listeners: readonly Listener[];
}

/** Reads it; whatever cannot be read stands in the way of a plan, since nobody could say what would be blocked. */
export async function readBlockGround(parts: SecureModeParts): Promise<Result<BlockGround>> {
  const before = await parts.firewall.read({ thorough: true });
  if (before.state === 'unknown') return failed(before.cause);
  const meant = await parts.meant.read();
  if (!meant.ok) return meant;
  const status = await parts.status();
  if (!status.ok) return status;
  const { listeners } = await parts.survey(status.value);
  return succeed({ before: before.value, meant: meant.value, status: status.value, listeners });
}

/** The addresses that were allowed and still are. */
export const allowedOf = (meant: MeantBlock | undefined, now: Date): readonly AllowedAddress[] =>
  stillAllowed(meant?.allowed ?? [], now);

/** The steps of every change that puts a block up. */
export function blockSteps(parts: SecureModeParts, { before }: BlockGround, block: Block): PlanStep[] {
  const rules = parts.firewall.describe(block);
  return [
    {
      id: 'block',
      title: 'Block the listeners for every other machine',
      changes: [
        ...before.rules
          .filter((rule) => !rules.includes(rule))
          .map((rule) => ({ kind: 'firewall', action: 'remove', rule }) as const),
        ...rules
          .filter((rule) => !before.rules.includes(rule))
          .map((rule) => ({ kind: 'firewall', action: 'add', rule }) as const),
      ],
    },
    { id: 'read-back', title: 'Read the rules back', changes: [] },
    { id: 'sessions', title: 'Wait until no session from another machine is left, and end what is left', changes: [] },
    { id: 'probe', title: 'Try every listener from the other machine', changes: [] },
    { id: 'local', title: 'Check that the local services are still logged in', changes: [] },
  ];
}

/**
 * Puts it up and proves it. What is meant is kept first, so that after a power cut in between the missing rules are
 * drift that somebody sees. A block that cuts off the site's own service, or may do so, gives way to what was before.
 */
export async function putUpBlock(
  parts: SecureModeParts,
  { before, meant }: BlockGround,
  block: Block,
  run: Run,
): Promise<Result<Outcome>> {
  const { firewall, clock, account } = parts;
  run.mark('block', 'running');
  const meaning: MeantBlock = {
    since: clock.now().toISOString(),
    by: account,
    listeners: block.listeners.map(({ address, port, protocol, purpose }) => ({ address, port, protocol, purpose })),
    allowed: [...block.allowed],
    accepted: [],
  };
  const kept = await parts.meant.keep(meaning);
  if (!kept.ok) return kept;
  const blocked = await firewall.block(block);
  if (!blocked.ok) {
    // Where it may have been taken, it stays meant: a person sees what is missing.
    if (blocked.error.code !== 'firewall-unsure') await keepAgain(parts, meant);
    return blocked;
  }
  run.mark('block', 'done');
  const whenCutOff = async (why: string) => {
    const back = await putBack(parts, before, meant);
    return back ? `${why}, so the block was removed again` : `${why}, and the block could not be removed`;
  };
  const claims = await proveBlock(parts, { ...block, endSessions: true, whenCutOff }, run);
  if (!claims.ok) return claims;
  const noted = await noteWeakenings(parts, meaning);
  if (!noted.ok) return noted;
  const refuted = claims.value.find(({ verdict }) => verdict === 'refuted');
  if (refuted !== undefined)
    return failed(failure('proof-failed', { what: `not shown: ${refuted.claim.toLowerCase()}` }));
  return succeed(
    outcomeOf(
      'Secure mode is on',
      saidOf(
        claims.value,
        block.allowed.length === 0
          ? 'No other machine reaches SQL Server here; local services go on.'
          : `No other machine than ${block.allowed.map(({ address }) => address).join(', ')} reaches SQL Server here.`,
      ),
      claims.value,
      clock,
    ),
  );
}

/** What weakens the block from the first is no drift later; where it cannot be read again, nothing is accepted. */
async function noteWeakenings({ firewall, meant }: SecureModeParts, meaning: MeantBlock): Promise<Result<undefined>> {
  const now = await firewall.read();
  if (now.state === 'unknown') return succeed();
  const accepted = now.value.findings.filter(({ effect }) => effect === 'weakens').map(({ sentence }) => sentence);
  return accepted.length === 0 ? succeed() : await meant.keep({ ...meaning, accepted });
}

/** What was before: the block that was meant then, or none. */
async function putBack(parts: SecureModeParts, before: FirewallState, meant: MeantBlock | undefined): Promise<boolean> {
  const { firewall } = parts;
  const back = before.rules.length > 0 && meant !== undefined ? await firewall.block(meant) : await firewall.unblock();
  await keepAgain(parts, meant);
  return back.ok;
}

export async function keepAgain({ meant: kept }: SecureModeParts, meant: MeantBlock | undefined): Promise<void> {
  await (meant === undefined ? kept.forget() : kept.keep(meant));
}
