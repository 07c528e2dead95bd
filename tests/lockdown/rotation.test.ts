import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import mssql from 'mssql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '#shared/secret.ts';
import { connect } from '#electron/database/connect.ts';
import { acsReports, acsService } from '#electron/training/practice-logins.ts';
import { startTrainingSite } from '#electron/training/start-training-site.ts';
import { asAdministrator, endSessionsOf } from './as-administrator.ts';
import { change, lockdownInput, newStateFolder, openMortise, removeStateFolder, valueOf } from './open-mortise.ts';
import type { OpenMortise } from './open-mortise.ts';

let stateFolder = '';
let mortise: OpenMortise;
beforeEach(async () => {
  stateFolder = await newStateFolder();
  mortise = await openMortise({ stateFolder });
});
afterEach(async () => {
  await mortise.close();
  await removeStateFolder(stateFolder);
});

/** Whether this password logs in, by a connection that is none of Mortise's operations. */
async function logsIn(login: string, password: string): Promise<boolean> {
  const site = valueOf(await startTrainingSite({ folder: join(stateFolder, 'training') }));
  const { host, port, ca } = site.facts;
  const pool = await connect(
    { host, transport: { kind: 'tcp', port }, trust: { kind: 'ca', certificate: ca }, database: 'Acs' },
    { login, secret: new Secret(password) },
    { most: 1 },
  );
  if (pool.ok) await pool.value.close();
  await site.close();
  return pool.ok;
}

async function configPath(): Promise<string> {
  const site = valueOf(await startTrainingSite({ folder: join(stateFolder, 'training') }));
  await site.close();
  return site.facts.configPath;
}

const verify = async (login: string) => valueOf(await mortise.client.rotation.verify({ login }));
const rotation = () => mortise.client.rotation;

describe('Rotating every login of a site in one go', () => {
  it('proves each, Mortise’s own last, and goes on reading with its new password', async () => {
    const plan = valueOf(await rotation().rotateMany.plan({ logins: ['mortise_run', 'acs_service'] }));
    expect(plan.steps.map(({ id }) => id.split(' ')[0])).toEqual([
      ...Array<string>(7).fill('acs_service'),
      ...Array<string>(7).fill('mortise_run'),
    ]);
    const done = valueOf(await rotation().rotateMany.apply({ planId: plan.planId }));
    expect(done.claims.map(({ claim }) => claim)).toEqual([
      'acs_service logs in with the new password',
      'AcsService logged in again',
      'mortise_run logs in with the new password',
    ]);
    for (const login of ['acs_service', 'mortise_run']) expect((await verify(login)).verdict, login).toBe('agrees');
    await asAdministrator(stateFolder, endSessionsOf('mortise_run'));
    expect((await mortise.snapshot()).server.state).toBe('known');
    expect(await logsIn('mortise_run', 'Practice-Mortise-2026')).toBe(false);
    expect(await logsIn(acsService.login, acsService.password)).toBe(false);
  });

  it('keeps Mortise’s own new password where the server’s history refuses the former one', async () => {
    valueOf(await change(rotation().rotate, { login: 'mortise_run' }));
    expect(await change(rotation().restore, { login: 'mortise_run' })).toMatchObject({
      error: { code: 'password-refused' },
    });
    expect(await logsIn('mortise_run', 'Practice-Mortise-2026')).toBe(false);
    const { server, openRotation } = await mortise.snapshot();
    expect(server.state).toBe('known');
    expect(openRotation).toMatchObject({ state: 'known', value: null });
    expect(await verify('mortise_run')).toMatchObject({ verdict: 'agrees' });
  });

  it('puts the former password of a service back where the server lets it', async () => {
    valueOf(await change(rotation().rotate, { login: 'acs_service' }));
    valueOf(await change(rotation().restore, { login: 'acs_service' }));
    expect(await logsIn(acsService.login, acsService.password)).toBe(true);
    expect(await verify('acs_service')).toMatchObject({ verdict: 'agrees', kept: ['current'] });
  });
});

describe('A copy that somebody changed by hand', () => {
  it('is named by verify, and brought into line together with its service', async () => {
    valueOf(await change(rotation().rotate, { login: 'acs_service' }));
    const path = await configPath();
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/Password=[^;"]*/, 'Password=typed-by-hand'));
    expect(await verify('acs_service')).toMatchObject({
      works: { state: 'known', value: 'current' },
      consumers: [{ holds: { state: 'known', value: 'another' } }],
      verdict: 'differs',
    });
    const done = valueOf(await change(rotation().reconcile, { login: 'acs_service' }));
    expect(done.claims.map(({ claim }) => claim)).toContain('AcsService logged in again');
    expect(await verify('acs_service')).toMatchObject({ verdict: 'agrees' });
    expect(await readFile(path, 'utf8')).toBe(text);
    expect(await change(rotation().reconcile, { login: 'acs_service' })).toMatchObject({
      error: { code: 'already-so' },
    });
  });
});

describe('A password that was changed behind Mortise’s back', () => {
  const outside = 'Set-by-the-vendor_2026';
  beforeEach(async () => {
    valueOf(await change(rotation().rotate, { login: 'acs_service' }));
    await asAdministrator(
      stateFolder,
      `ALTER LOGIN acs_service WITH PASSWORD = N'${outside}';`,
      endSessionsOf('acs_service'),
    );
  });

  it('is said to be unknown, with the ways out', async () => {
    expect(await verify('acs_service')).toMatchObject({
      works: { value: 'none' },
      verdict: 'differs',
      next: 'Enter the one in force, or have an administrator set a new one.',
    });
    expect(await change(rotation().reconcile, { login: 'acs_service' })).toMatchObject({
      error: { code: 'no-secret-works' },
    });
  });

  it('is taken in when it is typed, and then brought to every copy', async () => {
    expect(await change(rotation().adopt, { login: 'acs_service', password: 'mistyped' })).toMatchObject({
      error: { code: 'login-refused' },
    });
    valueOf(await change(rotation().adopt, { login: 'acs_service', password: outside }));
    expect(await verify('acs_service')).toMatchObject({ works: { value: 'current' }, verdict: 'differs' });
    valueOf(await change(rotation().reconcile, { login: 'acs_service' }));
    expect(await verify('acs_service')).toMatchObject({ verdict: 'agrees' });
  });

  it('is replaced by an administrator, everywhere', async () => {
    const plan = valueOf(await rotation().reset.plan({ login: 'acs_service', setup: null }));
    const texts = plan.steps.flatMap(({ changes }) => changes.flatMap((each) => (each.kind === 'tsql' ? [each] : [])));
    expect(texts).toEqual([
      {
        kind: 'tsql',
        where: 'master',
        as: 'site_admin',
        text: "ALTER LOGIN [acs_service] WITH PASSWORD = N'[secret]' UNLOCK;",
      },
    ]);
    valueOf(await rotation().reset.apply({ planId: plan.planId }));
    expect(await verify('acs_service')).toMatchObject({ verdict: 'agrees' });
    expect(await logsIn('acs_service', outside)).toBe(false);
  });
});

describe('A login of a person', () => {
  it('gets the new password by itself, and neither of the two is kept', async () => {
    const { login, password: from } = acsReports;
    const to = 'My-own-2026-password';
    expect(await change(rotation().changeOwn, { login, from, to: 'short' })).toMatchObject({
      error: { code: 'password-too-weak' },
    });
    expect(await change(rotation().changeOwn, { login, from: 'wrong', to })).toMatchObject({
      error: { code: 'login-refused' },
    });
    valueOf(await change(rotation().changeOwn, { login, from, to }));
    expect(await logsIn(login, to)).toBe(true);
    expect(await logsIn(login, from)).toBe(false);
  });

  it('is refused where the login belongs to the site, whose copies would be left behind', async () => {
    const answer = await change(rotation().changeOwn, {
      login: acsService.login,
      from: acsService.password,
      to: 'My-own-2026-password',
    });
    expect(answer).toMatchObject({ error: { code: 'not-allowed' } });
  });
});

describe('Trying the published defaults', () => {
  it('finds the one in force, and none after a rotation', async () => {
    expect(valueOf(await change(rotation().tryDefaults, { login: 'acs_service' })).claims).toMatchObject([
      { verdict: 'refuted' },
    ]);
    valueOf(await change(rotation().rotate, { login: 'acs_service' }));
    expect(valueOf(await change(rotation().tryDefaults, { login: 'acs_service' })).claims).toMatchObject([
      { verdict: 'verified' },
    ]);
  });
});

describe('Somebody who uses the login and whom the profile does not name', () => {
  it('is shown in the plan before anything is changed', async () => {
    const site = valueOf(await startTrainingSite({ folder: join(stateFolder, 'training') }));
    const { host, port, ca } = site.facts;
    const pool = new mssql.ConnectionPool({
      server: host,
      port,
      database: 'Acs',
      user: acsService.login,
      password: acsService.password,
      options: { encrypt: true, cryptoCredentialsDetails: { ca }, appName: 'Excel' },
    });
    await pool.connect();
    await pool.request().query('SELECT 1');
    const plan = valueOf(await rotation().rotate.plan({ login: 'acs_service' }));
    expect(plan.affected.find(({ who }) => who.startsWith('Excel on '))?.how).toContain('none of its services');
    expect(plan.affected.map(({ who }) => who).join(' ')).not.toContain('Mortise on');
    expect(plan.warnings.join(' ')).toContain('can lock the login out');
    await pool.close();
    await site.close();
  });
});

describe('Taking a lockdown back after its login was rotated once more', () => {
  it('leaves that login as it is: what would be put back is not what was there before', async () => {
    const { client } = mortise;
    valueOf(await change(client.lockdown.run, lockdownInput));
    valueOf(await change(rotation().rotate, { login: 'acs_service' }));
    const plan = valueOf(await client.lockdown.undo.plan({ setup: null }));
    expect(plan.warnings.join()).toContain('A password was rotated by itself after the lockdown');
    valueOf(await client.lockdown.undo.apply({ planId: plan.planId }));
    expect(JSON.stringify((await mortise.snapshot()).lockdown)).toContain('A password was rotated by itself');
    expect(await verify('acs_service')).toMatchObject({ verdict: 'agrees', kept: ['current', 'previous'] });
    expect(await mortise.snapshot()).toMatchObject({ commissioning: { value: { state: 'not-prepared' } } });
  });
});
