import { assertNever } from '#shared/assert-never.ts';
import { failure } from '#shared/errors.ts';
import type { Claim } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { SecretRecord } from '#electron/secrets/secret-store.ts';
import { verified } from '../outcome.ts';
import { waitUntil } from '../wait.ts';
import type { RotationState, RotationStep } from './rotation-journal.ts';
import type { RotatedLogin, RotationParts } from './rotation-parts.ts';

/** How long a service may take to stop or start, and to log in again, in milliseconds. */
const serviceLimit = 20_000;

export interface StepCase {
  readonly parts: RotationParts;
  readonly target: RotatedLogin;
  readonly state: RotationState;
  readonly claims: Claim[];
}

export type StepPerformer = (step: RotationStep, at: StepCase) => Promise<Result<string>>;

/** Does one step, or finds it done. Answers one line for the screen. Each can be done again after a power cut in it. */
export async function performStep(step: RotationStep, at: StepCase): Promise<Result<string>> {
  if (at.state.direction === 'back' && step !== 'stop' && step !== 'start') {
    const stored = await at.parts.store.read(at.target.login);
    if (!stored.ok) return stored;
    if (stored.value?.current == null && stored.value?.pending == null)
      return succeed('Nothing was stored yet, so nothing was changed');
  }
  switch (step) {
    case 'stage':
      return await stage(at);
    case 'stop':
      return await stopServices(at.parts, at.target);
    case 'switch':
      return await (at.state.direction === 'forward' ? switchForward(at) : switchBack(at));
    case 'deploy':
      return await deploy(at);
    case 'start':
      return await startServices(at.parts, at.target);
    case 'prove':
      return await prove(at);
    case 'commit':
      return await commit(at);
    default:
      return assertNever(step);
  }
}

async function recordOf({ parts, target }: StepCase): Promise<Result<SecretRecord>> {
  const record = await parts.store.read(target.login);
  if (!record.ok) return record;
  return record.value === undefined
    ? failed(failure('secret-unknown', { login: target.login }))
    : succeed(record.value);
}

/** The password that holds when this direction has come to its end, and the one it replaces. */
async function secretsOf(at: StepCase): Promise<Result<{ readonly from: Secret; readonly to: Secret }>> {
  const record = await recordOf(at);
  if (!record.ok) return record;
  const { current, pending } = record.value;
  const [from, to] = at.state.direction === 'forward' ? [current, pending] : [pending ?? current, current];
  if (from === null || to === null) {
    return failed(lostSecret(at));
  }
  return succeed({ from, to });
}

const lostSecret = ({ target }: StepCase) =>
  failure('rotation-needs-a-person', {
    login: target.login,
    what: 'a password that the journal speaks of is no longer in the store',
  });

/** The password that holds when this direction has come to its end; null where nobody knows it: then it stays as it is. */
async function goalOf(at: StepCase): Promise<Result<Secret | null>> {
  const record = await recordOf(at);
  if (!record.ok) return record;
  const { current, pending } = record.value;
  const goal = at.state.direction === 'forward' ? pending : current;
  return goal === null && (at.state.direction === 'forward' || at.state.by === 'login')
    ? failed(lostSecret(at))
    : succeed(goal);
}

async function stage({ parts, target, state }: StepCase): Promise<Result<string>> {
  if (state.direction === 'back') return succeed('Nothing to stage on the way back');
  const stored = await parts.store.read(target.login);
  if (!stored.ok) return stored;
  if (stored.value?.pending != null) return succeed('The new password was stored already');
  if (state.began.has('switch') && !state.began.has('commit')) {
    return failed(
      failure('rotation-needs-a-person', { login: target.login, what: 'the new password is no longer in the store' }),
    );
  }
  if (state.began.has('commit')) return succeed('Committed already');
  let current = stored.value?.current ?? null;
  if (current === null && state.by === 'login') {
    const found = await adopted(parts, target);
    if (!found.ok) return found;
    current = found.value;
  }
  const next = state.to === 'generated' ? parts.generate() : (stored.value?.previous ?? null);
  if (next === null) return failed(failure('already-so', { what: `no former password of ${target.login} is kept` }));
  // A place that cannot hold it must not be found out about after the server has it.
  for (const consumer of target.consumers) {
    const accepted = await consumer.accepts?.(next);
    if (accepted?.ok === false) return accepted;
  }
  const written = await parts.store.write(target.login, {
    version: 1,
    current,
    pending: next,
    previous: stored.value?.previous ?? null,
  });
  return written.ok ? succeed('Stored beside the one in use') : written;
}

/** The password in use as a consumer holds it. It was verified by the plan, but the copy may be another one by now. */
async function adopted(parts: RotationParts, target: RotatedLogin): Promise<Result<Secret>> {
  const { login } = target;
  for (const consumer of target.consumers) {
    const reading = await consumer.read();
    if (!reading.ok || reading.value.secret === null) continue;
    const works = await parts.database.tryLogin({ login, secret: reading.value.secret });
    if (works.ok) return succeed(reading.value.secret);
    return works.error.code === 'login-refused'
      ? failed(failure('consumer-differs', { consumer: consumer.place, login }))
      : works;
  }
  return failed(failure('secret-unknown', { login }));
}

/** Stops what holds the login, in the profile's order, and waits until its sessions are gone. */
export async function stopServices(parts: RotationParts, target: RotatedLogin): Promise<Result<string>> {
  const processes = new Set<number>();
  for (const name of target.services) {
    const status = await parts.services.inspect(name);
    if (status.state === 'unknown') return failed(status.cause);
    if (status.value.processId !== null) processes.add(status.value.processId);
  }
  for (const name of [...target.dependants, ...target.services]) {
    const stopped = await parts.services.stop(name, serviceLimit);
    if (!stopped.ok) return stopped;
  }
  let why: Result<string> | undefined;
  const gone = await (parts.wait ?? waitUntil)(serviceLimit, async () => {
    const sessions = await parts.database.sessionsOf(target.login);
    why = sessions.ok ? undefined : sessions;
    return (
      sessions.ok && !sessions.value.some((session) => session.processId !== null && processes.has(session.processId))
    );
  });
  if (gone) return succeed(`${target.services.join(', ') || 'No service'} stopped`);
  return (
    why ??
    failed(failure('service-did-not-stop', { service: target.services.join(', '), seconds: serviceLimit / 1000 }))
  );
}

async function switchForward(at: StepCase): Promise<Result<string>> {
  const { state } = at;
  const goal = await goalOf(at);
  if (!goal.ok) return goal;
  const to = goal.value;
  if (to === null) return failed(lostSecret(at));
  const moved = await passwordMoved(at);
  if (!moved.ok) return moved;
  if (moved.value) {
    const settled = await settle(at, to);
    // Where the server tells no time, a refused login may as well mean that the switch never happened.
    const setByOthers = !settled.ok && settled.error.code === 'rotation-needs-a-person';
    // An administrator sets it whatever it is by now.
    const goesOn = setByOthers && (state.passwordSetAt === null || at.parts.administrator !== undefined);
    if (!goesOn) return settled;
  }
  const changed = await changePassword(at, to);
  if (changed.ok) return changed;
  if (changed.error.code !== 'connection-lost') return changed;
  // The answer was lost. Reading decides; a login attempt is made only when the server says that something changed.
  const after = await passwordMoved(at);
  if (!after.ok) return after;
  if (!after.value && state.passwordSetAt !== null) return changed;
  const settled = await settle(at, to);
  return !settled.ok && state.passwordSetAt === null && settled.error.code === 'rotation-needs-a-person'
    ? failed(failure('connection-lost'))
    : settled;
}

/** By the login itself where its password is known; by an administrator where one was given. */
async function changePassword(at: StepCase, to: Secret): Promise<Result<string>> {
  const { parts, target } = at;
  if (parts.administrator !== undefined) {
    const set = await parts.database.setPassword(parts.administrator, target.login, to);
    return set.ok ? succeed(`Set on the server, by ${parts.administrator.login}`) : set;
  }
  const secrets = await secretsOf(at);
  if (!secrets.ok)
    return at.state.by === 'administrator'
      ? failed(
          failure('not-allowed', {
            why: `The password of ${target.login} is not known: carry on as an administrator of SQL Server.`,
          }),
        )
      : secrets;
  const changed = await parts.database.changeOwnPassword(target.login, secrets.value.from, to);
  return changed.ok ? succeed('Changed on the server, by the login itself') : changed;
}

/** Whether the server has set this password since the rotation began. Unknowable times count as moved: then a login decides. */
async function passwordMoved({ parts, target, state }: StepCase): Promise<Result<boolean>> {
  const facts = await parts.database.loginFacts(target.login);
  if (!facts.ok) return facts;
  const now = facts.value?.passwordSetAt ?? null;
  if (now === null || state.passwordSetAt === null)
    return succeed(state.began.has('switch') || state.leftAfter === 'switch');
  return succeed(now.toISOString() !== state.passwordSetAt);
}

/** The password was set by us or by somebody else: one login tells. */
async function settle({ parts, target }: StepCase, to: Secret): Promise<Result<string>> {
  const login = await parts.database.tryLogin({ login: target.login, secret: to });
  if (login.ok) return succeed('Changed on the server before the interruption');
  if (login.error.code !== 'login-refused') return login;
  return failed(
    failure('rotation-needs-a-person', { login: target.login, what: 'somebody else set its password meanwhile' }),
  );
}

async function switchBack(at: StepCase): Promise<Result<string>> {
  const { parts, target, state } = at;
  if (state.by === 'administrator') {
    const moved = await passwordMoved(at);
    if (!moved.ok) return moved;
    if (!moved.value) return succeed('The server was not told yet');
    const goal = await goalOf(at);
    if (!goal.ok) return goal;
    // Then the way is forward again: what nobody knows cannot be put back.
    if (goal.value === null)
      return failed(failure('password-refused', { login: target.login, text: 'nobody knows the former one.' }));
  }
  const secrets = await secretsOf(at);
  if (!secrets.ok) return secrets;
  const { from, to } = secrets.value;
  const works = await parts.database.tryLogin({ login: target.login, secret: to });
  if (works.ok) return succeed('The former password is in force');
  if (works.error.code !== 'login-refused') return works;
  const changed = await parts.database.changeOwnPassword(target.login, from, to);
  return changed.ok ? succeed('Changed back on the server, by the login itself') : changed;
}

async function deploy(at: StepCase): Promise<Result<string>> {
  const goal = await goalOf(at);
  if (!goal.ok) return goal;
  const to = goal.value;
  if (to === null) return succeed('Left as it is');
  for (const consumer of at.target.consumers) {
    const reading = await consumer.read();
    if (!reading.ok) return reading;
    if (reading.value.secret?.equals(to) === true) continue;
    const written = await consumer.write(to, reading.value.revision);
    if (!written.ok) return written;
  }
  const places = at.target.consumers.map((consumer) => consumer.place);
  return succeed(places.length === 0 ? 'No copy besides Mortise’s own' : `Written to ${places.join(', ')}`);
}

/** In the reverse order. */
export async function startServices(parts: RotationParts, target: RotatedLogin): Promise<Result<string>> {
  for (const name of [...target.dependants, ...target.services].toReversed()) {
    const started = await parts.services.start(name, serviceLimit);
    if (!started.ok) return started;
  }
  return succeed(`${target.services.join(', ') || 'No service'} started`);
}

async function prove(at: StepCase): Promise<Result<string>> {
  const goal = await goalOf(at);
  if (!goal.ok) return goal;
  if (goal.value === null)
    return succeed('Nothing to prove: the password was not changed, and Mortise does not know it');
  // Taking the way back turns round which of the two it ends with.
  const isFormer = (at.state.to === 'previous') !== (at.state.direction === 'back');
  const proof = await proveLogin(at.parts, at.target, goal.value, isFormer ? 'former' : 'new');
  if (!proof.ok) return proof;
  at.claims.push(...proof.value);
  return succeed('Logged in, and so did every service');
}

/** Logs in freshly with this password, then looks for every service's own connection. */
export async function proveLogin(
  parts: RotationParts,
  target: RotatedLogin,
  secret: Secret,
  which: 'new' | 'former' | 'working' = 'new',
): Promise<Result<Claim[]>> {
  const claims: Claim[] = [];
  const fresh = await parts.database.tryLogin({ login: target.login, secret });
  if (!fresh.ok) return fresh;
  claims.push(
    verified(
      `${target.login} logs in with the ${which} password`,
      `A fresh login by Mortise, session ${fresh.value.sessionId}`,
      parts.clock,
    ),
  );
  for (const name of target.services) {
    const proof = await serviceLoggedIn(parts, target, name);
    if (!proof.ok) return proof;
    claims.push(verified(`${name} logged in again`, proof.value, parts.clock));
  }
  return succeed(claims);
}

/** The service's own connection, matched by its process: a service that runs need not have logged in. */
async function serviceLoggedIn(parts: RotationParts, target: RotatedLogin, name: string): Promise<Result<string>> {
  let found: string | undefined;
  const there = await (parts.wait ?? waitUntil)(serviceLimit, async () => {
    const status = await parts.services.inspect(name);
    const sessions = await parts.database.sessionsOf(target.login);
    if (status.state === 'unknown' || !sessions.ok) return false;
    const session = sessions.value.find((each) => each.processId !== null && each.processId === status.value.processId);
    found =
      session &&
      `Its own session ${session.sessionId}, process ${session.processId}, connected at ${session.connectedAt.toISOString()}`;
    return found !== undefined;
  });
  return there && found !== undefined
    ? succeed(found)
    : failed(failure('service-did-not-log-in', { service: name, seconds: serviceLimit / 1000 }));
}

async function commit(at: StepCase): Promise<Result<string>> {
  const record = await recordOf(at);
  if (!record.ok) return record;
  const { current, pending, previous } = record.value;
  if (pending === null) return succeed('Stored already');
  // A former password that was put back leaves none behind: the generated one is in force nowhere.
  const next: SecretRecord =
    at.state.direction === 'back'
      ? { version: 1, current, pending: null, previous }
      : { version: 1, current: pending, pending: null, previous: at.state.to === 'previous' ? null : current };
  const written = await at.parts.store.write(at.target.login, next);
  return written.ok ? succeed('Stored as the current one') : written;
}
