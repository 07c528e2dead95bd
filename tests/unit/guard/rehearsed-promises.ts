import { guardErrors } from '#shared/vocabulary.ts';
import type { Asker, GuardedSite } from './guarded-site.ts';
import { count, first, heartbeat, insert, passes, refusedWith, whileOff } from './switched-promises.ts';
import type { GuardPromise } from './switched-promises.ts';

const state = async (asker: Asker) => String(await asker.scalar('SELECT state FROM mortise.effective_state();'));
const reads = async (asker: Asker, expected: string) => {
  const seen = await state(asker);
  return seen === expected ? undefined : `the state reads ${seen}, not ${expected}`;
};
const history = async (asker: Asker) =>
  String(await asker.scalar('SELECT TOP (1) event FROM mortise.state_history ORDER BY entry DESC;'));
const registered = async (asker: Asker) =>
  Number(await asker.scalar('SELECT COUNT(*) FROM mortise.controller_register;'));

async function whileRehearsed(site: GuardedSite, check: () => Promise<string | undefined>) {
  const rehearsed = passes(await site.switchTo('rehearse', { minutes: 10 }));
  return rehearsed === undefined ? await check() : `rehearsing: ${rehearsed}`;
}

/** The server's clock went past the end of the rehearsal: the same as an end in the past. */
const passTheEnd = async ({ admin }: GuardedSite) =>
  await admin.must("UPDATE mortise.site_state SET locked_until = '2020-01-01T00:00:00';");

/** Past the guard, as a sysadmin can: the guard is disabled for a moment. */
async function addPastTheGuard({ admin }: GuardedSite, key: number): Promise<void> {
  await admin.must('DISABLE TRIGGER dbo.mortise_guard_membership ON dbo.Controllers;');
  await admin.must(insert(key));
  await admin.must('ENABLE TRIGGER dbo.mortise_guard_membership ON dbo.Controllers;');
}

/** What rehearsing, renewing and adopting promise. */
export const rehearsedPromises: readonly GuardPromise[] = [
  {
    name: 'a rehearsal refuses what off refuses, and lets heartbeats pass',
    broken: async (site) =>
      await whileRehearsed(site, async () =>
        first(
          async () => reads(site.run, 'rehearsing'),
          async () => refusedWith(guardErrors.membership, await site.service.ask(insert(9001))),
          async () =>
            refusedWith(
              guardErrors.identity,
              await site.service.ask("UPDATE dbo.Controllers SET SerialNumber = N'SN-X' WHERE ControllerId = 1;"),
            ),
          async () => refusedWith(4712, await site.admin.ask('TRUNCATE TABLE dbo.Controllers;')),
          async () => passes(await site.service.ask(heartbeat)),
        ),
      ),
  },
  {
    name: 'a rehearsal ends by the server’s clock: the table takes changes again',
    broken: async (site) =>
      await whileRehearsed(site, async () => {
        await passTheEnd(site);
        return await first(
          async () => reads(site.run, 'rehearsal-over'),
          async () => passes(await site.service.ask(insert(9001))),
        );
      }),
  },
  {
    name: 'a rehearsal that lasts has an end that lies ahead',
    broken: async (site) =>
      await whileRehearsed(site, async () => {
        const ahead = await site.run.scalar(
          'SELECT CASE WHEN locked_until BETWEEN DATEADD(minute, 9, SYSUTCDATETIME()) AND DATEADD(minute, 11, SYSUTCDATETIME()) THEN 1 ELSE 0 END FROM mortise.effective_state();',
        );
        return Number(ahead) === 1 ? undefined : 'its end is not ten minutes ahead';
      }),
  },
  {
    name: 'a rehearsal makes no register; keeping the lock does, and stays off for good',
    broken: async (site) =>
      await whileRehearsed(site, async () => {
        const before = await registered(site.run);
        const off = passes(await site.switchTo('off'));
        const after = await registered(site.run);
        if (off !== undefined || before !== 0 || after !== (await count(site.run)))
          return off ?? `${before} registered while rehearsed, ${after} after`;
        return await reads(site.run, 'off');
      }),
  },
  {
    name: 'ending a rehearsal early opens, and takes the truncate stop away',
    broken: async (site) =>
      await whileRehearsed(site, async () =>
        first(
          async () => passes(await site.switchTo('on')),
          async () => reads(site.run, 'on'),
          async () => passes(await site.service.ask(insert(9001))),
          async () => passes(await site.admin.ask('TRUNCATE TABLE dbo.Controllers;')),
        ),
      ),
  },
  {
    name: 'a rehearsal after one that ended begins anew',
    broken: async (site) =>
      await whileRehearsed(site, async () => {
        await passTheEnd(site);
        return await first(
          async () => passes(await site.switchTo('rehearse', { minutes: 5 })),
          async () => refusedWith(guardErrors.membership, await site.service.ask(insert(9001))),
        );
      }),
  },
  {
    name: 'renewing registers what is there, stays off and is in the history',
    broken: async (site) =>
      await whileOff(site, async () => {
        await addPastTheGuard(site, 9001);
        const before = await registered(site.run);
        return await first(
          async () => passes(await site.switchTo('renew')),
          async () => ((await registered(site.run)) === before + 1 ? undefined : 'the register was not renewed'),
          async () => reads(site.run, 'off'),
          async () => ((await history(site.run)) === 'renew-register' ? undefined : 'it is not in the history'),
          async () => refusedWith(guardErrors.membership, await site.service.ask(insert(9002))),
        );
      }),
  },
  {
    name: 'adopting binds the lock to this server, keeps the register and stays off',
    broken: async (site) =>
      await whileOff(site, async () => {
        await addPastTheGuard(site, 9001);
        const before = await registered(site.run);
        return await first(
          async () => passes(await site.switchTo('adopt')),
          async () =>
            (await site.run.scalar('SELECT server_name FROM mortise.site_state;')) === 'ELSEWHERE'
              ? undefined
              : 'the server was not written',
          async () => ((await registered(site.run)) === before ? undefined : 'the register was changed'),
          async () => ((await history(site.run)) === 'adopt-server' ? undefined : 'it is not in the history'),
          async () => reads(site.run, 'off'),
        );
      }),
  },
  ...(['off', 'renew'] as const).map((what): GuardPromise => ({
    name: `${what} keeps what else acted on the table`,
    broken: async (site) =>
      await whileOff(site, async () => {
        await site.admin.must('UPDATE mortise.site_state SET other_triggers = NULL;');
        const done = passes(await site.switchTo(what));
        const kept = await site.run.scalar(
          'SELECT CASE WHEN other_triggers = 0xFE THEN 1 ELSE 0 END FROM mortise.site_state;',
        );
        return done ?? (Number(kept) === 1 ? undefined : 'it was not kept');
      }),
  })),
  ...(['rehearse', 'renew', 'adopt'] as const).map((what): GuardPromise => ({
    name: `a decision to ${what} that rests on an older state is refused`,
    broken: async (site) =>
      await whileOff(site, async () => {
        const stale = await site.run.scalar('SELECT row_version FROM mortise.site_state;');
        const on = passes(await site.switchTo('on'));
        return on ?? refusedWith(guardErrors.stateChanged, await site.switchTo(what, { version: stale as Uint8Array }));
      }),
  })),
  {
    name: 'a trigger that ends the transaction does not run before the guard',
    broken: async (site) => {
      await site.admin.must(
        "CREATE TRIGGER dbo.vendor_commits ON dbo.Controllers AFTER INSERT AS BEGIN SET NOCOUNT ON; INSERT INTO dbo.Events (HappenedUtc, Kind, Details) VALUES (SYSUTCDATETIME(), N'x', N'seen'); END;",
      );
      return await whileOff(site, async () => {
        const before = Number(await site.admin.scalar('SELECT COUNT(*) FROM dbo.Events;'));
        const refused = refusedWith(guardErrors.membership, await site.service.ask(insert(9001)));
        const after = Number(await site.admin.scalar('SELECT COUNT(*) FROM dbo.Events;'));
        return refused ?? (after === before ? undefined : 'what another trigger wrote was kept');
      });
    },
  },
  ...(['INSERT', 'DELETE', 'UPDATE'] as const).map((action): GuardPromise => ({
    name: `no other trigger can be made the first for ${action}`,
    broken: async ({ admin }) => {
      await admin.must(`CREATE TRIGGER dbo.vendor ON dbo.Controllers AFTER ${action} AS BEGIN SET NOCOUNT ON; END;`);
      return refusedWith(
        15130,
        await admin.ask(
          `EXEC sp_settriggerorder @triggername = N'dbo.vendor', @order = N'First', @stmttype = N'${action}';`,
        ),
      );
    },
  })),
  {
    name: 'the history says until when it was decided, as the state does',
    broken: async (site) => {
      const until =
        'SELECT CASE WHEN h.until = COALESCE(s.open_until, s.locked_until) THEN 1 ELSE 0 END FROM mortise.state_history AS h CROSS JOIN mortise.site_state AS s WHERE h.entry = (SELECT MAX(m.entry) FROM mortise.state_history AS m);';
      const same = async () =>
        Number(await site.run.scalar(until)) === 1 ? undefined : 'the history has another time';
      return await first(
        async () => passes(await site.switchTo('rehearse', { minutes: 7 })),
        same,
        async () => passes(await site.switchTo('on', { openUntil: new Date('2199-01-01T00:00:00Z') })),
        same,
      );
    },
  },
];
