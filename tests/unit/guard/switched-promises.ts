import { guardErrors } from '#shared/vocabulary.ts';
import type { Asker, GuardedSite, Seen } from './guarded-site.ts';

export const insert = (key: number) =>
  `INSERT INTO dbo.Controllers (ControllerId, SerialNumber, Name, Address, Model) VALUES (${key}, N'SN-${key}', N'New', N'10.0.0.${key % 250}', N'ACU-4');`;
export const heartbeat = 'UPDATE dbo.Controllers SET LastSeenUtc = SYSUTCDATETIME() WHERE ControllerId = 1;';

/** One thing that the guard promises, and how to see that it does not hold. */
export interface GuardPromise {
  readonly name: string;
  /** Undefined when it holds, else what was seen instead. */
  readonly broken: (site: GuardedSite) => Promise<string | undefined>;
}

export const refusedWith = (number: number, seen: Seen) =>
  seen.error?.number === number
    ? undefined
    : `expected error ${number}, saw ${seen.error === undefined ? 'success' : seen.error.number}`;
export const passes = (seen: Seen) =>
  seen.error === undefined ? undefined : `expected success, saw ${seen.error.number} ${seen.error.text}`;

export async function first(...checks: readonly (() => Promise<string | undefined>)[]): Promise<string | undefined> {
  for (const check of checks) {
    const broken = await check();
    if (broken !== undefined) return broken;
  }
  return undefined;
}

export const count = async (asker: Asker) => Number(await asker.scalar('SELECT COUNT(*) FROM dbo.Controllers;'));

export async function whileOff(
  site: GuardedSite,
  check: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const off = passes(await site.switchTo('off'));
  return off === undefined ? await check() : `switching off: ${off}`;
}

/** What the guard promises while commissioning mode is on or off. */
export const switchedPromises: readonly GuardPromise[] = [
  {
    name: 'while on, controllers are added, re-keyed and deleted as before',
    broken: async ({ service }) =>
      await first(
        async () => passes(await service.ask(insert(9001))),
        async () =>
          passes(
            await service.ask(
              "UPDATE dbo.Controllers SET ControllerId = 9002, SerialNumber = N'SN-X' WHERE ControllerId = 9001;",
            ),
          ),
        async () => passes(await service.ask('DELETE FROM dbo.Controllers WHERE ControllerId = 9002;')),
      ),
  },
  {
    name: 'off refuses an added controller',
    broken: async (site) =>
      await whileOff(site, async () => refusedWith(guardErrors.membership, await site.service.ask(insert(9001)))),
  },
  {
    name: 'off refuses an added controller from an administrator too',
    broken: async (site) =>
      await whileOff(site, async () => refusedWith(guardErrors.membership, await site.admin.ask(insert(9001)))),
  },
  {
    name: 'off refuses a deleted controller',
    broken: async (site) =>
      await whileOff(site, async () =>
        refusedWith(
          guardErrors.membership,
          await site.service.ask('DELETE FROM dbo.Controllers WHERE ControllerId = 3;'),
        ),
      ),
  },
  {
    name: 'off refuses many rows at once, and keeps none of them',
    broken: async (site) =>
      await whileOff(site, async () => {
        const before = await count(site.run);
        const seen = await site.service.ask(
          "INSERT INTO dbo.Controllers (ControllerId, SerialNumber, Name, Address, Model) SELECT ControllerId + 5000, SerialNumber + N'x', Name, Address, Model FROM dbo.Controllers;",
        );
        return (
          refusedWith(guardErrors.membership, seen) ??
          ((await count(site.run)) === before ? undefined : 'rows were kept')
        );
      }),
  },
  {
    name: 'off refuses a new key',
    broken: async (site) =>
      await whileOff(site, async () =>
        refusedWith(
          guardErrors.identity,
          await site.service.ask('UPDATE dbo.Controllers SET ControllerId = 9001 WHERE ControllerId = 4;'),
        ),
      ),
  },
  {
    name: 'off refuses a new serial number',
    broken: async (site) =>
      await whileOff(site, async () =>
        refusedWith(
          guardErrors.identity,
          await site.service.ask("UPDATE dbo.Controllers SET SerialNumber = N'OTHER' WHERE ControllerId = 4;"),
        ),
      ),
  },
  {
    name: 'off refuses two controllers that swap their serial numbers',
    broken: async (site) =>
      await whileOff(site, async () =>
        refusedWith(
          guardErrors.identity,
          await site.service.ask(
            'UPDATE c SET SerialNumber = o.SerialNumber FROM dbo.Controllers AS c INNER JOIN dbo.Controllers AS o ON (c.ControllerId = 4 AND o.ControllerId = 5) OR (c.ControllerId = 5 AND o.ControllerId = 4);',
          ),
        ),
      ),
  },
  {
    name: 'off refuses a serial number that differs in case only',
    broken: async (site) => {
      await site.service.must("UPDATE dbo.Controllers SET SerialNumber = N'abc' WHERE ControllerId = 4;");
      return await whileOff(site, async () =>
        refusedWith(
          guardErrors.identity,
          await site.service.ask("UPDATE dbo.Controllers SET SerialNumber = N'ABC' WHERE ControllerId = 4;"),
        ),
      );
    },
  },
  {
    name: 'off lets a heartbeat pass, and its client sees one count of one row and no rows',
    broken: async (site) =>
      await whileOff(site, async () => {
        const seen = await site.service.ask(heartbeat);
        return (
          passes(seen) ??
          (seen.resultSets === 0 && seen.counts.join(',') === '1'
            ? undefined
            : `counts ${seen.counts.join(',')}, ${seen.resultSets} result sets`)
        );
      }),
  },
  {
    name: 'on adds nothing to what a client sees of its own insert',
    broken: async ({ service }) => {
      const seen = await service.ask(insert(9001));
      return (
        passes(seen) ??
        (seen.resultSets === 0 && seen.counts.join(',') === '1'
          ? undefined
          : `counts ${seen.counts.join(',')}, ${seen.resultSets} result sets`)
      );
    },
  },
  {
    name: 'a heartbeat touches nothing of Mortise, so a missing state does not stop it',
    broken: async (site) => {
      await site.admin.must('DELETE FROM mortise.site_state;');
      return passes(await site.service.ask(heartbeat));
    },
  },
  {
    name: 'a missing state refuses added and deleted controllers',
    broken: async (site) => {
      await site.admin.must('DELETE FROM mortise.site_state;');
      return await first(
        async () => refusedWith(guardErrors.membership, await site.service.ask(insert(9001))),
        async () =>
          refusedWith(
            guardErrors.membership,
            await site.service.ask('DELETE FROM dbo.Controllers WHERE ControllerId = 3;'),
          ),
      );
    },
  },
  {
    name: 'off lets statements pass that touch no row',
    broken: async (site) =>
      await whileOff(
        site,
        async () =>
          await first(
            async () => passes(await site.service.ask('DELETE FROM dbo.Controllers WHERE ControllerId = -1;')),
            async () =>
              passes(await site.service.ask("UPDATE dbo.Controllers SET SerialNumber = N'x' WHERE ControllerId = -1;")),
          ),
      ),
  },
  {
    name: 'off lets an update pass that gives a controller the identity it has',
    broken: async (site) =>
      await whileOff(site, async () =>
        passes(
          await site.service.ask(
            'UPDATE dbo.Controllers SET SerialNumber = SerialNumber, ControllerId = ControllerId;',
          ),
        ),
      ),
  },
  {
    name: 'a refusal undoes the whole transaction, the heartbeat before it too',
    broken: async (site) =>
      await whileOff(site, async () => {
        const before = await site.service.scalar('SELECT Name FROM dbo.Controllers WHERE ControllerId = 2;');
        await site.service.ask(
          `BEGIN TRANSACTION; UPDATE dbo.Controllers SET Name = N'Changed' WHERE ControllerId = 2; ${insert(9001)} COMMIT TRANSACTION;`,
        );
        const left = await site.service.scalar('SELECT @@TRANCOUNT;');
        const after = await site.service.scalar('SELECT Name FROM dbo.Controllers WHERE ControllerId = 2;');
        return Number(left) === 0 && after === before
          ? undefined
          : `@@TRANCOUNT ${String(left)}, name ${String(after)}`;
      }),
  },
  {
    name: 'a time in the past closes an open site by the server’s clock',
    broken: async (site) => {
      await site.switchTo('off');
      const on = passes(await site.switchTo('on', { openUntil: new Date('2020-01-01T00:00:00Z') }));
      return on ?? refusedWith(guardErrors.membership, await site.service.ask(insert(9001)));
    },
  },
  {
    name: 'a time in the future keeps an open site open',
    broken: async (site) => {
      await site.switchTo('off');
      const on = passes(await site.switchTo('on', { openUntil: new Date('2199-01-01T00:00:00Z') }));
      return on ?? passes(await site.service.ask(insert(9001)));
    },
  },
  {
    name: 'off refuses TRUNCATE and DROP for everyone; on lets TRUNCATE pass again',
    broken: async (site) =>
      await whileOff(
        site,
        async () =>
          await first(
            async () => refusedWith(4712, await site.admin.ask('TRUNCATE TABLE dbo.Controllers;')),
            async () => refusedWith(3726, await site.admin.ask('DROP TABLE dbo.Controllers;')),
            async () => passes(await site.switchTo('on')),
            async () => passes(await site.admin.ask('TRUNCATE TABLE dbo.Controllers;')),
          ),
      ),
  },
  {
    name: 'switching off registers every controller, each time anew, and writes the history',
    broken: async (site) =>
      await first(
        async () => passes(await site.switchTo('off')),
        async () => passes(await site.switchTo('on')),
        async () => passes(await site.service.ask(insert(9001))),
        async () => passes(await site.switchTo('off')),
        async () => {
          const registered = Number(await site.run.scalar('SELECT COUNT(*) FROM mortise.controller_register;'));
          const history = Number(await site.run.scalar('SELECT COUNT(*) FROM mortise.state_history;'));
          const total = await count(site.run);
          return registered === total && history === 3
            ? undefined
            : `${registered} of ${total} registered, ${history} entries`;
        },
      ),
  },
  {
    name: 'a decision that rests on an older state is refused',
    broken: async (site) => {
      const stale = await site.run.scalar('SELECT row_version FROM mortise.site_state;');
      const off = passes(await site.switchTo('off'));
      return off ?? refusedWith(guardErrors.stateChanged, await site.switchTo('on', { version: stale as Uint8Array }));
    },
  },
  {
    name: 'switching leaves no transaction open and no lock behind',
    broken: async (site) =>
      await whileOff(site, async () => {
        const left = Number(await site.run.scalar('SELECT @@TRANCOUNT;'));
        const seen = await site.service.ask(`SET LOCK_TIMEOUT 200; ${heartbeat}`);
        return left === 0 ? passes(seen) : `@@TRANCOUNT ${left}`;
      }),
  },
  {
    name: 'switching tells its client the number of controllers and nothing else',
    broken: async (site) => {
      const seen = await site.switchTo('off');
      return (
        passes(seen) ??
        (seen.resultSets === 1 && seen.counts.length === 0
          ? undefined
          : `${seen.resultSets} result sets, counts ${seen.counts.join(',')}`)
      );
    },
  },
  {
    name: 'the history only grows',
    broken: async (site) =>
      await whileOff(site, async () =>
        refusedWith(
          guardErrors.historyGrows,
          await site.admin.ask("UPDATE mortise.state_history SET reason = N'other';"),
        ),
      ),
  },
  {
    name: 'an insert that is still uncommitted is waited for, and is in the register',
    broken: async (site) => {
      const other = await site.connect('acs_service');
      await other.must(`BEGIN TRANSACTION; ${insert(9001)}`);
      const switching = site.switchTo('off');
      await new Promise((resolve) => setTimeout(resolve, 50));
      await other.must('COMMIT TRANSACTION;');
      const off = passes(await switching);
      const registered = Number(
        await site.run.scalar('SELECT COUNT(*) FROM mortise.controller_register WHERE ControllerId = 9001;'),
      );
      return off ?? (registered === 1 ? undefined : 'committed behind the lock and not registered');
    },
  },
];
