import { describe, expect, it, onTestFinished } from 'vitest';
import type { ChangeName } from '#shared/change-names.ts';
import { guardErrors } from '#shared/vocabulary.ts';
import { valueOf } from '#tests/unit/shared/result-of.ts';
import { insert } from './switched-promises.ts';
import { setup, WiredSite } from './wired-site.ts';

async function locked(): Promise<WiredSite> {
  const site = await WiredSite.open();
  onTestFinished(async () => await site.close());
  valueOf(await site.off());
  return site;
}

/** What an administrator tries, and the number that stops it. */
interface Stopped {
  readonly what: string;
  readonly text: string;
  readonly number: number;
  /** What is left of the attempt. */
  readonly drift?: readonly string[];
}

const attempts: readonly (readonly [string, string, number, (readonly string[])?])[] = [
  ['TRUNCATE', 'TRUNCATE TABLE dbo.Controllers;', 4712],
  ['DROP TABLE', 'DROP TABLE dbo.Controllers;', 3726],
  [
    'SWITCH',
    'CREATE TABLE dbo.Away (ControllerId int NOT NULL PRIMARY KEY); ALTER TABLE dbo.Controllers SWITCH TO dbo.Away;',
    4967,
  ],
  [
    'an insert of many rows',
    "INSERT INTO dbo.Controllers (ControllerId, SerialNumber, Name, Address, Model) SELECT ControllerId + 9000, SerialNumber + N'x', Name, Address, Model FROM dbo.Controllers;",
    guardErrors.membership,
  ],
  [
    'MERGE that adds',
    "MERGE dbo.Controllers AS t USING (SELECT 9001 AS id) AS s ON t.ControllerId = s.id WHEN NOT MATCHED THEN INSERT (ControllerId, SerialNumber, Name, Address, Model) VALUES (s.id, N'SN', N'New', N'10.0.0.1', N'ACU-4');",
    guardErrors.membership,
  ],
  [
    'MERGE that deletes',
    'MERGE dbo.Controllers AS t USING (SELECT 1 AS id) AS s ON t.ControllerId = s.id WHEN MATCHED THEN DELETE;',
    guardErrors.membership,
  ],
  [
    'MERGE that gives another serial number',
    "MERGE dbo.Controllers AS t USING (SELECT 1 AS id) AS s ON t.ControllerId = s.id WHEN MATCHED THEN UPDATE SET SerialNumber = N'SN-X';",
    guardErrors.identity,
  ],
  [
    'two keys that are swapped in one update',
    'UPDATE dbo.Controllers SET ControllerId = CASE ControllerId WHEN 1 THEN 2 ELSE 1 END WHERE ControllerId IN (1, 2);',
    guardErrors.identity,
  ],
  [
    'an insert by another trigger',
    `EXEC (N'CREATE TRIGGER dbo.vendor ON dbo.Events AFTER INSERT AS BEGIN SET NOCOUNT ON; ${insert(9001).replaceAll("'", "''")} END;'); INSERT INTO dbo.Events (HappenedUtc, Kind, Details) VALUES (SYSUTCDATETIME(), N'x', N'y');`,
    guardErrors.membership,
  ],
  [
    'another trigger that would run first',
    "EXEC (N'CREATE TRIGGER dbo.vendor ON dbo.Controllers AFTER INSERT AS BEGIN SET NOCOUNT ON; END;'); EXEC sp_settriggerorder N'dbo.vendor', N'First', N'INSERT';",
    15130,
    ['Other triggers'],
  ],
  ['rewriting the history', "UPDATE mortise.state_history SET reason = N'other';", guardErrors.historyGrows],
];

const stopped: readonly Stopped[] = attempts.map(([what, text, number, drift = []]) => ({ what, text, number, drift }));

describe('At a locked site SQL Server itself refuses an administrator', () => {
  it.each(stopped)('$what', async ({ text, number, drift }) => {
    const site = await locked();
    const admin = await site.client('site_admin');
    expect(await admin.ask(text)).toBe(number);
    expect(await admin.scalar('SELECT COUNT(*) FROM dbo.Controllers;')).toBe(24);
    expect((await site.drift()).map(({ name }) => name)).toEqual(drift);
  });
});

interface Bypass {
  readonly what: string;
  readonly by: readonly string[];
  readonly drift: readonly string[];
  readonly wayOut: ChangeName | null;
}

const alter = (name: string, on: string, head: string) =>
  `ALTER TRIGGER ${name} ON ${on} ${head} AS BEGIN SET NOCOUNT ON; END;`;

const membership = 'dbo.mortise_guard_membership';
const identity = 'dbo.mortise_guard_identity';
const restoreGuard = { wayOut: 'site.restoreGuard' } as const;
const renew = { wayOut: 'commissioning.renewRegister' } as const;

/** What cannot be prevented where somebody owns the database, and what it is called then. */
const named: readonly Bypass[] = [
  {
    what: 'disables a guard',
    by: [`DISABLE TRIGGER ${membership} ON dbo.Controllers;`],
    drift: ['Guard disabled'],
    ...restoreGuard,
  },
  {
    what: 'disables every trigger',
    by: ['ALTER TABLE dbo.Controllers DISABLE TRIGGER ALL;'],
    drift: ['Guard disabled', 'Guard disabled'],
    ...restoreGuard,
  },
  { what: 'drops a guard', by: [`DROP TRIGGER ${identity};`], drift: ['Guard missing'], ...restoreGuard },
  {
    what: 'alters the guard of membership',
    by: [alter(membership, 'dbo.Controllers', 'AFTER INSERT, DELETE')],
    drift: ['Guard altered'],
    ...restoreGuard,
  },
  {
    what: 'alters the guard of identity',
    by: [alter(identity, 'dbo.Controllers', 'AFTER UPDATE')],
    drift: ['Guard altered'],
    ...restoreGuard,
  },
  {
    what: 'hides a guard',
    by: [
      `ALTER TRIGGER ${membership} ON dbo.Controllers WITH ENCRYPTION AFTER INSERT, DELETE AS BEGIN SET NOCOUNT ON; END;`,
    ],
    drift: ['Guard unreadable'],
    ...restoreGuard,
  },
  {
    what: 'takes the guard from its first place',
    by: [`EXEC sp_settriggerorder N'${membership}', N'None', N'INSERT';`],
    drift: ['Guard not first'],
    ...restoreGuard,
  },
  {
    what: 'alters what decides',
    by: [
      "ALTER FUNCTION mortise.effective_state() RETURNS TABLE AS RETURN SELECT N'off' AS state, 1 AS is_open, s.changed_at, s.changed_by, s.reason, s.open_until, s.locked_until, s.server_name, s.recovery_fork, s.row_version FROM mortise.site_state AS s;",
    ],
    drift: ['Module altered'],
    ...restoreGuard,
  },
  {
    what: 'alters a procedure',
    by: ['ALTER PROCEDURE mortise.commissioning_off AS SELECT 1 AS nothing;'],
    drift: ['Module altered'],
    ...restoreGuard,
  },
  { what: 'drops a procedure', by: ['DROP PROCEDURE mortise.rehearse;'], drift: ['Module missing'], ...restoreGuard },
  {
    what: 'switches off what keeps the history',
    by: ['DISABLE TRIGGER mortise.state_history_append_only ON mortise.state_history;'],
    drift: ['Module disabled'],
    ...restoreGuard,
  },
  {
    what: 'drops the truncate stop',
    by: ['ALTER TABLE mortise.truncate_stop DROP CONSTRAINT FK_truncate_stop;'],
    drift: ['Truncate stop missing'],
    ...restoreGuard,
  },
  {
    what: 'switches the truncate stop off',
    by: ['ALTER TABLE mortise.truncate_stop NOCHECK CONSTRAINT FK_truncate_stop;'],
    drift: ['Truncate stop missing'],
    ...restoreGuard,
  },
  {
    what: 'makes the truncate stop untrusted',
    by: [
      'ALTER TABLE mortise.truncate_stop NOCHECK CONSTRAINT FK_truncate_stop;',
      'ALTER TABLE mortise.truncate_stop CHECK CONSTRAINT FK_truncate_stop;',
    ],
    drift: ['Truncate stop missing'],
    ...restoreGuard,
  },
  { what: 'deletes the state', by: ['DELETE FROM mortise.site_state;'], drift: ['State missing'], ...restoreGuard },
  {
    what: 'opens the state by hand',
    by: ['UPDATE mortise.site_state SET commissioning = 1;'],
    drift: ['State edited'],
    wayOut: 'commissioning.off',
  },
  {
    what: 'ends the lock by hand',
    by: ["UPDATE mortise.site_state SET locked_until = '2020-01-01';"],
    drift: ['State edited'],
    wayOut: 'commissioning.off',
  },
  {
    what: 'adds a controller past a guard that is back again',
    by: [
      `DISABLE TRIGGER ${membership} ON dbo.Controllers;`,
      insert(9001),
      `ENABLE TRIGGER ${membership} ON dbo.Controllers;`,
    ],
    drift: ['Register differs'],
    ...renew,
  },
  {
    what: 'deletes a controller past the guard',
    by: [
      `DISABLE TRIGGER ${membership} ON dbo.Controllers;`,
      'DELETE FROM dbo.Controllers WHERE ControllerId = 3;',
      `ENABLE TRIGGER ${membership} ON dbo.Controllers;`,
    ],
    drift: ['Register differs'],
    ...renew,
  },
  {
    what: 'gives a controller another serial number past the guard',
    by: [
      `DISABLE TRIGGER ${identity} ON dbo.Controllers;`,
      "UPDATE dbo.Controllers SET SerialNumber = N'SN-X' WHERE ControllerId = 3;",
      `ENABLE TRIGGER ${identity} ON dbo.Controllers;`,
    ],
    drift: ['Register differs'],
    ...renew,
  },
  {
    what: 'deletes a row of the register',
    by: ['DELETE FROM mortise.controller_register WHERE ControllerId = 3;'],
    drift: ['Register differs'],
    ...renew,
  },
  {
    what: 'writes to the register',
    by: ["UPDATE mortise.controller_register SET SerialNumber = N'SN-X' WHERE ControllerId = 3;"],
    drift: ['Register damaged'],
    ...renew,
  },
  {
    what: 'writes another digest',
    by: ['UPDATE mortise.controller_register SET digest = 0x00 WHERE ControllerId = 3;'],
    drift: ['Register differs', 'Register damaged'],
    ...renew,
  },
  {
    what: 'takes the right to switch away',
    by: ['REVOKE EXECUTE ON SCHEMA::mortise FROM mortise_run;'],
    drift: ['Rights gone'],
    ...restoreGuard,
  },
  {
    what: 'lets the run login alter the table',
    by: ['GRANT ALTER ON OBJECT::dbo.Controllers TO mortise_run;'],
    drift: ['Rights too many'],
    wayOut: null,
  },
  {
    what: 'lets the run login write the state',
    by: ['GRANT UPDATE ON OBJECT::mortise.site_state TO mortise_run;'],
    drift: ['Rights too many'],
    wayOut: null,
  },
  {
    what: 'makes the run login an administrator',
    by: ['ALTER SERVER ROLE sysadmin ADD MEMBER mortise_run;'],
    drift: ['Rights too many'],
    wayOut: null,
  },
  {
    what: 'sets nested triggers to 0',
    by: ["EXEC sp_configure N'nested triggers', 0; RECONFIGURE;"],
    drift: ['Nested triggers off'],
    wayOut: null,
  },
  {
    what: 'adds a trigger of his own',
    by: ['CREATE TRIGGER dbo.vendor ON dbo.Controllers AFTER INSERT AS BEGIN SET NOCOUNT ON; END;'],
    drift: ['Other triggers'],
    ...renew,
  },
  {
    what: 'puts a trigger in place of statements',
    by: ['CREATE TRIGGER dbo.instead ON dbo.Controllers INSTEAD OF DELETE AS BEGIN SET NOCOUNT ON; END;'],
    drift: ['INSTEAD OF trigger'],
    wayOut: null,
  },
];

describe('What an owner of the database can do is named as drift, with its way out, when he', () => {
  it.each(named)('$what', async ({ by, drift, wayOut }) => {
    const site = await locked();
    const admin = await site.client('site_admin');
    for (const text of by) await admin.must(text);
    const seen = await site.drift();
    expect(seen.map(({ name }) => name)).toEqual(drift);
    for (const { wayOut: way, meaning, next } of seen) {
      expect(way).toBe(wayOut);
      expect([meaning, next].every((sentence) => sentence.endsWith('.') || sentence.endsWith(';'))).toBe(true);
    }
    if (wayOut === null) return;
    await take(site, wayOut);
    expect(await site.drift()).toEqual([]);
  });
});

/** Goes the way out that the drift names. */
async function take(site: WiredSite, way: ChangeName): Promise<void> {
  const mortise = site.engineer();
  switch (way) {
    case 'site.restoreGuard':
      valueOf(await mortise.putGuardUp(setup, { actor: 'ines', reason: 'Mended' }));
      return;
    case 'commissioning.renewRegister':
      valueOf(await mortise.renewRegister(await site.request(mortise)));
      return;
    case 'commissioning.adoptServer':
      valueOf(await mortise.adoptServer(await site.request(mortise)));
      return;
    case 'commissioning.off':
      valueOf(await site.off(mortise));
      return;
    default:
      throw new Error(`No way out is ${way}.`);
  }
}

describe('A restored backup', () => {
  it('is named by its recovery fork, with what is no longer as the backup has it; adopting is the way out', async () => {
    const site = await locked();
    const backup = site.backup();
    valueOf(await site.on());
    const service = await site.client('acs_service');
    await service.must(insert(9001));
    valueOf(await site.off());
    site.restore(backup);
    expect((await site.drift()).map(({ name, wayOut }) => [name, wayOut])).toEqual([
      ['Another server', 'commissioning.adoptServer'],
    ]);
    await take(site, 'commissioning.adoptServer');
    expect(await site.drift()).toEqual([]);
  });
});
