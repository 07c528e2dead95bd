import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Claim } from '#shared/plan.ts';
import type { AllowedAddress, Listener } from '#shared/secure-mode.ts';
import { portWords } from '#shared/port-words.ts';
import { wasReached } from '#shared/was-reached.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { openToOthers } from '#electron/listeners/local-only.ts';
import { originOf } from '#electron/site/network-view.ts';
import { isAllowed, mayComeThrough } from '#electron/site/secure-mode/drift.ts';
import { stillOpen } from '#electron/site/secure-mode/ports.ts';
import { refuted, unproved, verified } from '../outcome.ts';
import type { Run } from '../run.ts';
import { waitUntil } from '../wait.ts';
import { endRemoteSessions } from './end-sessions.ts';
import { remoteSessions } from './remote-sessions.ts';
import type { SecureModeParts } from './secure-mode-parts.ts';

/** How long a session that was cut off may still be listed by the server, in milliseconds. */
const sessionsGoneLimit = 10_000;

const serviceLost = 'a local service lost its connection';
const servicesUnread = 'whether the local services are still logged in could not be read';

export interface ProofOfBlock {
  readonly listeners: readonly Listener[];
  readonly allowed: readonly AllowedAddress[];
  /** Who could not be asked where SQL Server listens, in sentences. */
  readonly unread: readonly string[];
  /** The logins of services that must be logged in on this machine. */
  readonly services: readonly string[];
  /** Whether what other machines still hold may be ended. */
  readonly endSessions: boolean;
  /** Says what came of a local service that is not logged in. */
  readonly whenCutOff: (why: string) => Promise<string>;
}

/** Proves that the block holds: rules, sessions, another machine, the local services. */
export async function proveBlock(parts: SecureModeParts, proof: ProofOfBlock, run: Run): Promise<Result<Claim[]>> {
  const claims: Claim[] = [];
  for (const prove of [readBack, noRemoteSessions, probeOutside, localServices]) {
    const claim = await prove(parts, proof, run);
    if (!claim.ok) return claim;
    claims.push(claim.value);
  }
  return succeed(claims);
}

async function readBack(
  { firewall, clock }: SecureModeParts,
  { listeners, unread }: ProofOfBlock,
  run: Run,
): Promise<Result<Claim>> {
  run.mark('read-back', 'running');
  const after = await firewall.read({ thorough: true });
  if (after.state === 'unknown') return failed(after.cause);
  const open = stillOpen(openToOthers(listeners), after.value.blocked);
  const against = after.value.findings.filter(({ effect }) => effect === 'voids');
  const doubts = [
    ...after.value.findings.filter(({ effect }) => effect === 'doubts').map(({ sentence }) => sentence),
    ...unread,
  ];
  run.mark('read-back', 'done', [...against.map(({ sentence }) => sentence), ...doubts].join(' ') || undefined);
  const claim = 'The block is in force for every listener';
  const method = 'Rules read back from the firewall';
  if (open.length > 0 || against.length > 0) return succeed(refuted(claim, method, clock));
  return succeed(
    doubts.length === 0 ? verified(claim, method, clock) : unproved(claim, `${method}, which leaves a doubt`, clock),
  );
}

async function noRemoteSessions(
  parts: SecureModeParts,
  { allowed, endSessions }: ProofOfBlock,
  run: Run,
): Promise<Result<Claim>> {
  const { clock, database } = parts;
  run.mark('sessions', 'running');
  const claim =
    allowed.length === 0
      ? 'No session from another machine is left'
      : 'No session is left from another machine that is not allowed';
  const method = "The server's list of sessions";
  const first = await sessionsGone(parts, allowed);
  let ended = '';
  let last = first;
  if (first.gone === false && endSessions) {
    const { ended: count, left } = await endRemoteSessions(database, allowed);
    ended = `Ended ${count} of them.${left === undefined ? '' : ` ${left.sentence}`}`;
    last = await sessionsGone(parts, allowed);
  }
  run.mark('sessions', 'done', ended || undefined);
  if (last.gone === undefined) return succeed(unproved(claim, 'The list of sessions could not be read', clock));
  if (!last.gone) return succeed(refuted(claim, method, clock));
  return succeed(
    last.untold === 0
      ? verified(claim, method, clock)
      : unproved(claim, `${method}, which shows some without an address`, clock),
  );
}

/** Waits until no session from another machine is listed; `gone` is undefined where the list could not be read at last. */
async function sessionsGone(
  { status }: SecureModeParts,
  allowed: readonly AllowedAddress[],
): Promise<{ readonly gone: boolean | undefined; readonly untold: number }> {
  let untold = 0;
  let unread = false;
  const gone = await waitUntil(sessionsGoneLimit, async () => {
    const now = await status();
    unread = !now.ok;
    if (!now.ok) return false;
    untold = now.value.sessions.filter((session) => originOf(session) === 'cannot-tell').length;
    return remoteSessions(now.value).every(({ address }) => isAllowed(allowed, address));
  });
  return { gone: unread ? undefined : gone, untold };
}

async function probeOutside(
  { probe, clock }: SecureModeParts,
  { listeners, allowed }: ProofOfBlock,
  run: Run,
): Promise<Result<Claim>> {
  run.mark('probe', 'running');
  const report = await probe.probe(listeners);
  const claim = 'Another machine cannot connect';
  if (!report.ok) {
    run.mark('probe', 'done', report.error.sentence);
    return succeed(unproved(claim, 'Not probed from outside', clock));
  }
  const { from, seen } = report.value;
  const reached = seen.filter(wasReached);
  run.mark(
    'probe',
    'done',
    reached.length === 0
      ? `From ${from}: none of ${seen.length} answered`
      : `From ${from}: ${reached.map(portWords).join(', ')} answered`,
  );
  const method = `Every listener tried from ${from}`;
  if (mayComeThrough(allowed, from)) return succeed(unproved(claim, `${method}, which stays allowed`, clock));
  return succeed(reached.length === 0 ? verified(claim, method, clock) : refuted(claim, method, clock));
}

/** Whether a session of this login comes from this machine. */
export const isLoggedInHere = (status: SiteStatus, login: string): boolean =>
  status.sessions.some((session) => session.login === login && originOf(session) !== 'remote');

async function localServices(
  { status, clock }: SecureModeParts,
  { whenCutOff, services }: ProofOfBlock,
  run: Run,
): Promise<Result<Claim>> {
  run.mark('local', 'running');
  let unread = false;
  const there = await waitUntil(sessionsGoneLimit, async () => {
    const now = await status();
    unread = !now.ok;
    return now.ok && services.every((login) => isLoggedInHere(now.value, login));
  });
  if (!there) return failed(failure('proof-failed', { what: await whenCutOff(unread ? servicesUnread : serviceLost) }));
  run.mark('local', 'done');
  return succeed(verified('The local services are still logged in', "The server's list of sessions", clock));
}
