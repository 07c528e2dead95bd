import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Outcome } from '#shared/plan.ts';
import type { AtStart } from '#electron/at-start/at-start.ts';
import type { MeantBlock } from '#electron/site/secure-mode/meant-block.ts';
import type { Change, Draft } from '../change.ts';
import { outcomeOf, verified } from '../outcome.ts';
import type { Run } from '../run.ts';
import { keepAgain } from './put-up-block.ts';
import { takeAwayAtStart } from './put-up-at-start.ts';
import type { SecureModeParts } from './secure-mode-parts.ts';

export interface SwitchOffParts extends SecureModeParts {
  readonly atStart: AtStart;
}

/** Switches secure mode off: removes the rules, what is meant, and what would put them up at the next start. */
export class SwitchSecureModeOff implements Change<{ readonly reason: string }> {
  readonly #parts: SwitchOffParts;

  constructor(parts: SwitchOffParts) {
    this.#parts = parts;
  }

  async plan(input: { readonly reason: string }): Promise<Result<Draft>> {
    const { firewall, meant, atStart } = this.#parts;
    const now = await firewall.read({ thorough: true });
    if (now.state === 'unknown') return failed(now.cause);
    const kept = await meant.read();
    if (!kept.ok) return kept;
    const starting = await atStart.read(kept.value);
    // Left there, it would put the block up again when nobody looks.
    if (starting.state === 'unknown') return failed(starting.cause);
    const runsAtStart = starting.value === 'installed' || starting.value === 'outdated';
    if (now.value.rules.length === 0 && kept.value === undefined && !runsAtStart)
      return failed(failure('already-so', { what: 'none of our rules are in force' }));
    return succeed({
      body: {
        title: 'Switch secure mode off',
        // No database keeps the reason of this one; the trail keeps the summary.
        summary: `Other machines on the network can reach SQL Server again. Reason: ${input.reason}`,
        steps: [
          {
            id: 'unblock',
            title: 'Remove the rules',
            changes: now.value.rules.map((rule) => ({ kind: 'firewall', action: 'remove', rule })),
          },
          ...(runsAtStart
            ? [
                {
                  id: 'at-start',
                  title: 'Take away what puts the block up at every start',
                  changes: [...atStart.describeRemoval()],
                },
              ]
            : []),
        ],
        affected: [
          {
            who: 'Every machine that reaches this one',
            how: 'Can open connections to SQL Server again; the login is then the only protection.',
          },
        ],
        warnings: [],
        takeBack: { possible: true, how: 'Switch secure mode on again.' },
        consent: 'Let other machines reach SQL Server on this machine again?',
      },
      rests: JSON.stringify([now.value.rules, starting.value]),
      apply: async (run) => await this.#apply(kept.value, runsAtStart, run),
    });
  }

  async #apply(meant: MeantBlock | undefined, runsAtStart: boolean, run: Run): Promise<Result<Outcome>> {
    const { firewall, clock, atStart } = this.#parts;
    run.mark('unblock', 'running');
    // First: rules that nobody means any more are harmless, missing ones that somebody means would be drift.
    const forgotten = await this.#parts.meant.forget();
    if (!forgotten.ok) return forgotten;
    const done = await firewall.unblock();
    if (!done.ok) {
      const again = await keepAgain(this.#parts, meant);
      return again.ok ? done : again;
    }
    const after = await firewall.read({ thorough: true });
    if (after.state === 'unknown') return failed(after.cause);
    if (after.value.rules.length > 0)
      return failed(failure('proof-failed', { what: 'some of our rules are still in force' }));
    run.mark('unblock', 'done');
    // Last: should it fail, the machine is blocked again at its next start, not open.
    if (runsAtStart) {
      run.mark('at-start', 'running');
      const removed = await takeAwayAtStart(atStart);
      if (!removed.ok) return removed;
      run.mark('at-start', 'done');
    }
    return succeed(
      outcomeOf(
        'Secure mode is off',
        'Other machines can reach SQL Server again.',
        [verified('None of our rules are in force', 'Rules read back from the firewall', clock)],
        clock,
      ),
    );
  }
}
