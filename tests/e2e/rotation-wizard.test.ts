import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acsService, mortiseRun } from '#electron/training/practice-logins.ts';
import { signalService } from './harness/training-site.ts';
import { openWindow } from './harness/window.ts';
import type { OpenWindow } from './harness/window.ts';
import { openIndependentClient } from './independent-client.ts';
import type { IndependentClient } from './independent-client.ts';
import { Header } from './pages/header.ts';
import { PlanDialog } from './pages/plan-dialog.ts';
import { RotationWizard } from './pages/rotation-wizard.ts';
import { SecurityTab } from './pages/security-tab.ts';
import { Tabs } from './pages/tabs.ts';

let opened: OpenWindow;
let client: IndependentClient;
let wizard: RotationWizard;
let security: SecurityTab;

beforeAll(async () => {
  opened = await openWindow();
  await new Header(opened.page).waitUntilShown();
  client = await openIndependentClient(opened.stateFolder);
  wizard = new RotationWizard(opened.page);
  security = new SecurityTab(opened.page);
  await new Tabs(opened.page).open('Security');
});
afterAll(async () => {
  await client.close();
  await opened.close();
});

/** The password that the simulated keychain keeps as the current one of a login. */
async function keptPassword(login: string): Promise<string> {
  const machine = JSON.parse(await readFile(path.join(opened.stateFolder, 'training/machine.json'), 'utf8')) as {
    readonly keychain: Readonly<Record<string, { readonly current: string }>>;
  };
  return machine.keychain[login]?.current ?? '';
}

/** The password in the service's own file. */
async function deployedPassword(): Promise<string> {
  const config = await readFile(path.join(opened.stateFolder, 'training/AcsService.exe.config'), 'utf8');
  return /Password=([^;"]+)/u.exec(config)?.[1] ?? '';
}

describe('Rotating passwords by mouse, in the real window', () => {
  it('begins where anybody who reads the published list logs in', async () => {
    const logins = await security.logins();
    expect(logins.find((row) => row.startsWith(acsService.login))).toContain('Published default');
    expect(await client.logIn(acsService.login, acsService.password)).toMatchObject({ state: 'done' });
  });

  it('proposes the login with the published default, and shows every statement and edit of both', async () => {
    await wizard.open();
    expect(await wizard.login(acsService.login).isChecked()).toBe(true);
    await wizard.login(mortiseRun.login).check();
    await wizard.showPlan();
    const statements = (await wizard.planned('T-SQL')).join('\n');
    expect(statements).toContain(`ALTER LOGIN [${acsService.login}] WITH PASSWORD`);
    expect(statements).toContain(`ALTER LOGIN [${mortiseRun.login}] WITH PASSWORD`);
    expect((await wizard.planned('File')).join('\n')).toMatch(/^\+.*Password=\[secret\]/mu);
    const shown = await wizard.text();
    expect(shown).toContain('Stopped and started again, usually for some seconds.');
    expect(shown).not.toContain(acsService.password);
    expect(await client.logIn(acsService.login, acsService.password)).toMatchObject({ state: 'done' });
  });

  it('shows each login step by step while it runs', async () => {
    // The service takes its time to stop, so that the progress stands still while it is looked at.
    signalService(opened.stateFolder, 'SIGSTOP');
    await wizard.rotateButton().click();
    await wizard.waitForPart('Progress');
    await expect.poll(() => wizard.states(acsService.login)).toContain('running');
    expect(new Set(await wizard.states(mortiseRun.login))).toEqual(new Set(['waiting']));
    signalService(opened.stateFolder, 'SIGCONT');
    await wizard.waitForPart('Result');
  });

  it('ends with claims for both logins that were all verified', async () => {
    const claims = await wizard.claims();
    expect(claims.filter(({ verdict }) => verdict !== 'Verified')).toEqual([]);
    for (const { login } of [acsService, mortiseRun])
      expect(claims.map(({ claim }) => claim).join('\n')).toContain(`${login} logs in`);
  });

  it('an independent client logs in with the new passwords, and no longer with the old ones', async () => {
    const fresh = await deployedPassword();
    expect(fresh).not.toBe(acsService.password);
    expect(await keptPassword(acsService.login)).toBe(fresh);
    expect(await client.logIn(acsService.login, fresh)).toMatchObject({ state: 'done' });
    expect(await client.logIn(mortiseRun.login, await keptPassword(mortiseRun.login))).toMatchObject({ state: 'done' });
    for (const { login, password } of [acsService, mortiseRun])
      expect(await client.logIn(login, password)).toMatchObject({ state: 'no-connection' });
  });

  it('says in the Security tab that all is well, and where each password is', async () => {
    await wizard.leave();
    const row = async () => (await security.logins()).find((each) => each.startsWith(acsService.login));
    await expect.poll(row).toContain('Set today');
    expect(await row()).not.toContain('Published default');
    const found = await security.verify(acsService.login);
    expect(found).toContain('Everything agrees');
    expect(found).toContain('The current password');
    expect(found).not.toContain(await deployedPassword());
  });

  it('finds a copy that somebody changed, and brings it into line', async () => {
    const { page, stateFolder } = opened;
    const file = path.join(stateFolder, 'training/AcsService.exe.config');
    const right = await readFile(file, 'utf8');
    await writeFile(file, right.replace(/Password=[^;"]+/u, `Password=${acsService.password}`));
    const found = await security.verify(acsService.login);
    expect(found).toContain('Not everything agrees');
    await page.getByRole('button', { name: 'Bring into line' }).click();
    const dialog = new PlanDialog(page);
    await dialog.waitForPlan();
    expect(await dialog.applyAndClose()).toContain('is in line');
    expect(await readFile(file, 'utf8')).toBe(right);
    expect(await security.verify(acsService.login)).toContain('Everything agrees');
  });
});
