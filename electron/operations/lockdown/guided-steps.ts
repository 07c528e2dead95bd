import { failure } from '#shared/errors.ts';
import type { Claim } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Draft } from '../change.ts';
import { outcomeOf, saidOf, unproved } from '../outcome.ts';
import { quietRun } from '../run.ts';
import type { GuidedStep, LockdownCase, LockdownParts } from './lockdown-parts.ts';

const takenBack = 'Guided lockdown taken back';

/** A draft that finds nothing to do is nothing to take back. */
function orNothing(draft: Result<Draft>): Result<Draft | undefined> {
  return !draft.ok && (draft.error.code === 'already-so' || draft.error.code === 'not-prepared')
    ? succeed(undefined)
    : draft;
}

/** The steps of the guided lockdown, in order, each made of an operation that also stands by itself. */
export function guidedSteps(parts: LockdownParts): readonly GuidedStep[] {
  const { operations, status } = parts;
  return [
    {
      id: 'prepare',
      title: 'Prepare the site',
      check: async () => {
        const now = await status();
        return now.ok ? succeed(now.value.prepared) : now;
      },
      plan: async (about) => await operations.prepare.plan({ setup: about.setup }),
      undo: async (about) => orNothing(await operations.remove.plan({ setup: about.setup })),
    },
    {
      id: 'rotate',
      title: 'Rotate the service login',
      check: async (about) => {
        const rotated = await operations.rotate.rotatedIn(about.login, about.since);
        return rotated.ok ? succeed(rotated.value === 'committed') : rotated;
      },
      plan: async (about) => await operations.rotate.plan({ login: about.login }, about.since),
      undo: async (about) => {
        const rotated = await operations.rotate.rotatedIn(about.login, about.since);
        if (!rotated.ok) return rotated;
        if (rotated.value === 'later') return succeed(passwordLeft(parts, about));
        return rotated.value === 'no'
          ? succeed(undefined)
          : orNothing(await operations.restore.plan({ login: about.login }, about.since));
      },
    },
    {
      id: 'commissioning-off',
      title: 'Switch commissioning mode off',
      check: async () => {
        const now = await status();
        return now.ok ? succeed(now.value.state?.state === 'off') : now;
      },
      plan: async (about, ahead) => await operations.off.plan({ reason: about.reason }, { notPreparedYet: ahead }),
      undo: async () => orNothing(await operations.on.plan({ reason: takenBack, openUntil: null })),
    },
    {
      id: 'secure-mode-on',
      title: 'Switch secure mode on',
      check: async () => await operations.secureModeOn.isOn(),
      plan: async () => await operations.secureModeOn.plan(),
      undo: async () => orNothing(await operations.secureModeOff.plan({ reason: takenBack })),
    },
    {
      id: 'verify',
      title: 'Verify every claim once more',
      check: async () => await Promise.resolve(succeed(false)),
      plan: async (about) => await Promise.resolve(succeed(verification(parts, about))),
      undo: async () => await Promise.resolve(succeed(undefined)),
    },
  ];
}

/** A password was rotated again since, by itself: what the lockdown could put back is not what was there before it. */
function passwordLeft({ clock }: LockdownParts, { login }: LockdownCase): Draft {
  const title = `Leave the password of ${login} as it is`;
  const why = `A password was rotated by itself after the lockdown, so that of ${login} is not put back here: the Security tab does, where the former one is kept.`;
  return {
    body: {
      title,
      summary: why,
      steps: [{ id: 'rotate', title, changes: [] }],
      affected: [],
      warnings: [why],
      takeBack: { possible: true, how: 'It changes nothing.' },
      consent: null,
    },
    rests: 'left',
    apply: async () =>
      await Promise.resolve(
        succeed(
          outcomeOf(
            title,
            why,
            [unproved(`The password of ${login} is as before the lockdown`, 'Not put back', clock)],
            clock,
          ),
        ),
      ),
  };
}

/** Changes nothing: reads and probes again what the steps before claimed, because later steps could have undone it. */
function verification({ operations, clock }: LockdownParts, about: LockdownCase): Draft {
  return {
    body: {
      title: 'Verify every claim once more',
      summary: 'Reads the database and the firewall back and tries the other machine again.',
      steps: [{ id: 'verify', title: 'Verify every claim once more', changes: [] }],
      affected: [],
      warnings: [],
      takeBack: { possible: true, how: 'It changes nothing.' },
      consent: null,
    },
    rests: '',
    apply: async (run) => {
      const claims: Claim[] = [];
      for (const prove of [
        async () => await operations.rotate.proofOfLogin(about.login),
        async () => await operations.off.proofOfOff(),
        async () => await operations.secureModeOn.proofOfOn(quietRun(run.id)),
      ]) {
        const proof = await prove();
        if (!proof.ok) return proof;
        claims.push(...proof.value);
      }
      const refuted = claims.find((claim) => claim.verdict === 'refuted');
      if (refuted !== undefined)
        return failed(failure('proof-failed', { what: `not shown: ${refuted.claim.toLowerCase()}` }));
      return succeed(
        outcomeOf(
          claims.every(({ verdict }) => verdict === 'verified')
            ? 'Everything was verified'
            : 'What could be verified was verified',
          saidOf(claims, `${claims.length} claims were verified once more at the end.`),
          claims,
          clock,
        ),
      );
    },
  };
}
