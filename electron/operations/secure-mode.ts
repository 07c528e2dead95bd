import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Claim } from '#shared/plan.ts';
import type { Listener } from '#shared/snapshot.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { Firewall, OutsideProbe } from '#electron/firewall/firewall.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { listenersOf, originOf, stillOpen } from '#electron/site/network-view.ts';
import type { Change, Draft } from './change.ts';
import { outcomeOf, refuted, saidOf, unproved, verified } from './outcome.ts';
import type { Run } from './run.ts';
import { waitUntil } from './wait.ts';

export interface SecureModeParts {
  readonly firewall: Firewall;
  readonly probe: OutsideProbe;
  readonly status: () => Promise<Result<SiteStatus>>;
  readonly serviceLogins: readonly string[];
  readonly clock: Clock;
}

/** How long a session that was cut off may still be listed by the server, in milliseconds. */
const sessionsGoneLimit = 10_000;

const serviceLost = 'a local service lost its connection';
const servicesUnread = 'whether the local services are still logged in could not be read';

const sayListener = (listener: Listener) => `${listener.protocol.toUpperCase()} ${listener.port} (${listener.purpose})`;

function remoteSessions(status: SiteStatus) {
  return status.sessions.filter((session) => originOf(session) === 'remote');
}

/** Switches secure mode on: blocks every listener for every other machine, then proves it. */
export class SwitchSecureModeOn implements Change<Record<string, never>> {
  readonly #parts: SecureModeParts;

  constructor(parts: SecureModeParts) {
    this.#parts = parts;
  }

  async plan(): Promise<Result<Draft>> {
    const { firewall } = this.#parts;
    const now = await firewall.read();
    if (now.state === 'unknown') return failed(now.cause);
    const status = await this.#parts.status();
    if (!status.ok) return status;
    const listeners = listenersOf(status.value);
    const remote = remoteSessions(status.value);
    const rules = firewall.describe(listeners);
    return succeed({
      body: {
        title: 'Switch secure mode on',
        summary: `Blocks ${listeners.map(sayListener).join(', ')} for every other machine. Services on this machine go on.`,
        steps: [
          {
            id: 'block',
            title: 'Block the listeners for every other machine',
            changes: rules.map((rule) => ({ kind: 'firewall', action: 'add', rule })),
          },
          { id: 'read-back', title: 'Read the rules back', changes: [] },
          { id: 'sessions', title: 'Wait until no session from another machine is left', changes: [] },
          { id: 'probe', title: 'Try every listener from the other machine', changes: [] },
          { id: 'local', title: 'Check that the local services are still logged in', changes: [] },
        ],
        affected: remote.map((session) => ({
          who: `${session.program || 'A program'} on ${session.host || session.address} (${session.address}), login ${session.login}`,
          how: `Cut off: ${session.sessions} session${session.sessions === 1 ? '' : 's'} from another machine end.`,
        })),
        warnings: [],
        takeBack: { possible: true, how: 'Switch secure mode off; the rules are removed.' },
        consent: null,
      },
      rests: JSON.stringify({ listeners, rules: now.value.rules }),
      apply: async (run) => await this.#apply(listeners, run),
    });
  }

  async #apply(listeners: readonly Listener[], run: Run) {
    const { firewall, clock } = this.#parts;
    run.mark('block', 'running');
    const blocked = await firewall.block(listeners);
    if (!blocked.ok) return blocked;
    run.mark('block', 'done');
    const claims = await this.#prove(listeners, run, async (why) => await this.#takeBlockBack(why));
    if (!claims.ok) return claims;
    const refutedClaim = claims.value.find((claim) => claim.verdict === 'refuted');
    if (refutedClaim !== undefined)
      return failed(failure('proof-failed', { what: `not shown: ${refutedClaim.claim.toLowerCase()}` }));
    return succeed(
      outcomeOf(
        'Secure mode is on',
        saidOf(claims.value, 'No other machine reaches SQL Server here; local services go on.'),
        claims.value,
        clock,
      ),
    );
  }

  /** Whether the block is in force for every listener that the server has now. */
  async isOn(): Promise<Result<boolean>> {
    const now = await this.#parts.firewall.read();
    if (now.state === 'unknown') return failed(now.cause);
    const status = await this.#parts.status();
    if (!status.ok) return status;
    return succeed(
      now.value.overriddenBy.length === 0 && stillOpen(listenersOf(status.value), now.value.blocked).length === 0,
    );
  }

  /** Proves anew that the block holds, for the listeners that the server has now. Changes nothing. */
  async proofOfOn(run: Run): Promise<Result<Claim[]>> {
    const status = await this.#parts.status();
    if (!status.ok) return status;
    return await this.#prove(listenersOf(status.value), run, async (why) => await Promise.resolve(why));
  }

  /** A block that cuts off the site's own service, or may do so, is taken back at once. */
  async #takeBlockBack(why: string): Promise<string> {
    const back = await this.#parts.firewall.unblock();
    return back.ok ? `${why}, so the block was removed again` : `${why}, and the block could not be removed`;
  }

  /** `whenCutOff` says what came of a local service that is not logged in. */
  async #prove(
    listeners: readonly Listener[],
    run: Run,
    whenCutOff: (why: string) => Promise<string>,
  ): Promise<Result<Claim[]>> {
    const claims: Claim[] = [];
    for (const prove of [
      async () => await this.#readBack(listeners, run),
      async () => await this.#noRemoteSessions(run),
      async () => await this.#probeOutside(listeners, run),
      async () => await this.#localServices(run, whenCutOff),
    ]) {
      const claim = await prove();
      if (!claim.ok) return claim;
      claims.push(claim.value);
    }
    return succeed(claims);
  }

  async #readBack(listeners: readonly Listener[], run: Run): Promise<Result<Claim>> {
    const { firewall, clock } = this.#parts;
    run.mark('read-back', 'running');
    const after = await firewall.read();
    if (after.state === 'unknown') return failed(after.cause);
    const open = stillOpen(listeners, after.value.blocked);
    run.mark('read-back', 'done');
    const claim = 'The block is in force for every listener';
    return succeed(
      open.length === 0 && after.value.overriddenBy.length === 0
        ? verified(claim, 'Rules read back from the firewall', clock)
        : refuted(claim, 'Rules read back from the firewall', clock),
    );
  }

  async #noRemoteSessions(run: Run): Promise<Result<Claim>> {
    const { clock } = this.#parts;
    run.mark('sessions', 'running');
    let untold = 0;
    let unread = false;
    const gone = await waitUntil(sessionsGoneLimit, async () => {
      const status = await this.#parts.status();
      unread = !status.ok;
      if (!status.ok) return false;
      untold = status.value.sessions.filter((session) => originOf(session) === 'cannot-tell').length;
      return remoteSessions(status.value).length === 0;
    });
    run.mark('sessions', 'done');
    const claim = 'No session from another machine is left';
    const method = "The server's list of sessions";
    if (unread) return succeed(unproved(claim, 'The list of sessions could not be read', clock));
    if (!gone) return succeed(refuted(claim, method, clock));
    return succeed(
      untold === 0
        ? verified(claim, method, clock)
        : unproved(claim, `${method}, which shows some without an address`, clock),
    );
  }

  async #probeOutside(listeners: readonly Listener[], run: Run): Promise<Result<Claim>> {
    const { probe, clock } = this.#parts;
    run.mark('probe', 'running');
    const report = await probe.probe(listeners);
    const claim = 'Another machine cannot connect';
    if (!report.ok) {
      run.mark('probe', 'done', report.error.sentence);
      return succeed(unproved(claim, 'Not probed from outside', clock));
    }
    run.mark(
      'probe',
      'done',
      `From ${report.value.from}: ${report.value.reached.length} of ${listeners.length} listeners answered`,
    );
    const method = `Every listener tried from ${report.value.from}`;
    return succeed(report.value.reached.length === 0 ? verified(claim, method, clock) : refuted(claim, method, clock));
  }

  async #localServices(run: Run, whenCutOff: (why: string) => Promise<string>): Promise<Result<Claim>> {
    const { clock, serviceLogins } = this.#parts;
    run.mark('local', 'running');
    let unread = false;
    const there = await waitUntil(sessionsGoneLimit, async () => {
      const status = await this.#parts.status();
      unread = !status.ok;
      return (
        status.ok &&
        serviceLogins.every((login) =>
          status.value.sessions.some((session) => session.login === login && originOf(session) !== 'remote'),
        )
      );
    });
    if (!there)
      return failed(failure('proof-failed', { what: await whenCutOff(unread ? servicesUnread : serviceLost) }));
    run.mark('local', 'done');
    return succeed(verified('The local services are still logged in', "The server's list of sessions", clock));
  }
}

/** Switches secure mode off: removes the rules. */
export class SwitchSecureModeOff implements Change<{ readonly reason: string }> {
  readonly #parts: SecureModeParts;

  constructor(parts: SecureModeParts) {
    this.#parts = parts;
  }

  async plan(input: { readonly reason: string }): Promise<Result<Draft>> {
    const { firewall, clock } = this.#parts;
    const now = await firewall.read();
    if (now.state === 'unknown') return failed(now.cause);
    if (now.value.rules.length === 0) return failed(failure('already-so', { what: 'none of our rules are in force' }));
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
      rests: JSON.stringify(now.value.rules),
      apply: async (run) => {
        run.mark('unblock', 'running');
        const done = await firewall.unblock();
        if (!done.ok) return done;
        const after = await firewall.read();
        if (after.state === 'unknown') return failed(after.cause);
        if (after.value.rules.length > 0)
          return failed(failure('proof-failed', { what: 'some of our rules are still in force' }));
        run.mark('unblock', 'done');
        return succeed(
          outcomeOf(
            'Secure mode is off',
            'Other machines can reach SQL Server again.',
            [verified('None of our rules are in force', 'Rules read back from the firewall', clock)],
            clock,
          ),
        );
      },
    });
  }
}
