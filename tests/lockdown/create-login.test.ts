import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asAdministrator } from './as-administrator.ts';
import { change, newStateFolder, openMortise, removeStateFolder, valueOf } from './open-mortise.ts';

describe('A site whose run login cannot log in', () => {
  let stateFolder = '';
  beforeEach(async () => {
    stateFolder = await newStateFolder();
  });
  afterEach(async () => {
    await removeStateFolder(stateFolder);
  });

  it('is unknown, and the login can be created all the same; then everything is read again', async () => {
    const mortise = await openMortise({ stateFolder });
    expect((await mortise.snapshot()).commissioning.state).toBe('known');
    await asAdministrator(
      stateFolder,
      "DECLARE @kill nvarchar(100) = N''; SELECT @kill = @kill + N'KILL ' + CONVERT(nvarchar(10), s.session_id) + N';' FROM sys.dm_exec_sessions AS s WHERE s.login_name = N'mortise_run'; EXEC (@kill);",
      'DROP USER mortise_run;',
      'DROP LOGIN mortise_run;',
    );
    const lost = await mortise.snapshot();
    expect(lost.commissioning.state).toBe('unknown');
    expect(lost.rights.state).toBe('unknown');
    expect(lost.permissions['site.createRunLogin']).toEqual({ allowed: true });
    valueOf(await change(mortise.client.site.createRunLogin, { setup: null, mayChangeLogins: false }));
    const found = await mortise.snapshot();
    expect(found.commissioning.state).toBe('known');
    expect(found.rights).toMatchObject({ state: 'known' });
    expect(
      found.rights.state === 'known' && found.rights.value.filter(({ held, required }) => required && !held),
    ).toEqual([]);
    expect(found.trail).toMatchObject({ state: 'known', value: { entries: 2 } });
    await mortise.close();
  });

  it('says which right is missing where the status fails for want of it, with the statement that gives it', async () => {
    const mortise = await openMortise({ stateFolder });
    await asAdministrator(stateFolder, 'REVOKE SELECT ON dbo.Controllers FROM mortise_run;');
    const lacking = await mortise.snapshot();
    expect(lacking.commissioning).toMatchObject({ state: 'unknown', cause: { code: 'no-right' } });
    const missing =
      lacking.rights.state === 'known' ? lacking.rights.value.filter(({ held, required }) => required && !held) : [];
    expect(missing).toHaveLength(1);
    const grants = missing.map(({ grant }) => grant);
    expect(grants[0]).toContain('GRANT SELECT ON OBJECT::[dbo].[Controllers] ([ControllerId]');
    await asAdministrator(stateFolder, ...grants);
    expect((await mortise.snapshot()).commissioning.state).toBe('known');
    await mortise.close();
  });
});
