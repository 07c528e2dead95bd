import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { known } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import { Secret } from '#shared/secret.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { RotateLogin } from '#electron/operations/rotation/rotate-login.ts';
import { ReconcileLogin } from '#electron/operations/rotation/reconcile-login.ts';
import { ResetLogin } from '#electron/operations/rotation/reset-login.ts';
import { VerifyLogin } from '#electron/operations/rotation/verify-login.ts';
import { SqlServerDatabase } from '#electron/database/sql-server-database.ts';
import { runCredentials } from '#electron/secrets/run-credentials.ts';
import { rotationRecordSchema } from '#electron/operations/rotation/rotation-journal.ts';
import type { RotationRecord } from '#electron/operations/rotation/rotation-journal.ts';
import type { RotationParts } from '#electron/operations/rotation/rotation-parts.ts';
import { quietRun } from '#electron/operations/run.ts';
import { MemorySecretStore } from '#electron/secrets/memory-secret-store.ts';
import type { Services } from '#electron/services/services.ts';
import { MemoryStepJournal } from '#tests/unit/operations/fakes/memory-journal.ts';
import { Tripwire } from '#tests/unit/operations/fakes/tripwire.ts';
import { codeOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { DriverAsker } from './driver-asker.ts';
import { databaseOf } from './guarded-over-the-wire.ts';
import { HeldCredential } from './held-credential.ts';
import { servers } from './servers.ts';
import type { SiteOnServer } from './site-on-server.ts';

const login = 'acs_service';
const empty = { version: 1, current: null, pending: null, previous: null } as const;

/** A service that logs in with what its file holds, over a connection of its own. */
class RealClient implements Services {
  readonly #server: SiteOnServer;
  readonly #file: HeldCredential;
  #open: DriverAsker | undefined;

  constructor(server: SiteOnServer, file: HeldCredential) {
    this.#server = server;
    this.#file = file;
  }

  async inspect(name: string) {
    const state = this.#open === undefined ? 'stopped' : 'running';
    return await Promise.resolve(
      known({ name, state, processId: this.#open === undefined ? null : process.pid } as const, new Date()),
    );
  }

  async runningDependants() {
    return await Promise.resolve(known([], new Date()));
  }

  async stop() {
    await this.#open?.close();
    this.#open = undefined;
    return succeed();
  }

  async start(name: string) {
    if (this.#open !== undefined) return succeed();
    const { endpoint } = this.#server.profile;
    this.#open = await DriverAsker.open(endpoint, { login, secret: this.#file.held }).catch(() => undefined);
    return this.#open === undefined
      ? failed(failure('service-did-not-start', { service: name, cause: 'it could not log in' }))
      : succeed();
  }
}

describe.each(servers)('$name, a rotation', ({ open }) => {
  let server: SiteOnServer;
  let file: HeldCredential;
  let service: RealClient;
  let parts: RotationParts;
  let generated = 0;

  beforeEach(async () => {
    if (open === undefined) return;
    server = await open();
    file = new HeldCredential(login, server.credential(login).secret);
    service = new RealClient(server, file);
    await service.start(login);
    parts = {
      profile: server.profile,
      database: databaseOf(server),
      store: new MemorySecretStore(),
      services: service,
      consumers: [file],
      journal: new MemoryStepJournal<RotationRecord>(new Tripwire(), rotationRecordSchema),
      clock: systemClock,
      generate: () => new Secret(`R0tated-Passw0rd-${(generated += 1)}`),
    };
  });
  afterEach(async () => {
    if (open === undefined) return;
    await service.stop();
    await parts.database.close();
    await server.close();
  });

  const rotate = async (to: 'generated' | 'previous') => {
    const draft = await new RotateLogin(parts, to).plan({ login });
    return draft.ok ? await draft.value.apply(quietRun('run')) : draft;
  };
  const works = async (secret: Secret) => (await parts.database.tryLogin({ login, secret })).ok;

  it.skipIf(open === undefined)('gives the login a new password, and the service logs in with it', async () => {
    const before = file.held;
    expect(valueOf(await rotate('generated')).claims.map(({ verdict }) => verdict)).toEqual(['verified', 'verified']);
    expect(await works(before)).toBe(false);
    expect(await works(file.held)).toBe(true);
    expect(await service.inspect(login)).toMatchObject({ value: { state: 'running' } });
  });

  it.skipIf(open === undefined)('puts the former password back', async () => {
    const before = file.held;
    valueOf(await rotate('generated'));
    valueOf(await rotate('previous'));
    expect(file.held.equals(before)).toBe(true);
    expect(await works(before)).toBe(true);
  });

  it.skipIf(open === undefined)('is done by an administrator where nobody knows the password', async () => {
    const administrator = server.credential('site_admin');
    valueOf(await parts.database.setPassword(administrator, login, new Secret('Nobody-Kn0ws-This')));
    const draft = await new ResetLogin(parts, () => ({ ok: true, value: administrator })).plan({ login, setup: null });
    valueOf(await valueOf(draft).apply(quietRun('run')));
    expect(await works(file.held)).toBe(true);
    expect(await service.inspect(login)).toMatchObject({ value: { state: 'running' } });
  });

  it.skipIf(open === undefined)(
    'is of Mortise’s own login too, which goes on reading with the new password',
    async () => {
      const { runLogin } = server.profile;
      valueOf(await parts.store.write(runLogin, { ...empty, current: server.credential(runLogin).secret }));
      const own = new SqlServerDatabase(server.profile, runCredentials(parts.store, runLogin));
      const draft = await new RotateLogin({ ...parts, database: own }, 'generated').plan({ login: runLogin });
      valueOf(await valueOf(draft).apply(quietRun('run')));
      expect((await own.rights()).ok).toBe(true);
      await own.close();
      const again = new SqlServerDatabase(server.profile, runCredentials(parts.store, runLogin));
      expect((await again.rights()).ok).toBe(true);
      await again.close();
    },
  );

  it.skipIf(open === undefined)('brings a copy into line that somebody changed', async () => {
    valueOf(await rotate('generated'));
    const working = file.held;
    file.held = new Secret('Typed-by-hand-1');
    expect(valueOf(await new VerifyLogin(parts).login(login)).verdict).toBe('differs');
    const draft = await new ReconcileLogin(parts).plan({ login });
    valueOf(await valueOf(draft).apply(quietRun('run')));
    expect(file.held.equals(working)).toBe(true);
    expect(valueOf(await new VerifyLogin(parts).login(login)).verdict).toBe('agrees');
  });

  it.skipIf(open === undefined)('goes on where a full disk stopped it, and locks nobody out', async () => {
    file.refuses = true;
    expect(codeOf(await rotate('generated'))).toBe('consumer-unreadable');
    file.refuses = false;
    valueOf(await rotate('generated'));
    expect(await works(file.held)).toBe(true);
    expect(await service.inspect(login)).toMatchObject({ value: { state: 'running' } });
  });
});
