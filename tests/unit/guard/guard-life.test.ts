import { describe, expect, it, onTestFinished } from 'vitest';
import type { SiteProfile } from '#shared/site-profile.ts';
import { guardErrors } from '#shared/vocabulary.ts';
import { valueOf } from '#tests/unit/shared/result-of.ts';
import { insert } from './switched-promises.ts';
import { setup, WiredSite } from './wired-site.ts';

async function locked(change?: (profile: SiteProfile) => SiteProfile): Promise<WiredSite> {
  const site = await WiredSite.open(change === undefined ? {} : { change });
  onTestFinished(async () => await site.close());
  valueOf(await site.off());
  return site;
}

const membership = 'dbo.mortise_guard_membership';
const identity = 'dbo.mortise_guard_identity';

const without = (profile: SiteProfile): SiteProfile => ({
  ...profile,
  controllerTable: { ...profile.controllerTable, guardUpdates: false },
});

describe('A site whose updates are not guarded', () => {
  it('has one guard, no drift, and finds a changed identity by comparing', async () => {
    const site = await locked(without);
    expect((await site.status()).guards.map(({ name }) => name)).toEqual(['mortise_guard_membership']);
    expect(await site.drift()).toEqual([]);
    const service = await site.client('acs_service');
    await service.must("UPDATE dbo.Controllers SET SerialNumber = N'SN-X' WHERE ControllerId = 3;");
    expect(await service.ask(insert(9001))).toBe(guardErrors.membership);
    expect((await site.drift()).map(({ name }) => name)).toEqual(['Register differs']);
  });

  it('keeps statements that answer with OUTPUT going, which a guard of updates would break', async () => {
    const output =
      'UPDATE dbo.Controllers SET LastSeenUtc = SYSUTCDATETIME() OUTPUT inserted.ControllerId WHERE ControllerId = 1;';
    const service = await (await locked(without)).client('acs_service');
    expect(await service.ask(output)).toBeUndefined();
    const guarded = await (await locked()).client('acs_service');
    expect(await guarded.ask(output)).toBe(334);
  });
});

describe('Taking the guard down for an upgrade', () => {
  it('lets the vendor drop and make its table anew, and shows what is different when the guard stands again', async () => {
    const site = await locked();
    const mortise = site.engineer();
    const reason = { actor: 'ines', reason: 'Version 9' };
    valueOf(await mortise.takeGuardDown(setup, reason));
    expect((await site.status()).state?.state).toBe('upgrading');
    expect(await site.drift()).toEqual([]);
    const admin = await site.client('site_admin');
    await admin.must('SELECT * INTO dbo.Kept FROM dbo.Controllers WHERE ControllerId > 1;');
    await admin.must('DROP TABLE dbo.Controllers;');
    await admin.must(
      'CREATE TABLE dbo.Controllers (ControllerId int NOT NULL CONSTRAINT PK_Controllers_9 PRIMARY KEY, SerialNumber nvarchar(32) NOT NULL, Name nvarchar(100) NULL, Address nvarchar(45) NULL, Model nvarchar(40) NULL, LastSeenUtc datetime2(3) NULL, Firmware nvarchar(20) NULL);',
    );
    await admin.must(
      'INSERT INTO dbo.Controllers (ControllerId, SerialNumber, Name, Address, Model, LastSeenUtc) SELECT ControllerId, SerialNumber, Name, Address, Model, LastSeenUtc FROM dbo.Kept;',
    );
    await admin.must('GRANT SELECT ON OBJECT::dbo.Controllers TO mortise_run;');
    valueOf(await mortise.putGuardUp(setup, reason));
    const status = await site.status();
    expect([status.state?.state, status.truncateStop, status.counts.missing]).toEqual(['off', true, 1]);
    expect((await site.drift()).map(({ name, wayOut }) => [name, wayOut])).toEqual([
      ['Register differs', 'commissioning.renewRegister'],
    ]);
    expect(await admin.ask(insert(9001))).toBe(guardErrors.membership);
  });
});

describe('Removing leaves nothing behind', () => {
  const states: readonly (readonly [string, (site: WiredSite) => Promise<void>])[] = [
    [
      'on',
      async (site) => {
        valueOf(await site.on());
      },
    ],
    [
      'while the guard is down',
      async (site) => {
        valueOf(await site.engineer().takeGuardDown(setup, { actor: 'ines', reason: 'x' }));
      },
    ],
    [
      'after a rehearsal',
      async (site) => {
        valueOf(await site.on());
        valueOf(await site.rehearse(1));
        site.advance(2);
      },
    ],
    [
      'with its state table gone',
      async (site) => await (await site.client('site_admin')).must('DROP TABLE mortise.site_state;'),
    ],
    [
      'with its triggers gone',
      async (site) =>
        await (await site.client('site_admin')).must(`DROP TRIGGER ${membership}; DROP TRIGGER ${identity};`),
    ],
    [
      'with its agent alone left',
      async (site) => {
        valueOf(await site.engineer().remove(setup));
        await (await site.client('site_admin')).must('CREATE USER mortise_agent WITHOUT LOGIN;');
      },
    ],
  ];

  it.each(states)('%s', async (_what, bring) => {
    const untouched = await WiredSite.open({ prepared: false });
    onTestFinished(async () => await untouched.close());
    const site = await locked();
    await bring(site);
    valueOf(await site.engineer().remove(setup));
    expect(site.image()).toBe(untouched.image());
    const status = await site.status();
    expect([status.prepared, status.own, status.objects, status.guards]).toEqual([
      false,
      { schema: false, agent: false },
      [],
      [],
    ]);
    valueOf(await site.engineer().prepare(setup, 'ines'));
    expect(await site.drift()).toEqual([]);
  });
});
