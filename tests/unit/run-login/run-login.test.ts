import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { connect } from '#electron/database/connect.ts';
import { rightsOf } from '#electron/database/run-login/needed-rights.ts';
import type { RunLoginFacts, RunLoginSetup } from '#electron/database/run-login/run-login-setup.ts';
import { SqlServerRunLogin } from '#electron/database/run-login/sql-server-run-login.ts';
import { SqlServerDatabase } from '#electron/database/sql-server-database.ts';
import { systemClock } from '#electron/machine/clock.ts';
import type { Draft } from '#electron/operations/change.ts';
import { quietRun } from '#electron/operations/run.ts';
import { CreateRunLogin } from '#electron/operations/run-login.ts';
import { setupPrincipal } from '#electron/operations/setup.ts';
import { MemorySecretStore } from '#electron/secrets/memory-secret-store.ts';
import { generatePassword } from '#electron/secrets/password-generator.ts';
import type { SecretStore } from '#electron/secrets/secret-store.ts';
import { acsService, siteAdmin } from '#electron/training/practice-logins.ts';
import { credentialOf, openSurveyedSite, valueOf } from '../assessment/surveyed-site.ts';
import type { SurveyedSite } from '../assessment/surveyed-site.ts';

const setup = { login: siteAdmin.login, password: siteAdmin.password };
const login = 'mortise_new';

let site: SurveyedSite;
let profile: SiteProfile;
let store: MemorySecretStore;
let generated: Secret[];

beforeAll(async () => {
  site = await openSurveyedSite();
});
beforeEach(() => {
  profile = { ...site.profile, runLogin: login };
  store = new MemorySecretStore();
  generated = [];
});
afterEach(async () => {
  await site.run('DROP USER IF EXISTS mortise_new;', "IF SUSER_ID(N'mortise_new') IS NOT NULL DROP LOGIN mortise_new;");
});
afterAll(async () => {
  await site.close();
});

interface Overrides {
  readonly runLogin?: RunLoginSetup;
  readonly store?: SecretStore;
}

const operation = (different: Overrides = {}) =>
  new CreateRunLogin({
    profile,
    runLogin: different.runLogin ?? new SqlServerRunLogin(profile),
    store: different.store ?? store,
    setup: setupPrincipal(undefined),
    clock: systemClock,
    generate: () => {
      const secret = generatePassword();
      generated.push(secret);
      return secret;
    },
    reconnect: async () => await Promise.resolve(),
  });

const planned = async (mayChangeLogins = false, different: Overrides = {}): Promise<Draft> =>
  valueOf(await operation(different).plan({ setup, mayChangeLogins }));

const tsqlOf = ({ body }: Draft): string =>
  body.steps.flatMap(({ changes }) => changes.map((change) => (change.kind === 'tsql' ? change.text : ''))).join('');

const apply = async (draft: Draft) => await draft.apply(quietRun('test'));

async function kept(): Promise<{ current: string | undefined; pending: string | undefined }> {
  const record = valueOf(await store.read(profile.runLogin));
  return { current: record?.current?.reveal(), pending: record?.pending?.reveal() };
}

/** The login works with what is kept, has every right it needs, and the record is closed. */
async function expectReady(): Promise<void> {
  const { current, pending } = await kept();
  expect(pending).toBeUndefined();
  const rights = valueOf(await new SqlServerRunLogin(profile).rightsAs(new Secret(current ?? '')));
  expect(rightsOf(rights, profile).filter(({ held, required }) => required && !held)).toEqual([]);
  // The status needs nothing more than these rights.
  const database = new SqlServerDatabase(
    profile,
    async () =>
      await Promise.resolve({ ok: true, value: [{ login: profile.runLogin, secret: new Secret(current ?? '') }] }),
  );
  expect((await database.status(new Date())).ok).toBe(true);
  await database.close();
}

describe("Creating Mortise's own login", () => {
  it('shows the exact T-SQL without the password, does it, and proves it', async () => {
    const draft = await planned();
    expect(draft.body.consent).toBeNull();
    expect(tsqlOf(draft)).toBe(`-- Mortise's own login and its rights: all of it, or nothing.
SET XACT_ABORT ON;
BEGIN TRANSACTION;
USE [master];
CREATE LOGIN [mortise_new] WITH PASSWORD = [secret], DEFAULT_DATABASE = [Acs], CHECK_EXPIRATION = OFF, CHECK_POLICY = ON;
GRANT VIEW SERVER STATE TO [mortise_new];
GRANT VIEW ANY DEFINITION TO [mortise_new];
USE [Acs];
CREATE USER [mortise_new] FOR LOGIN [mortise_new];
GRANT VIEW DATABASE STATE TO [mortise_new];
GRANT SELECT ON OBJECT::[dbo].[Controllers] ([ControllerId], [SerialNumber], [Name], [Address], [Model], [LastSeenUtc]) TO [mortise_new];
ALTER ROLE [db_backupoperator] ADD MEMBER [mortise_new];
COMMIT TRANSACTION;
`);
    expect(generated).toEqual([]);
    const outcome = valueOf(await apply(draft));
    expect(outcome.claims.map(({ verdict }) => verdict)).toEqual(Array(6).fill('verified'));
    expect(JSON.stringify([draft.body, outcome])).not.toContain(generated[0]?.reveal());
    await expectReady();
    expect((await kept()).current).toBe(generated[0]?.reveal());
  });

  it('gives it nothing more', async () => {
    await apply(await planned());
    const { current = '' } = await kept();
    const pool = valueOf(await connect(profile.endpoint, { login, secret: new Secret(current) }, { most: 1 }));
    for (const text of [
      "UPDATE dbo.Controllers SET Name = N'x';",
      'SELECT Firmware FROM dbo.Controllers;',
      'SELECT * FROM dbo.Doors;',
      "CREATE LOGIN other WITH PASSWORD = N'Long-Enough-1';",
      'CREATE TABLE dbo.x (id int);',
    ])
      await expect(pool.request().batch(text)).rejects.toThrow();
    await pool.close();
  });

  it('is nothing to do a second time', async () => {
    await apply(await planned());
    expect(await operation().plan({ setup, mayChangeLogins: false })).toMatchObject({
      ok: false,
      error: { code: 'already-so' },
    });
    expect(generated.length).toBe(1);
  });

  it('takes any name that a login can have', async () => {
    profile = { ...profile, runLogin: "we]ird'; DROP LOGIN x; --" };
    await apply(await planned());
    await expectReady();
  });

  it('adds the rights on logins on request, with what they open and consent', async () => {
    const draft = await planned(true);
    expect(tsqlOf(draft)).toContain(
      'GRANT ALTER ANY LOGIN TO [mortise_new];\nGRANT ALTER ANY CONNECTION TO [mortise_new];',
    );
    expect(draft.body.consent).toContain('change the passwords of all other logins');
    expect(draft.body.warnings.join(' ')).toContain('change the passwords of all other logins');
    await apply(draft);
    const { current = '' } = await kept();
    const rights = valueOf(await new SqlServerRunLogin(profile).rightsAs(new Secret(current)));
    expect([rights.alterAnyLogin, rights.alterAnyConnection]).toEqual([true, true]);
  });

  it('leaves nothing behind where the server refuses a part of it', async () => {
    await site.run('CREATE USER mortise_new WITHOUT LOGIN;');
    const draft = await planned();
    expect(draft.body.consent).toContain('belongs to another login');
    // Somebody drops it between plan and apply: the statement about the user fails, and the login goes with it.
    await site.run('DROP USER mortise_new;');
    const before = await timesNamed();
    expect((await apply(draft)).ok).toBe(false);
    expect(await timesNamed()).toBe(before);
    await apply(await planned());
    await expectReady();
  });
});

/** How often the login stands in everything that the server keeps. */
const timesNamed = async () => ((await site.image()).match(/"mortise_new"/g) ?? []).length;

describe('A login that is there', () => {
  it('is given only what it lacks', async () => {
    await apply(await planned());
    await site.run('USE master; REVOKE VIEW ANY DEFINITION FROM mortise_new;');
    const draft = await planned();
    expect(tsqlOf(draft).match(/GRANT .*|CREATE .*|ALTER .*/g)).toEqual([
      'GRANT VIEW ANY DEFINITION TO [mortise_new];',
    ]);
    expect(draft.body.consent).toBeNull();
    await apply(draft);
    await expectReady();
    expect(generated.length).toBe(1);
  });

  it('with a password that nobody here knows gets a new one with consent alone', async () => {
    await site.run("CREATE LOGIN mortise_new WITH PASSWORD = N'Somebody-Elses-1';");
    const draft = await planned();
    expect(draft.body.consent).toContain('with a password that Mortise does not know');
    expect(tsqlOf(draft)).toContain('ALTER LOGIN [mortise_new] WITH PASSWORD = [secret] UNLOCK;');
    await apply(draft);
    await expectReady();
  });

  it('that was disabled is enabled with consent alone', async () => {
    await apply(await planned());
    await site.run('ALTER LOGIN mortise_new DISABLE;');
    const draft = await planned();
    expect(draft.body.consent).toContain('was disabled by somebody');
    await apply(draft);
    await expectReady();
  });

  it('is logged in as once with a password that is wrong, however often it is planned', async () => {
    await apply(await planned());
    await site.run("ALTER LOGIN mortise_new WITH PASSWORD = N'Somebody-Elses-1';");
    const one = operation();
    for (const _time of [1, 2, 3]) {
      expect(valueOf(await one.plan({ setup, mayChangeLogins: false })).body.consent).toContain('does not know');
    }
    const pool = valueOf(await connect(profile.endpoint, credentialOf('site_admin'), { most: 1 }));
    const { recordset } = await pool
      .request()
      .query<{ bad: number }>("SELECT CONVERT(int, LOGINPROPERTY(N'mortise_new', N'BadPasswordCount')) AS bad");
    await pool.close();
    expect(recordset[0]?.bad).toBe(1);
  });

  it('whose user was left behind by a former login of its name gets it back', async () => {
    await apply(await planned());
    await site.run('DROP LOGIN mortise_new;');
    const draft = await planned();
    expect(tsqlOf(draft)).toContain('ALTER USER [mortise_new] WITH LOGIN = [mortise_new];');
    await apply(draft);
    await expectReady();
  });
});

const planAs = async (who: { readonly login: string; readonly password: string } | null) =>
  await operation().plan({ setup: who, mayChangeLogins: false });

const planWith = async (facts: Partial<RunLoginFacts>) => {
  const seen = valueOf(await new SqlServerRunLogin(profile).look(credentialOf('site_admin')));
  const runLogin = altered({ look: async () => await Promise.resolve(succeed({ ...seen, ...facts })) });
  const answer = await operation({ runLogin }).plan({ setup, mayChangeLogins: false });
  return answer.ok ? 'planned' : answer.error.code;
};

describe('The setup principal', () => {
  it('must be an administrator; the sentence says which rights are missing', async () => {
    const answer = await planAs({ login: acsService.login, password: acsService.password });
    expect(answer).toMatchObject({ ok: false, error: { code: 'setup-not-enough' } });
    expect(JSON.stringify(answer)).toContain('CONTROL SERVER');
    expect(JSON.stringify(answer)).toContain('ALTER ANY LOGIN');
  });

  it('must be given at a real site, and be right', async () => {
    expect(await planAs(null)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    expect(await planAs({ login: siteAdmin.login, password: 'wrong' })).toMatchObject({
      ok: false,
      error: { code: 'login-refused' },
    });
  });

  it('is told that a server takes Windows accounts only, and that a login is none of its own', async () => {
    expect(await planWith({ windowsOnly: true })).toBe('windows-only');
    const windows = { type: 'U', disabled: false, locked: false, sysadmin: false, passwordSetAt: null };
    expect(await planWith({ login: windows })).toBe('not-allowed');
    expect(await planWith({ otherUser: 'dbo' })).toBe('not-allowed');
    expect(await planWith({})).toBe('planned');
  });
});

/** The real thing, with what is different in this case. */
function altered(different: Partial<RunLoginSetup>): RunLoginSetup {
  const real = new SqlServerRunLogin(profile);
  return {
    look: async (who) => await real.look(who),
    text: (steps) => real.text(steps),
    tryLogin: async (secret) => await real.tryLogin(secret),
    carryOut: async (who, steps, password) => await real.carryOut(who, steps, password),
    rightsAs: async (secret) => await real.rightsAs(secret),
    ...different,
  };
}

class Killed extends Error {}

/** Everything that leaves a trace, in its order. A kill at `at` comes before the effect, one at `at + 0.5` after it. */
function killedAt(at: number): Overrides & { readonly effects: () => number } {
  let effects = 0;
  const guarded = async <T>(act: () => Promise<T>): Promise<T> => {
    const here = effects;
    effects += 1;
    if (here === at) throw new Killed();
    const answer = await act();
    if (here + 0.5 === at) throw new Killed();
    return answer;
  };
  const real = new SqlServerRunLogin(profile);
  return {
    effects: () => effects,
    runLogin: altered({
      carryOut: async (who, steps, password) => await guarded(async () => await real.carryOut(who, steps, password)),
      rightsAs: async (secret) => await guarded(async () => await real.rightsAs(secret)),
    }),
    store: {
      kind: store.kind,
      sentence: store.sentence,
      read: async (name) => await store.read(name),
      write: async (name, record) => await guarded(async () => await store.write(name, record)),
      remove: async (name) => await store.remove(name),
    },
  };
}

describe('Killed half-way, it ends well when it is asked for again', () => {
  it.each([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5])(
    'at effect %f of four, without consent and without a second password in force',
    async (at) => {
      const doomed = killedAt(at);
      await expect((async () => await apply(await planned(false, doomed)))()).rejects.toThrow(Killed);
      const again = await operation().plan({ setup, mayChangeLogins: false });
      if (again.ok) {
        expect(again.value.body.consent).toBeNull();
        valueOf(await apply(again.value));
      } else expect(again.error.code).toBe('already-so');
      await expectReady();
    },
  );

  it('has four effects: keep, create, prove, promote', async () => {
    const whole = killedAt(99);
    valueOf(await apply(await planned(false, whole)));
    expect(whole.effects()).toBe(4);
  });

  it('is settled by logging in when the answer was lost', async () => {
    const real = new SqlServerRunLogin(profile);
    const runLogin = altered({
      carryOut: async (who, steps, password) => {
        await real.carryOut(who, steps, password);
        return failed(failure('connection-lost'));
      },
    });
    valueOf(await apply(await planned(false, { runLogin })));
    await expectReady();
  });

  it('changes nothing at the server while the store is locked', async () => {
    const draft = await planned();
    const before = await timesNamed();
    store.locked = true;
    expect(await apply(draft)).toMatchObject({ ok: false, error: { code: 'keychain-locked' } });
    expect(await timesNamed()).toBe(before);
  });
});

/** Last: the site stays prepared. */
describe('At a prepared site a login that was dropped', () => {
  it('gets its rights on the schema mortise back at a prepared site', async () => {
    profile = site.profile;
    const prepared = new SqlServerDatabase(
      profile,
      async () => await Promise.resolve({ ok: true, value: [credentialOf('mortise_run')] }),
    );
    valueOf(await prepared.prepare(credentialOf('site_admin'), 'test'));
    await prepared.close();
    await site.run('DROP USER mortise_run;', 'DROP LOGIN mortise_run;');
    const draft = await planned();
    expect(tsqlOf(draft)).toContain('GRANT EXECUTE ON SCHEMA::[mortise] TO [mortise_run];');
    await apply(draft);
    await expectReady();
  });
});
