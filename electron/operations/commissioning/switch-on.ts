import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Change, Draft } from '../change.ts';
import { verified } from '../outcome.ts';
import { switchDraft } from './switching.ts';
import type { CommissioningParts } from './switching.ts';

const titles = {
  on: 'Change until when commissioning mode is on',
  rehearsing: 'End the rehearsal',
  'rehearsal-over': 'Clear the rehearsal away',
} as const;

/**
 * Switches commissioning mode on, with a reason and optionally until a time kept by the server's own clock. Where it is
 * on already, moves that time; where the lock is rehearsed, ends the rehearsal.
 */
export class SwitchCommissioningOn implements Change<{ readonly reason: string; readonly openUntil: string | null }> {
  readonly #parts: CommissioningParts;

  constructor(parts: CommissioningParts) {
    this.#parts = parts;
  }

  async plan(input: { readonly reason: string; readonly openUntil: string | null }): Promise<Result<Draft>> {
    const { database, clock } = this.#parts;
    const read = await this.#parts.status();
    if (!read.ok) return read;
    const status = read.value;
    const { state } = status;
    if (!status.prepared || state === undefined) return failed(failure('not-prepared'));
    const until = input.openUntil === null ? null : new Date(input.openUntil);
    if (state.state === 'on' && state.openUntil?.getTime() === until?.getTime())
      return failed(failure('already-so', { what: 'commissioning mode is on' }));
    if (state.state === 'upgrading')
      return failed(failure('not-allowed', { why: 'A vendor upgrade is under way: put the guard up again first.' }));
    if (until !== null && until <= status.server.time) {
      return failed(
        failure('not-allowed', { why: "The time until which it stays on is in the past by the server's clock." }),
      );
    }
    const span =
      until === null
        ? 'until somebody switches it off'
        : `until ${until.toISOString()} by the server's clock, then it locks again by itself`;
    const title =
      state.state === 'off' || state.state === 'locked-by-time' ? 'Switch commissioning mode on' : titles[state.state];
    return succeed(
      switchDraft(this.#parts, status, {
        title,
        summary: `Controllers can be added and deleted by every program, ${span}.`,
        step: 'Open the guard, in one transaction',
        what: 'commissioning-on',
        values: { open_until: input.openUntil },
        reason: input.reason,
        affected: [{ who: 'Every client, service and script', how: 'May add, delete and re-key controllers again.' }],
        warnings: [],
        takeBack: {
          possible: true,
          how: 'Switch commissioning mode off again; what changed in between is shown then.',
        },
        consent: `Let every program add and delete controllers at this site, ${span}?`,
        send: async (request) => await database.commissioningOn({ ...request, openUntil: until }),
        proof: (after) =>
          after.state?.state === 'on' && after.state.openUntil?.getTime() === until?.getTime()
            ? succeed([verified('Commissioning mode is on', 'State read back from the database', clock)])
            : failed(failure('proof-failed', { what: 'commissioning mode does not read back as on' })),
        done: { title: 'Commissioning mode is on', summary: `Controllers can be added and deleted, ${span}.` },
      }),
    );
  }
}
