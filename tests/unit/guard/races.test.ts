import { onTestFinished, describe, expect, it } from 'vitest';
import { guardErrors } from '#shared/vocabulary.ts';
import { codeOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { heartbeat, insert } from './switched-promises.ts';
import { setup, WiredSite } from './wired-site.ts';

/** Real connections over the wire, against a server whose clock is the test's. */
async function opened(options?: Parameters<typeof WiredSite.open>[0]): Promise<WiredSite> {
  const site = await WiredSite.open(options);
  onTestFinished(async () => await site.close());
  return site;
}

const registered = (key: number) => `SELECT COUNT(*) FROM mortise.controller_register WHERE ControllerId = ${key};`;

describe('An insert and switching off, on two connections', () => {
  it('committed before: it is in the register', async () => {
    const site = await opened();
    const service = await site.client('acs_service');
    await service.must(insert(9001));
    valueOf(await site.off());
    const run = await site.client('mortise_run');
    expect(await run.scalar(registered(9001))).toBe(1);
  });

  it('uncommitted when off begins: off waits, and it is in the register', async () => {
    const site = await opened();
    const service = await site.client('acs_service');
    await service.must(`BEGIN TRANSACTION; ${insert(9001)}`);
    let done = false;
    const off = site.off().then((answer) => {
      done = true;
      return answer;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(done).toBe(false);
    await service.must('COMMIT TRANSACTION;');
    valueOf(await off);
    const run = await site.client('mortise_run');
    expect(await run.scalar(registered(9001))).toBe(1);
    expect(await site.drift()).toEqual([]);
  });

  it('uncommitted and taken back: off waits, and it is not in the register', async () => {
    const site = await opened();
    const service = await site.client('acs_service');
    await service.must(`BEGIN TRANSACTION; ${insert(9001)}`);
    const off = site.off();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await service.must('ROLLBACK TRANSACTION;');
    valueOf(await off);
    const run = await site.client('mortise_run');
    expect(await run.scalar(registered(9001))).toBe(0);
    expect(await site.drift()).toEqual([]);
  });

  it('asked while off is under way: it waits and is refused', async () => {
    const site = await opened();
    const mortise = site.engineer();
    const request = await site.request(mortise);
    // An administrator holds the state, so that off stands between its first lock and its commit.
    const admin = await site.client('site_admin');
    await admin.must("BEGIN TRANSACTION; UPDATE mortise.site_state SET reason = N'held';");
    const off = mortise.commissioningOff(request);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const service = await site.client('acs_service');
    let answered = false;
    const late = service.ask(insert(9001)).then((answer) => {
      answered = true;
      return answer;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(answered).toBe(false);
    await admin.must('ROLLBACK TRANSACTION;');
    valueOf(await off);
    expect(await late).toBe(guardErrors.membership);
    expect(await site.drift()).toEqual([]);
  });

  it('asked after: it is refused, and nothing of its transaction stays', async () => {
    const site = await opened();
    valueOf(await site.off());
    const service = await site.client('acs_service');
    expect(await service.ask(insert(9001))).toBe(guardErrors.membership);
    expect(await service.scalar('SELECT @@TRANCOUNT;')).toBe(0);
    expect(await site.drift()).toEqual([]);
  });
});

describe('Two engineers at once', () => {
  it.each(['off and off', 'off and rehearse', 'rehearse and off'] as const)(
    '%s: one decision is carried out, the other is refused as outdated or busy',
    async (what) => {
      const site = await opened();
      const [first, second] = [site.engineer(), site.engineer()];
      // Both looked before either acted.
      const [one, two] = await Promise.all([site.request(first), site.request(second)]);
      const answers = await Promise.all([
        what === 'rehearse and off' ? first.rehearse({ ...one, minutes: 5 }) : first.commissioningOff(one),
        what === 'off and rehearse' ? second.rehearse({ ...two, minutes: 5 }) : second.commissioningOff(two),
      ]);
      const failures = answers.filter(({ ok }) => !ok);
      expect(failures).toHaveLength(1);
      expect(['plan-outdated', 'busy']).toContain(failures.map((each) => codeOf(each))[0]);
      expect(await site.drift()).toEqual([]);
    },
  );

  it('one prepares while the other does: one set of objects', async () => {
    const site = await opened();
    const [first, second] = [site.engineer(), site.engineer()];
    valueOf(await first.remove(setup));
    const answers = await Promise.all([first.prepare(setup, 'one'), second.prepare(setup, 'two')]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await site.status()).prepared).toBe(true);
    expect(await site.drift()).toEqual([]);
  });
});

describe('While Mortise is closed, the server’s clock', () => {
  it('locks an opening when its time has come, and the next look says so', async () => {
    const site = await opened();
    const mortise = site.engineer();
    valueOf(await site.off(mortise));
    valueOf(await site.on(new Date(site.now() + 30 * 60_000), mortise));
    await mortise.close();
    const service = await site.client('acs_service');
    await service.must(insert(9001));
    site.advance(31);
    expect(await service.ask(insert(9002))).toBe(guardErrors.membership);
    expect(await service.ask(heartbeat)).toBeUndefined();
    const status = await site.status();
    expect([status.state?.state, status.counts.total - status.counts.bound]).toEqual(['locked-by-time', 1]);
    expect((await site.drift()).map(({ name }) => name)).toEqual(['Truncate stop missing']);
  });

  it('opens a rehearsed lock again, and the next look says so', async () => {
    const site = await opened();
    const mortise = site.engineer();
    valueOf(await site.rehearse(10, mortise));
    await mortise.close();
    const service = await site.client('acs_service');
    expect(await service.ask(insert(9001))).toBe(guardErrors.membership);
    site.advance(9);
    expect(await service.ask(insert(9001))).toBe(guardErrors.membership);
    site.advance(2);
    expect(await service.ask(insert(9001))).toBeUndefined();
    expect((await site.status()).state?.state).toBe('rehearsal-over');
    expect(await site.drift()).toEqual([]);
  });

  it('does not open a rehearsed lock that was kept', async () => {
    const site = await opened();
    valueOf(await site.rehearse(10));
    valueOf(await site.off());
    site.advance(60);
    const service = await site.client('acs_service');
    expect(await service.ask(insert(9001))).toBe(guardErrors.membership);
    expect(await site.drift()).toEqual([]);
  });
});

describe('Heartbeats', () => {
  it('of 5,000 controllers pass while the site is locked, in one statement and from many connections at once', async () => {
    const site = await opened({ controllers: 5000 });
    valueOf(await site.off());
    const service = await site.client('acs_service');
    expect(await service.ask('UPDATE dbo.Controllers SET LastSeenUtc = SYSUTCDATETIME();')).toBeUndefined();
    const many = await Promise.all(Array.from({ length: 20 }, async () => await site.client('acs_service')));
    const answers = await Promise.all(
      many.map(async (client, index) => {
        const from = index * 250 + 1;
        return await client.ask(
          Array.from(
            { length: 250 },
            (_, at) => `UPDATE dbo.Controllers SET LastSeenUtc = SYSUTCDATETIME() WHERE ControllerId = ${from + at};`,
          ).join('\n'),
        );
      }),
    );
    expect(answers.every((answer) => answer === undefined)).toBe(true);
    const status = await site.status();
    expect(status.counts).toMatchObject({ total: 5000, bound: 5000, asleep: 0 });
    expect(await site.drift()).toEqual([]);
  }, 120_000);
});
