import { failure } from '#shared/errors.ts';
import type { Claim, Outcome } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { InstanceLayer } from '#shared/secure-mode.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { openToOthers } from '#electron/listeners/local-only.ts';
import { listenersOf } from '#electron/site/network-view.ts';
import type { Change, Draft } from '../change.ts';
import { outcomeOf, refuted, saidOf, verified } from '../outcome.ts';
import type { Run } from '../run.ts';
import { unfitLayer } from './bind-fitness.ts';
import { bindText } from './bind-text.ts';
import { InstanceRestart } from './instance-restart.ts';
import type { RestartParts } from './instance-restart.ts';
import { holderOf, remoteSessions } from './remote-sessions.ts';

export interface BindInput {
  readonly layer: InstanceLayer;
  readonly reason: string;
}

/**
 * Has SQL Server itself accept connections from everywhere, from its own machine, or not over TCP at all. It takes a
 * restart; where SQL Server or a service that was logged in does not come back, what was before is put back.
 */
export class BindInstance implements Change<BindInput> {
  readonly #parts: RestartParts;

  constructor(parts: RestartParts) {
    this.#parts = parts;
  }

  async plan({ layer, reason }: BindInput): Promise<Result<Draft>> {
    const { instance, profile } = this.#parts;
    const before = await instance.read();
    if (before.state === 'unknown') return failed(before.cause);
    if (before.value === layer) return failed(failure('already-so', { what: bindText.so[layer] }));
    if (layer !== 'everywhere' && !instance.layers.includes(layer))
      return failed(failure('instance-not-written', { cause: 'this layer cannot be chosen here' }));
    const unfit = unfitLayer(layer, profile.endpoint);
    if (unfit !== undefined) return failed(failure('not-allowed', { why: unfit }));
    const changes = await instance.describe(layer);
    if (!changes.ok) return changes;
    const status = await this.#parts.status();
    if (!status.ok) return status;
    const restart = await InstanceRestart.of(this.#parts, status.value);
    if (!restart.ok) return restart;
    const { stopped } = restart.value;
    return succeed({
      body: {
        title: bindText.title[layer],
        summary: `${bindText.summary[layer]} SQL Server is started again for it. Reason: ${reason}`,
        steps: [
          { id: 'stop', title: 'Stop the services that use it', changes: stopped.map(service('stop')) },
          { id: 'write', title: 'Write the settings of SQL Server', changes: [...changes.value] },
          {
            id: 'restart',
            title: 'Start SQL Server again, and wait until it answers',
            changes: [service('stop')(instance.service), service('start')(instance.service)],
          },
          { id: 'start', title: 'Start the services again', changes: stopped.toReversed().map(service('start')) },
          { id: 'check', title: 'Check where it listens, and that the services are logged in', changes: [] },
        ],
        affected: [
          ...(stopped.length === 0
            ? []
            : [{ who: stopped.join(', '), how: 'Stopped and started again; some minutes at most.' }]),
          ...affectedSessions(status.value, layer),
        ],
        warnings: bindText.warnings[layer],
        takeBack: { possible: true, how: bindText.takeBack[layer] },
        consent: layer === 'everywhere' ? 'Let SQL Server itself accept connections from other machines again?' : null,
      },
      rests: JSON.stringify({ before: before.value, stopped }),
      apply: async (run) => await this.#apply(layer, before.value, restart.value, run),
    });
  }

  async #apply(
    layer: InstanceLayer,
    before: InstanceLayer,
    restart: InstanceRestart,
    run: Run,
  ): Promise<Result<Outcome>> {
    const { instance, clock } = this.#parts;
    run.mark('stop', 'running');
    const stopped = await restart.stopServices();
    if (!stopped.ok) return await this.#withServices(restart, stopped);
    run.mark('stop', 'done');
    run.mark('write', 'running');
    const written = await instance.write(layer);
    // Where it failed half-way, what was before is written again before anything starts.
    if (!written.ok) {
      const back = await instance.write(before);
      return await this.#withServices(restart, back.ok ? written : back);
    }
    run.mark('write', 'done');
    for (const [step, work] of [
      ['restart', async () => await restart.restartInstance()],
      ['start', async () => await restart.startServices()],
      ['check', async () => await restart.loggedInAgain()],
    ] as const) {
      run.mark(step, 'running');
      const done = await work();
      if (!done.ok) return await this.#putBack(before, restart, done.error.sentence);
      if (step !== 'check') run.mark(step, 'done');
    }
    const claims = await this.#claims(layer);
    if (!claims.ok) return claims;
    const wrong = claims.value.find(({ verdict }) => verdict === 'refuted');
    if (wrong !== undefined)
      return failed(failure('proof-failed', { what: `not shown: ${wrong.claim.toLowerCase()}` }));
    run.mark('check', 'done');
    return succeed(
      outcomeOf(bindText.title[layer], saidOf(claims.value, bindText.summary[layer]), claims.value, clock),
    );
  }

  async #claims(layer: InstanceLayer): Promise<Result<Claim[]>> {
    const { instance, clock, status } = this.#parts;
    const now = await instance.read();
    if (now.state === 'unknown') return failed(now.cause);
    const after = await status();
    if (!after.ok) return after;
    const reached = openToOthers(listenersOf(after.value)).some(({ protocol }) => protocol === 'tcp');
    const claim = (holds: boolean, ...said: readonly [string, string]) => (holds ? verified : refuted)(...said, clock);
    return succeed([
      claim(now.value === layer, 'The settings of SQL Server are as they were meant to be', 'Settings read back'),
      claim(
        reached === (layer === 'everywhere'),
        layer === 'everywhere' ? 'SQL Server listens for other machines' : 'SQL Server listens for no other machine',
        "The server's own list of listeners, after its start",
      ),
      claim(true, 'The services that were logged in are so again', "The server's list of sessions"),
    ]);
  }

  /** After a failure that left SQL Server itself alone. */
  async #withServices(restart: InstanceRestart, why: { readonly ok: false; readonly error: Failed }) {
    const started = await restart.startServices();
    return started.ok ? why : failed(failure('proof-failed', { what: sentencesOf(why.error, started.error) }));
  }

  async #putBack(before: InstanceLayer, restart: InstanceRestart, why: string): Promise<Result<Outcome>> {
    const written = await this.#parts.instance.write(before);
    const back = written.ok ? await restart.restartInstance() : written;
    const services = back.ok ? await restart.startServices() : back;
    const end = services.ok
      ? 'What was before was put back, and SQL Server and its services run with it'
      : `What was before could not be put back whole: ${services.error.sentence.replace(/\.$/, '')}`;
    return failed(failure('proof-failed', { what: `${why} ${end}` }));
  }
}

const service = (action: 'stop' | 'start') => (name: string) => ({ kind: 'service', name, action }) as const;

type Failed = Extract<Result<never>, { readonly ok: false }>['error'];

const sentencesOf = (...failures: readonly Failed[]) =>
  failures
    .map(({ sentence }) => sentence)
    .join(' ')
    .replace(/\.$/, '');

function affectedSessions(status: SiteStatus, layer: InstanceLayer) {
  return remoteSessions(status).map((session) => ({
    who: holderOf(session),
    how: layer === 'everywhere' ? 'Cut off while SQL Server starts again.' : 'Cut off, and cannot come back.',
  }));
}
