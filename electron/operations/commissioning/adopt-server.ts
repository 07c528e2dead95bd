import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Change, Draft } from '../change.ts';
import { verified } from '../outcome.ts';
import { changesSinceRegister } from './preflight.ts';
import { switchDraft } from './switching.ts';
import type { CommissioningParts } from './switching.ts';

/** Binds the lock to this server, after the database was moved or restored. The lock holds meanwhile; nothing is opened. */
export class AdoptServer implements Change<{ readonly reason: string }> {
  readonly #parts: CommissioningParts;

  constructor(parts: CommissioningParts) {
    this.#parts = parts;
  }

  async plan(input: { readonly reason: string }): Promise<Result<Draft>> {
    const { database, clock } = this.#parts;
    const read = await this.#parts.status();
    if (!read.ok) return read;
    const status = read.value;
    const { state, server } = status;
    if (!status.prepared || state === undefined) return failed(failure('not-prepared'));
    if (state.serverName === server.instance && (state.recoveryFork ?? '') === (server.recoveryFork ?? ''))
      return failed(failure('already-so', { what: 'the lock is bound to this server' }));
    const moved = state.serverName !== server.instance;
    return succeed(
      switchDraft(this.#parts, status, {
        title: 'Adopt this server',
        summary: moved
          ? `Binds the lock, made on ${state.serverName}, to ${server.instance}. The register stays as it is.`
          : `Binds the lock to this copy of the database on ${server.instance}, which was restored from a backup. The register stays as it is.`,
        step: 'Write the identity of this server into the state, in one transaction',
        what: 'adopt-server',
        values: { server_name: server.instance, recovery_fork: server.recoveryFork },
        reason: input.reason,
        affected: [
          {
            who: 'Whoever compares later',
            how: 'No longer sees that the database came from another server or backup.',
          },
        ],
        warnings: [
          moved
            ? 'If the old server still runs with its own copy, two sites now believe that they are the one.'
            : 'A backup brings back the controllers of its day: look at what differs from the register before you rely on it.',
          ...changesSinceRegister(status),
        ],
        takeBack: { possible: false, why: 'The former identity is replaced; it stays in the trail.' },
        consent: `Take ${server.instance} for the server of this site from now on?`,
        rests: { server: server.instance, fork: server.recoveryFork },
        send: async (request) =>
          await database.adoptServer({
            ...request,
            server: { name: server.instance, recoveryFork: server.recoveryFork },
          }),
        proof: (after) =>
          after.state?.serverName === after.server.instance &&
          (after.state.recoveryFork ?? '') === (after.server.recoveryFork ?? '')
            ? succeed([
                verified(
                  `The lock is bound to ${after.server.instance} and this copy of the database`,
                  'State and recovery fork read back from the database',
                  clock,
                ),
              ])
            : failed(failure('proof-failed', { what: 'the identity of the server does not read back' })),
        done: { title: 'This server is adopted', summary: 'The lock is bound to this server.' },
      }),
    );
  }
}
