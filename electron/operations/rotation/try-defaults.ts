import { failure } from '#shared/errors.ts';
import type { Claim } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import { defaultsOf } from '#electron/secrets/known-defaults.ts';
import type { Change, Draft } from '../change.ts';
import { outcomeOf, refuted, verified } from '../outcome.ts';
import { refusalsRisked } from './refusals-risked.ts';
import type { RotationParts } from './rotation-parts.ts';

/** Tries each published default of a login once, because a person asked for it. The server counts the attempts. */
export class TryDefaults implements Change<{ readonly login: string }> {
  readonly #parts: RotationParts;

  constructor(parts: RotationParts) {
    this.#parts = parts;
  }

  async plan({ login }: { readonly login: string }): Promise<Result<Draft>> {
    const { database, clock } = this.#parts;
    const facts = await database.loginFacts(login);
    if (!facts.ok) return facts;
    const because = (cause: string) => failed(failure('login-not-tried', { login, cause }));
    if (facts.value === undefined) return because('there is no such SQL login, or the run login may not see it');
    if (facts.value.disabled) return because('it is disabled, so every password is refused');
    if (facts.value.locked) return because('it is locked out, so every password is refused');
    const defaults = defaultsOf(login);
    if (defaults.length === 0) return because('no default of this name is published');
    const { policyChecked, badPasswords } = facts.value;
    if (policyChecked && badPasswords === null) return because('the server does not say how many logins were refused');
    const most = policyChecked ? Math.max(0, refusalsRisked - (badPasswords ?? 0)) : defaults.length;
    const tried = defaults.slice(0, most);
    if (tried.length === 0)
      return because(`${badPasswords} logins were refused already, and further ones could lock it out`);
    const title = `Try the published defaults of ${login}`;
    const left = defaults.length - tried.length;
    return succeed({
      body: {
        title,
        summary: `Logs in as ${login} with ${tried.length} published default${tried.length === 1 ? '' : 's'}, each once. Nothing is changed but the server's count of refused logins.`,
        steps: tried.map(({ product, source }, index) => ({
          id: `try-${index + 1}`,
          title: `The default of ${product} (${source})`,
          changes: [],
        })),
        affected: [{ who: login, how: `Up to ${tried.length} refused logins stand in the server's error log.` }],
        warnings:
          left === 0
            ? []
            : [`${left} more ${left === 1 ? 'is' : 'are'} left out, so that ${login} is not locked out by the policy.`],
        takeBack: { possible: true, how: 'The count of refused logins is reset by the next good login.' },
        consent: null,
      },
      rests: JSON.stringify({ login, badPasswords, tried: tried.length }),
      apply: async (run) => {
        const claims: Claim[] = [];
        for (const [index, { password, product, source }] of tried.entries()) {
          const id = `try-${index + 1}`;
          run.mark(id, 'running');
          const answer = await database.tryLogin({ login, secret: new Secret(password) });
          if (!answer.ok && answer.error.code !== 'login-refused') return answer;
          const claim = `${login} does not log in with the default of ${product}`;
          claims.push((answer.ok ? refuted : verified)(claim, `One login; published in ${source}`, clock));
          run.mark(id, 'done', answer.ok ? 'It logs in: rotate this login' : 'Refused, as it should be');
          if (answer.ok) break;
        }
        const hit = claims.some(({ verdict }) => verdict === 'refuted');
        return succeed(
          outcomeOf(
            hit ? `${login} has a published default` : `No published default works for ${login}`,
            hit
              ? `Whoever reads the published list can log in as ${login}. Rotate it now.`
              : `Each of the ${claims.length} that were tried was refused.`,
            claims,
            clock,
          ),
        );
      },
    });
  }
}
