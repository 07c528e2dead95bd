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
import { isLoggedInHere, proveBlock } from './proofs.ts';
import type { SecureModeParts } from './secure-mode-parts.ts';

/** What putting a block up rests on, read just before. */
export interface BlockGround {
  readonly before: FirewallState;
  readonly meant: MeantBlock | undefined;
  readonly status: SiteStatus;
  readonly listeners: readonly Listener[];
  /** Who could not be asked where SQL Server listens, in sentences: what they know of is not blocked. */
  readonly unread: readonly string[];
}

/** Reads it. SQL Server and the firewall must be read; whoever else could not be asked is said, and leaves a doubt. */
export async function readBlockGround(parts: SecureModeParts): Promise<Result<BlockGround>> {
  const before = await parts.firewall.read({ thorough: true });
  if (before.state === 'unknown') return failed(before.cause);
  const meant = await parts.meant.read();
  if (!meant.ok) return meant;
  const status = await parts.status();
  if (!status.ok) return status;
  const { listeners, asked } = await parts.survey(status.value);
  const unread = asked.flatMap(({ found }) => (found.state === 'unknown' ? [found.cause.sentence] : []));
  return succeed({ before: before.value, meant: meant.value, status: status.value, listeners, unread });
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
    {
      id: 'sessions',
      title: 'Wait until no session from another machine is left, and end what is left',
      changes: [
        {
          kind: 'tsql',
          where: 'master',
          as: "Mortise's own login",
          text: '-- each session of another machine that SQL Server still lists by then\nKILL [its number];',
        },
      ],
    },
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
  { before, meant, status, unread }: BlockGround,
  block: Block,
  run: Run,
): Promise<Result<Outcome>> {
  const { firewall, clock, account, serviceLogins } = parts;
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
    if (blocked.error.code === 'firewall-unsure') return blocked;
    const again = await keepAgain(parts, meant);
    return again.ok ? blocked : again;
  }
  run.mark('block', 'done');
  const whenCutOff = async (why: string) => `${why}, ${await putBack(parts, before, meant)}`;
  // One that was not logged in before is not cut off by this.
  const services = serviceLogins.filter((login) => isLoggedInHere(status, login));
  const claims = await proveBlock(parts, { ...block, unread, services, endSessions: true, whenCutOff }, run);
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

/** Puts back what was before, the block that was meant then or none, and says what came of it. */
async function putBack(parts: SecureModeParts, before: FirewallState, meant: MeantBlock | undefined): Promise<string> {
  const { firewall } = parts;
  const former = before.rules.length > 0 ? meant : undefined;
  const back = former === undefined ? await firewall.unblock() : await firewall.block(former);
  const again = await keepAgain(parts, former);
  if (!back.ok) return 'and the block could not be removed';
  const done = former === undefined ? 'so the block was removed again' : 'so the block of before was put back';
  return again.ok ? done : `${done}, but that could not be written down (${again.error.sentence})`;
}

export async function keepAgain(
  { meant: kept }: Pick<SecureModeParts, 'meant'>,
  meant: MeantBlock | undefined,
): Promise<Result<undefined>> {
  return meant === undefined ? await kept.forget() : await kept.keep(meant);
}
