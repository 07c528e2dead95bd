import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import type { Credential, SiteDatabase } from '#electron/database/site-database.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import { codeOf, valueOf } from '#tests/unit/shared/result-of.ts';

/** A site that is not prepared yet, and what the tests need of it besides the port. */
export interface OpenedDatabase {
  readonly database: SiteDatabase;
  readonly setup: Credential;
  /** A login of a service, with its present password. */
  readonly service: Credential;
  /** A program of the service logs in and stays until the site is closed. */
  connectService(): Promise<void>;
  close(): Promise<void>;
}

const why = { actor: 'SITE\\ines', reason: 'Handover' };

/** What every SiteDatabase promises, the fake and the real one. `skip`: the server is not there. */
export function siteDatabaseContract(open: () => Promise<OpenedDatabase>, { skip = false } = {}): void {
  describe.skipIf(skip)('as a site’s database', () => {
    let site: OpenedDatabase;
    let database: SiteDatabase;
    beforeEach(async () => {
      site = await open();
      ({ database } = site);
    });
    afterEach(async () => {
      await site.close();
    });

    const status = async (): Promise<SiteStatus> => valueOf(await database.status(new Date(0)));
    const state = async () => (await status()).state?.state;
    const request = async () => {
      const { state: row, server } = await status();
      return {
        ...why,
        expectedVersion: row?.version ?? Uint8Array.from([]),
        server: { name: server.instance, recoveryFork: server.recoveryFork },
      };
    };
    const prepare = async () => valueOf(await database.prepare(site.setup, why.actor));
    const off = async () => valueOf(await database.commissioningOff(await request()));

    it('is not prepared at first, and reads its controllers all the same', async () => {
      const first = await status();
      expect(first).toMatchObject({ prepared: false, truncateStop: false, registered: 0, objects: [] });
      expect(first.state).toBeUndefined();
      expect(first.counts.total).toBeGreaterThan(0);
    });

    it('is prepared open, and removed without trace', async () => {
      await prepare();
      expect(await status()).toMatchObject({ prepared: true, state: { state: 'on' } });
      valueOf(await database.remove(site.setup));
      expect(await status()).toMatchObject({ prepared: false, guards: [], objects: [] });
    });

    it('registers every controller when it is switched off, and counts them', async () => {
      await prepare();
      const { counts } = await status();
      expect((await off()).controllers).toBe(counts.total);
      const after = await status();
      expect(after).toMatchObject({ state: { state: 'off', reason: why.reason }, truncateStop: true });
      expect([after.registered, after.counts.bound, after.counts.changed, after.counts.missing]).toEqual([
        counts.total,
        counts.total,
        0,
        0,
      ]);
    });

    it('refuses a decision that rests on an older state, whatever it is', async () => {
      await prepare();
      const stale = await request();
      await off();
      const answers = [
        await database.commissioningOff(stale),
        await database.commissioningOn({ ...stale, openUntil: null }),
        await database.rehearse({ ...stale, minutes: 10 }),
        await database.renewRegister(stale),
        await database.adoptServer(stale),
      ];
      expect(answers.map(codeOf)).toEqual(answers.map(() => 'plan-outdated'));
      expect(await state()).toBe('off');
    });

    it('opens until a time', async () => {
      await prepare();
      await off();
      const openUntil = new Date('2199-01-01T00:00:00.001Z');
      valueOf(await database.commissioningOn({ ...(await request()), openUntil }));
      expect((await status()).state).toMatchObject({ state: 'on', openUntil });
    });

    it('rehearses, and keeps or ends the rehearsal', async () => {
      await prepare();
      valueOf(await database.rehearse({ ...(await request()), minutes: 10 }));
      expect(await status()).toMatchObject({ state: { state: 'rehearsing' }, truncateStop: true, registered: 0 });
      await off();
      expect(await state()).toBe('off');
      valueOf(await database.commissioningOn({ ...(await request()), openUntil: null }));
      valueOf(await database.rehearse({ ...(await request()), minutes: 10 }));
      valueOf(await database.commissioningOn({ ...(await request()), openUntil: null }));
      expect((await status()).state).toMatchObject({ state: 'on', lockedUntil: null });
    });

    it('renews the register and adopts a server while it stays off', async () => {
      await prepare();
      await off();
      valueOf(await database.renewRegister(await request()));
      const server = { name: 'ELSEWHERE', recoveryFork: null };
      valueOf(await database.adoptServer({ ...(await request()), server }));
      expect((await status()).state).toMatchObject({ state: 'off', serverName: 'ELSEWHERE', recoveryFork: null });
    });

    it('takes the guard down and puts it up again as it was, off or on', async () => {
      await prepare();
      valueOf(await database.takeGuardDown(site.setup, why));
      expect(await status()).toMatchObject({ prepared: true, state: { state: 'upgrading' }, guards: [] });
      valueOf(await database.putGuardUp(site.setup, why));
      expect(await state()).toBe('on');
      await off();
      const { registered } = await status();
      valueOf(await database.takeGuardDown(site.setup, why));
      valueOf(await database.putGuardUp(site.setup, why));
      expect(await status()).toMatchObject({ state: { state: 'off' }, registered, truncateStop: true });
    });

    it('tells a login that works from one that is refused, and changes a password by knowing it', async () => {
      const { login, secret } = site.service;
      const next = new Secret('An0ther-Passw0rd-2026');
      valueOf(await database.tryLogin({ login, secret }));
      expect(codeOf(await database.tryLogin({ login, secret: next }))).toBe('login-refused');
      expect(codeOf(await database.changeOwnPassword(login, next, secret))).toBe('login-refused');
      valueOf(await database.changeOwnPassword(login, secret, next));
      expect(codeOf(await database.tryLogin({ login, secret }))).toBe('login-refused');
      valueOf(await database.tryLogin({ login, secret: next }));
    });

    it('takes a password from an administrator without the former one', async () => {
      const { login, secret } = site.service;
      const next = new Secret('Next-Passw0rd-of-the-service');
      valueOf(await database.setPassword(site.setup, login, next));
      expect(codeOf(await database.tryLogin({ login, secret }))).toBe('login-refused');
      valueOf(await database.tryLogin({ login, secret: next }));
    });

    it('knows no linked server and no credential that holds a password of the service’s login', async () => {
      expect(valueOf(await database.holdersOf(site.service.login))).toEqual([]);
    });

    it('tells of refused logins, or that its own login may not read of them', async () => {
      const { login } = site.service;
      await database.tryLogin({ login, secret: new Secret('not-this-one') });
      const refused = await database.refusedLogins(login);
      if (refused.ok) expect(refused.value).toEqual(expect.any(Array));
      else expect(refused.error.code).toMatch(/^(?:no-right|statement-failed)$/);
    });

    it('knows the facts of a login, and none of one that is not there', async () => {
      const { login } = site.service;
      expect(valueOf(await database.loginFacts(login))).toMatchObject({
        name: login,
        disabled: false,
        locked: false,
        mustChange: false,
        expired: false,
      });
      expect(valueOf(await database.loginFacts('nobody_of_that_name'))).toBeUndefined();
    });

    it('sees a session that a service opens', async () => {
      const { login } = site.service;
      const before = valueOf(await database.sessionsOf(login)).length;
      await site.connectService();
      expect(valueOf(await database.sessionsOf(login))).toHaveLength(before + 1);
    });

    it('lists every session with its connection, and ends it by that alone', async () => {
      const { login } = site.service;
      await site.connectService();
      const own = async () => valueOf(await database.openSessions()).filter((session) => session.login === login);
      const before = await own();
      const [one] = before;
      expect(one).toMatchObject({ login, sessionId: expect.any(Number) as number });
      if (one === undefined) return;
      // The number alone could be somebody else's by now.
      const another = { sessionId: one.sessionId, connectionId: '00000000-0000-0000-0000-000000000000' };
      valueOf(await database.endSession(another));
      expect(await own()).toHaveLength(before.length);
      const ended = await database.endSession(one);
      // Only a login that was given the right may.
      expect(['ok', 'no-right']).toContain(codeOf(ended));
      await expect.poll(async () => (await own()).length).toBe(before.length - (ended.ok ? 1 : 0));
    });

    it('is used again after it was closed', async () => {
      await status();
      await database.close();
      expect((await status()).prepared).toBe(false);
    });
  });
}
