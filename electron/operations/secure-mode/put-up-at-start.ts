import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { AtStart } from '#electron/at-start/at-start.ts';
import type { Change, Draft } from '../change.ts';
import { outcomeOf, verified } from '../outcome.ts';
import type { SecureModeParts } from './secure-mode-parts.ts';

/** Takes away what puts the block up at every start, and reads that it is gone. */
export async function takeAwayAtStart(atStart: AtStart): Promise<Result<undefined>> {
  const done = await atStart.remove();
  if (!done.ok) return done;
  const after = await atStart.read(undefined);
  if (after.state === 'unknown') return failed(after.cause);
  return after.value === 'not-installed' || after.value === 'not-needed'
    ? succeed()
    : failed(failure('proof-failed', { what: 'something of Mortise still runs at the start of this machine' }));
}

/** Lets the machine put the block up when it starts, without Mortise, or no longer. */
export class PutUpAtStart implements Change<{ readonly installed: boolean }> {
  readonly #parts: SecureModeParts & { readonly atStart: AtStart };

  constructor(parts: SecureModeParts & { readonly atStart: AtStart }) {
    this.#parts = parts;
  }

  async plan({ installed }: { readonly installed: boolean }): Promise<Result<Draft>> {
    const { atStart, meant: kept } = this.#parts;
    const meant = await kept.read();
    if (!meant.ok) return meant;
    const now = await atStart.read(meant.value);
    if (now.state === 'unknown') return failed(now.cause);
    return installed ? this.#install(meant.value, now.value) : this.#remove(now.value);
  }

  #install(
    meant: Parameters<AtStart['install']>[0] | undefined,
    now: 'installed' | 'outdated' | 'not-installed' | 'not-needed',
  ): Result<Draft> {
    const { atStart, clock } = this.#parts;
    if (meant === undefined)
      return failed(failure('not-allowed', { why: 'Switch secure mode on first: there is nothing to put up.' }));
    if (now === 'installed') return failed(failure('already-so', { what: 'the block is put up at every start' }));
    const timed = meant.allowed.filter(({ until }) => until !== null);
    return succeed({
      body: {
        title: 'Put the block up at every start',
        summary: 'The machine itself puts the block up when it starts, before anybody has opened Mortise.',
        steps: [{ id: 'install', title: 'Install it', changes: [...atStart.describe(meant)] }],
        affected: [],
        warnings: timed.map(
          ({ address }) => `${address} is allowed for a time only: after a start it is not let through.`,
        ),
        takeBack: { possible: true, how: 'Remove it again; the block itself stays as it is.' },
        consent: null,
      },
      rests: JSON.stringify({ meant, now }),
      apply: async (run) => {
        run.mark('install', 'running');
        const done = await atStart.install(meant);
        if (!done.ok) return done;
        const after = await atStart.read(meant);
        if (after.state === 'unknown') return failed(after.cause);
        if (after.value !== 'installed')
          return failed(failure('proof-failed', { what: 'what was installed is not what was read back' }));
        run.mark('install', 'done');
        return succeed(
          outcomeOf(
            'The machine puts the block up when it starts',
            'Restart the machine once when nobody needs it, and look here again.',
            [verified('The block is put up at every start', 'What was installed, read back', clock)],
            clock,
          ),
        );
      },
    });
  }

  #remove(now: 'installed' | 'outdated' | 'not-installed' | 'not-needed'): Result<Draft> {
    const { atStart, clock } = this.#parts;
    if (now === 'not-installed' || now === 'not-needed')
      return failed(failure('already-so', { what: 'nothing of Mortise runs at the start of this machine' }));
    return succeed({
      body: {
        title: 'No longer put the block up at every start',
        summary: 'After a start, the block may be missing until somebody puts it back.',
        steps: [{ id: 'remove', title: 'Remove it', changes: [...atStart.describeRemoval()] }],
        affected: [],
        warnings: [],
        takeBack: { possible: true, how: 'Install it again.' },
        consent: 'Let this machine start without the block?',
      },
      rests: now,
      apply: async (run) => {
        run.mark('remove', 'running');
        const done = await takeAwayAtStart(atStart);
        if (!done.ok) return done;
        run.mark('remove', 'done');
        return succeed(
          outcomeOf(
            'The block is no longer put up at the start',
            'What Mortise had installed for it was removed.',
            [verified('Nothing of Mortise runs at the start of this machine', 'Read back', clock)],
            clock,
          ),
        );
      },
    });
  }
}
