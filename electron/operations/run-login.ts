import { failure } from '#shared/errors.ts';
import type { Claim, Outcome, PlanStep } from '#shared/plan.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Secret } from '#shared/secret.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { loginRightsOpen, neededRights } from '#electron/database/run-login/needed-rights.ts';
import type { RunLoginFacts, RunLoginSetup, RunLoginSteps } from '#electron/database/run-login/run-login-setup.ts';
import type { Credential } from '#electron/database/site-database.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { SecretRecord, SecretStore } from '#electron/secrets/secret-store.ts';
import type { Change, Draft } from './change.ts';
import { outcomeOf, verified } from './outcome.ts';
import type { Run } from './run.ts';
import type { SetupInput, SetupPrincipal } from './setup.ts';

export interface RunLoginParts {
  readonly profile: SiteProfile;
  readonly runLogin: RunLoginSetup;
  readonly store: SecretStore;
  readonly setup: SetupPrincipal;
  readonly clock: Clock;
  readonly generate: () => Secret;
  /** Forgets connections that were opened with a former password. */
  readonly reconnect: () => Promise<void>;
}

interface CreateRunLoginInput {
  readonly setup: SetupInput;
  readonly mayChangeLogins: boolean;
}

/** Which of the kept passwords the server takes: one of them, none of them, or none is kept. */
interface KnownPassword {
  readonly works: Secret | undefined;
  readonly from: 'current' | 'pending' | undefined;
}

/**
 * Creates Mortise's own login, or gives the one that is there what it lacks. The password is in the store before the server is
 * told, so that whatever ends this half-way leaves nothing that the next run cannot finish: a login whose password is
 * kept as pending is recognised by logging in. A password that Mortise does not know is changed only with consent.
 */
export class CreateRunLogin implements Change<CreateRunLoginInput> {
  readonly #parts: RunLoginParts;
  /** Passwords that the server refused, so that planning again does not count as further attempts. */
  #refused: { readonly secret: Secret; readonly setAt: string | null }[] = [];

  constructor(parts: RunLoginParts) {
    this.#parts = parts;
  }

  async plan({ setup: input, mayChangeLogins }: CreateRunLoginInput): Promise<Result<Draft>> {
    const { profile, store, runLogin } = this.#parts;
    const login = profile.runLogin;
    const setup = this.#parts.setup(input);
    if (!setup.ok) return setup;
    const looked = await runLogin.look(setup.value);
    if (!looked.ok) return looked;
    const facts = looked.value;
    const unfit = unfitness(facts, login, setup.value);
    if (unfit !== undefined) return failed(unfit);
    const stored = await store.read(login);
    if (!stored.ok) return stored;
    const known = await this.#knownPassword(facts, stored.value);
    if (!known.ok) return known;
    const steps = this.#stepsFor(facts, known.value, mayChangeLogins);
    const nothing = steps.password === 'kept' && !steps.enable && isEmpty(steps);
    if (nothing && known.value.from === 'current')
      return failed(failure('already-so', { what: `${login} is there, its password works, and it has its rights` }));
    const planned = this.#planned(steps, setup.value.login, nothing);
    const open = mayChangeLogins ? [loginRightsOpen] : [];
    const consent = consentFor(login, facts, steps, mayChangeLogins);
    return succeed({
      body: {
        title: facts.login === undefined ? `Create the login ${login}` : `Complete the login ${login}`,
        summary:
          facts.login === undefined
            ? `Creates Mortise's own login on ${facts.server} with exactly the rights it needs, and keeps its password in the keychain.`
            : `Gives Mortise's own login on ${facts.server} what it lacks${steps.password === 'reset' ? ', and a new password' : ''}.`,
        steps: planned,
        affected:
          steps.password === 'reset'
            ? [{ who: `Whoever logs in as ${login}`, how: 'Is refused from then on: the former password is gone.' }]
            : [],
        warnings: [
          ...open,
          ...(facts.login?.sysadmin === true
            ? [`${login} is a member of sysadmin, which is far more than Mortise needs. Take it out of that role.`]
            : []),
        ],
        takeBack: { possible: true, how: `An administrator can drop the login: DROP LOGIN.` },
        consent,
      },
      rests: JSON.stringify({ server: facts.server, there: facts.login !== undefined, as: setup.value.login }),
      apply: async (run) =>
        await this.#apply(run, { setup: setup.value, steps, stored: stored.value, known: known.value }),
    });
  }

  #stepsFor(facts: RunLoginFacts, known: KnownPassword, mayChangeLogins: boolean): RunLoginSteps {
    const missing = neededRights(facts.granted, this.#parts.profile).filter(
      ({ held, required }) => !held && (required || mayChangeLogins),
    );
    const of = (place: 'master' | 'database') =>
      missing.filter((right) => right.place === place).map(({ statement }) => statement);
    return {
      password: facts.login === undefined ? 'created' : known.works === undefined ? 'reset' : 'kept',
      enable: facts.login?.disabled === true,
      user: facts.user === 'none' ? 'create' : facts.user === 'orphaned' ? 'join' : 'kept',
      inMaster: of('master'),
      inDatabase: of('database'),
    };
  }

  #planned(steps: RunLoginSteps, as: string, nothing: boolean): PlanStep[] {
    const { profile, store, runLogin } = this.#parts;
    const entry = profile.runLogin;
    const secret = (action: string) => ({ kind: 'secret', store: store.sentence, entry, action }) as const;
    return [
      ...(steps.password === 'kept'
        ? []
        : [
            {
              id: 'keep',
              title: 'Keep a new password, before the server is told',
              changes: [secret('set as pending')],
            },
          ]),
      ...(nothing
        ? []
        : [
            {
              id: 'create',
              title:
                steps.password === 'created'
                  ? 'Create the login and give it its rights'
                  : 'Give the login what it lacks',
              changes: [{ kind: 'tsql', where: 'master', as, text: runLogin.text(steps) } as const],
            },
          ]),
      {
        id: 'prove',
        title: 'Log in with it, and ask for each right',
        changes: [secret('becomes the current password')],
      },
    ];
  }

  async #apply(
    run: Run,
    work: {
      readonly setup: Credential;
      readonly steps: RunLoginSteps;
      readonly stored: SecretRecord | undefined;
      readonly known: KnownPassword;
    },
  ): Promise<Result<Outcome>> {
    const { profile, store, runLogin, generate, clock, reconnect } = this.#parts;
    const login = profile.runLogin;
    const { steps, known } = work;
    const before = work.stored ?? { version: 1, current: null, pending: null, previous: null };
    const password = known.works ?? generate();
    if (steps.password !== 'kept') {
      run.mark('keep', 'running');
      const kept = await store.write(login, { ...before, pending: password });
      if (!kept.ok) return kept;
      run.mark('keep', 'done');
    }
    const nothing = steps.password === 'kept' && !steps.enable && isEmpty(steps);
    if (!nothing) {
      run.mark('create', 'running');
      const done = await runLogin.carryOut(work.setup, steps, password);
      // A lost answer is settled by logging in, below.
      if (!done.ok && done.error.code !== 'connection-lost') return done;
      run.mark('create', 'done');
    }
    run.mark('prove', 'running');
    const proof = await this.#prove(password);
    if (!proof.ok) return proof;
    if (known.from !== 'current' || steps.password !== 'kept') {
      const previous = before.current ?? before.previous;
      const promoted = await store.write(login, { version: 1, current: password, pending: null, previous });
      if (!promoted.ok) return promoted;
    }
    await reconnect();
    run.mark('prove', 'done');
    return succeed(
      outcomeOf(
        `${login} is ready`,
        `Mortise's own login ${login} logs in with the password that is kept, and has every right it needs.`,
        proof.value,
        clock,
      ),
    );
  }

  async #prove(password: Secret): Promise<Result<Claim[]>> {
    const { profile, runLogin, clock } = this.#parts;
    const rights = await runLogin.rightsAs(password);
    if (!rights.ok) return rights;
    const all = neededRights(rights.value, profile);
    const missing = all.filter(({ held, required }) => required && !held);
    if (missing.length > 0)
      return failed(failure('proof-failed', { what: `it lacks ${missing.map(({ name }) => name).join('; ')}` }));
    return succeed([
      verified(`${profile.runLogin} logs in with the password that is kept`, 'One login, just now', clock),
      ...all
        .filter(({ held }) => held)
        .map(({ name }) => verified(`It has: ${name}`, 'Asked as itself (HAS_PERMS_BY_NAME)', clock)),
    ]);
  }

  /** Logs in with what is kept, each password once; a failure that says nothing of the password is passed on. */
  async #knownPassword(facts: RunLoginFacts, stored: SecretRecord | undefined): Promise<Result<KnownPassword>> {
    const none: KnownPassword = { works: undefined, from: undefined };
    // A disabled or locked login tells nobody whether a password is right.
    if (facts.login === undefined || facts.login.disabled || facts.login.locked) return succeed(none);
    const setAt = facts.login.passwordSetAt?.toISOString() ?? null;
    this.#refused = this.#refused.filter((each) => each.setAt === setAt);
    for (const from of ['current', 'pending'] as const) {
      const secret = stored?.[from] ?? null;
      if (secret === null || this.#refused.some((each) => each.secret.equals(secret))) continue;
      const tried = await this.#parts.runLogin.tryLogin(secret);
      if (tried.ok) return succeed({ works: secret, from });
      if (!wrongPassword.has(tried.error.code)) return tried;
      this.#refused.push({ secret, setAt });
    }
    return succeed(none);
  }
}

/** The password is wrong, or right and of no use any more. */
const wrongPassword: ReadonlySet<string> = new Set(['login-refused', 'password-expired', 'password-must-change']);

const isEmpty = ({ user, inMaster, inDatabase }: RunLoginSteps) =>
  user === 'kept' && inMaster.length === 0 && inDatabase.length === 0;

/** Why this login, or this setup principal, is of no use. */
function unfitness(facts: RunLoginFacts, login: string, setup: Credential) {
  if (facts.setupLacks.length > 0)
    return failure('setup-not-enough', { login: setup.login, rights: facts.setupLacks.join('; ') });
  if (facts.windowsOnly) return failure('windows-only');
  if (facts.login !== undefined && facts.login.type !== 'S')
    return failure('not-allowed', {
      why: `${login} is no login of SQL Server's own. Choose another name in the profile.`,
    });
  if (setup.login.toLowerCase() === login.toLowerCase())
    return failure('not-allowed', { why: `${login} is Mortise's own login, and cannot be the one that creates it.` });
  if (facts.otherUser !== undefined)
    return failure('not-allowed', {
      why: `${login} enters this database as the user ${facts.otherUser}. Mortise wants a login with a user of its own name.`,
    });
  return undefined;
}

function consentFor(
  login: string,
  facts: RunLoginFacts,
  steps: RunLoginSteps,
  mayChangeLogins: boolean,
): string | null {
  const asked = [
    ...(steps.password === 'reset'
      ? [
          `The login ${login} exists with a password that Mortise does not know. Give it a new one? Whoever uses it now is refused from then on.`,
        ]
      : []),
    ...(steps.enable ? [`The login ${login} was disabled by somebody. Enable it?`] : []),
    ...(facts.user === 'orphaned'
      ? [`The user ${login} of this database belongs to another login, or to none. Give it to this one?`]
      : []),
    ...(mayChangeLogins ? [loginRightsOpen] : []),
  ];
  return asked.length === 0 ? null : asked.join(' ');
}
