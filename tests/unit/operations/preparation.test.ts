import { describe, expect, it } from 'vitest';
import { succeed } from '#shared/result.ts';
import { BeginUpgrade } from '#electron/operations/preparation/begin-upgrade.ts';
import { PrepareSite } from '#electron/operations/preparation/prepare-site.ts';
import { RemoveFromSite } from '#electron/operations/preparation/remove-from-site.ts';
import { RestoreGuard } from '#electron/operations/preparation/restore-guard.ts';
import { SwitchCommissioningOff } from '#electron/operations/commissioning/switch-off.ts';
import type { AssessmentGround } from '#electron/site/assessment/ground.ts';
import {
  lost,
  withColumn,
  withKind,
  withModule,
  withObject,
  withServer,
  withSurvey,
  withTable,
  table,
} from '#tests/unit/assessment/sample-survey.ts';
import { soundGuards } from '#tests/unit/site/sample-status.ts';
import { codeOf, sentenceOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { carryOutChange, SiteWorld } from './fakes/site-world.ts';

const setup = null;
const reason = 'Version 9 of the vendor';

function world(ground?: Pick<AssessmentGround, 'survey'>): SiteWorld {
  const made = new SiteWorld();
  if (ground !== undefined) made.survey = ground.survey;
  return made;
}

async function locked(): Promise<SiteWorld> {
  const made = world();
  made.database.prepared = true;
  valueOf(await carryOutChange(new SwitchCommissioningOff(made.commissioning), { reason: 'Handover' }));
  return made;
}

const vendorTrigger = { name: 'vendor', disabled: false, insteadOf: true, events: [] };

const refused: readonly (readonly [string, Pick<AssessmentGround, 'survey'>, readonly string[]])[] = [
  ['a view', withObject({ type: 'V' }), ['dbo.Controllers is a view']],
  ['a synonym', withObject({ type: 'SN' }), ['dbo.Controllers is a synonym']],
  ['missing', withTable({ object: undefined }), ['no table dbo.Controllers']],
  ["somebody else's", withObject({ owner: 'vendor' }), ['belongs to vendor']],
  ['temporal', withKind({ temporal: 'SYSTEM_VERSIONED_TEMPORAL_TABLE' }), ['temporal']],
  ['memory-optimised', withKind({ memoryOptimised: true }), ['memory-optimised']],
  ['with a column of type ntext', withColumn('Name', { type: 'ntext' }), ['311', 'Name ntext']],
  ['without a column of the profile', withTable({ columns: table.columns.slice(0, 1) }), ['SerialNumber']],
  ['with another type', withColumn('SerialNumber', { type: 'int' }), ['nvarchar(32) in the profile, int in the table']],
  ['with a key that may be NULL', withColumn('ControllerId', { nullable: true }), ['may be NULL']],
  ['without a unique key', withTable({ keys: [] }), ['does not identify a controller']],
  ['behind an INSTEAD OF trigger', withTable({ triggers: [vendorTrigger] }), ['INSTEAD OF', 'vendor']],
  ['beside an empty schema mortise', withTable({ ownSchema: true }), ['an empty schema mortise']],
  ['on a server older than 2016', withServer({ version: '12.0.6024.0' }), ['2014']],
  ['not readable', withSurvey({ table: lost }), ['Not read']],
  [
    'wrong in two ways',
    withSurvey({ table: succeed({ ...table, keys: [], triggers: [vendorTrigger] }) }),
    ['does not identify', 'INSTEAD OF'],
  ],
];

describe('Preparing a site', () => {
  it.each(refused)('is refused with the reason where the controller table is %s', async (_what, ground, words) => {
    const plan = await new PrepareSite(world(ground).preparation).plan({ setup });
    expect(codeOf(plan)).toBe('not-allowed');
    for (const word of words) expect(sentenceOf(plan)).toContain(word);
  });

  it('asks for consent, and names the statement, where the guard would break it (error 334)', async () => {
    const breaking = withModule('INSERT INTO dbo.Controllers (Name) OUTPUT inserted.ControllerId VALUES (1);');
    const { body } = valueOf(await new PrepareSite(world(breaking).preparation).plan({ setup }));
    expect(body.consent).toContain('334');
    expect(body.warnings.join(' ')).toContain('dbo.add_controller');
    expect(valueOf(await new PrepareSite(world().preparation).plan({ setup })).body.consent).toBeNull();
  });
});

describe('A vendor upgrade', () => {
  it('takes the guard down with consent, and brings back what was decided before', async () => {
    const site = await locked();
    const begin = new BeginUpgrade(site.preparation);
    expect(valueOf(await begin.plan({ setup, reason })).body.consent).toContain('Take the guard down');
    valueOf(await carryOutChange(begin, { setup, reason }));
    expect(site.database.statusNow().state?.state).toBe('upgrading');
    expect(codeOf(await begin.plan({ setup, reason }))).toBe('already-so');
    valueOf(await carryOutChange(new RestoreGuard(site.preparation), { setup, reason }));
    expect(site.database.statusNow().state?.state).toBe('off');
  });

  it('shows by the register what it changed', async () => {
    const site = await locked();
    valueOf(await carryOutChange(new BeginUpgrade(site.preparation), { setup, reason }));
    site.database.counts = { ...site.database.counts, bound: 2, changed: 1 };
    const restore = new RestoreGuard(site.preparation);
    expect(valueOf(await restore.plan({ setup, reason })).body.warnings.join()).toContain('another identity');
    const { claims } = valueOf(await carryOutChange(restore, { setup, reason }));
    expect(claims.map(({ claim }) => claim)).toContain('1 controller differs from the register');
  });

  it('looks at the table again before the guard is put up: an upgrade may have changed it', async () => {
    const site = await locked();
    valueOf(await carryOutChange(new BeginUpgrade(site.preparation), { setup, reason }));
    site.survey = withColumn('SerialNumber', { type: 'int' }).survey;
    expect(sentenceOf(await new RestoreGuard(site.preparation).plan({ setup, reason }))).toContain('int in the table');
  });
});

describe('Putting the guard up again', () => {
  it('mends a guard that was tampered with while commissioning mode is off, and asks no consent', async () => {
    const site = await locked();
    site.database.guards = soundGuards.map((guard) => ({ ...guard, disabled: true }));
    const restore = new RestoreGuard(site.preparation);
    const { body } = valueOf(await restore.plan({ setup, reason }));
    expect([body.consent, body.warnings.join()]).toEqual([null, expect.stringContaining('Guard disabled')]);
    valueOf(await carryOutChange(restore, { setup, reason }));
    expect(site.database.statusNow().state?.state).toBe('off');
  });

  it('is not offered where the guard stands as it should', async () => {
    expect(codeOf(await new RestoreGuard((await locked()).preparation).plan({ setup, reason }))).toBe('already-so');
  });
});

describe('Removing', () => {
  it('is not done where nothing of Mortise is there', async () => {
    expect(codeOf(await new RemoveFromSite(world().preparation).plan({ setup }))).toBe('already-so');
  });
});
