import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answerConsent,
  askedConsent,
  hearNotifications,
  heardNotifications,
} from '#tests/e2e/harness/native-dialogs.ts';
import { openWindow } from '#tests/e2e/harness/window.ts';
import type { OpenWindow } from '#tests/e2e/harness/window.ts';
import { Header } from '#tests/e2e/pages/header.ts';
import { PlanDialog } from '#tests/e2e/pages/plan-dialog.ts';
import { entry, mortise } from '#tests/mortise.ts';
import { openHarbourOffice } from './harbour-office.ts';
import { networkIsOurs, nft, otherMachine, siteAddress } from './other-machine.ts';
import type { OtherMachine } from './other-machine.ts';
import { keychainIsThere, secondServer } from './second-server.ts';
import type { SecondServer } from './second-server.ts';

const why = 'MORTISE_TEST_OWN_NETWORK says that this process is on a network of its own';
if (keychainIsThere && !networkIsOurs) process.stdout.write(`not shown: secure mode from the window (${why})\n`);

describe.runIf(keychainIsThere && networkIsOurs)(
  'Secure mode at a real site, in the real window, with real packets',
  () => {
    let server: SecondServer;
    let other: OtherMachine;
    let opened: OpenWindow;
    let stateFolder = '';
    let remote: Awaited<ReturnType<OtherMachine['stayLoggedIn']>>;

    const section = (name: string): Locator => opened.page.getByRole('region', { name, exact: true });
    const pill = async () => (await new Header(opened.page).pills()).secureMode;
    const serviceSessions = async () =>
      await server.ask(
        "SELECT COUNT(*) AS held FROM sys.dm_exec_sessions WHERE login_name = N'acs_service' AND is_user_process = 1;",
      );
    const endSessionsOf = async (login: string) => {
      const theirs = await server.ask(`SELECT session_id FROM sys.dm_exec_sessions WHERE login_name = N'${login}';`);
      for (const { session_id: id } of Array.isArray(theirs) ? (theirs as { session_id: number }[]) : [])
        await server.ask(`KILL ${id};`);
    };
    const carryOut = async (name: string, reason?: string) => {
      await section('Secure mode').getByRole('button', { name, exact: true }).click();
      const dialog = new PlanDialog(opened.page);
      await (reason === undefined ? dialog.waitForPlan() : dialog.showPlan(reason));
      return await dialog.applyAndClose();
    };

    beforeAll(async () => {
      server = await secondServer();
      const { transport } = server.profile.endpoint;
      other = await otherMachine(transport.kind === 'tcp' ? transport.port : 0, server.admin);
      // The training site's own other machine is on loopback, where no firewall cuts it off.
      await server.ask('ALTER LOGIN acs_reports DISABLE;');
      const theirs = await server.ask("SELECT session_id FROM sys.dm_exec_sessions WHERE login_name = N'acs_reports';");
      for (const { session_id: id } of Array.isArray(theirs) ? (theirs as { session_id: number }[]) : [])
        await server.ask(`KILL ${id};`);

      stateFolder = await mkdtemp(join(tmpdir(), 'mortise-secure-mode-'));
      const answer = { stateFolder, typed: [server.admin.password] };
      expect(await mortise(['profile', 'import', server.profilePath, '--yes'], { stateFolder })).toMatchObject({
        code: 0,
      });
      const create = ['create-login', '--may-change-logins', '--setup-login', server.admin.login, '--yes'];
      expect(await mortise([...create, '--site', 'harbour-office'], answer)).toMatchObject({ code: 0 });
      remote = await other.stayLoggedIn();
      opened = await openWindow(stateFolder);
      opened.page.setDefaultTimeout(30_000);
      await answerConsent(opened.app, 'confirm');
      await hearNotifications(opened.app);
    });
    afterAll(async () => {
      await opened.close();
      await other.close();
      await server.stop();
    });

    it('shows before what listens, and who would be cut off', async () => {
      await openHarbourOffice(opened);
      expect(await pill()).toBe('Not in force');
      expect(await section('Listeners').innerText()).toContain('T-SQL');
      await expect.poll(() => section('Who would be cut off').innerText()).toContain('Remote reports');
      expect([remote.last(), await other.tryOnce()]).toEqual(['in', 'in']);
    });

    it('gives way at once when it cuts off the local service', async () => {
      await section('Secure mode').getByRole('button', { name: 'Switch secure mode on', exact: true }).click();
      const dialog = new PlanDialog(opened.page);
      await dialog.waitForPlan();
      await dialog.apply();
      await expect.poll(async () => await nft('list', 'ruleset')).toContain('mortise');
      // As a block would that does not let the service through: it is out, and does not come back.
      await server.ask('ALTER LOGIN acs_service DISABLE;');
      await endSessionsOf('acs_service');
      const said = await dialog.end();
      await dialog.close();
      expect(said).toContain('a local service lost its connection, so the block was removed again');
      expect(await nft('list', 'ruleset')).not.toContain('mortise');
      await server.ask('ALTER LOGIN acs_service ENABLE;');
      await expect.poll(serviceSessions).not.toEqual([{ held: 0 }]);
      expect(await pill()).toBe('Not in force');
      expect(await other.tryOnce()).toBe('in');
      remote.end();
      remote = await other.stayLoggedIn();
    });

    it('switched on, the other machine loses its session and does not come back, and the local service goes on', async () => {
      const said = await carryOut('Switch secure mode on');
      expect(said).toContain('The block is in force for every listener');
      expect(said).toContain('No session from another machine is left');
      expect(said).toContain('Not shown: Another machine cannot connect.');
      await expect.poll(() => remote.last(), { timeout: 30_000 }).toBe('lost');
      expect(await other.tryOnce()).toBe('out');
      expect(await serviceSessions()).toEqual([{ held: expect.any(Number) as number }]);
      expect(await serviceSessions()).not.toEqual([{ held: 0 }]);
      expect(await nft('list', 'ruleset')).toContain('mortise');
      await expect.poll(pill).toBe('In force');
    });

    it('is proved by the other machine, whose answer the engineer brings', async () => {
      const probe = section('Proof from the other machine');
      await probe.getByRole('button', { name: 'Show what to run on another machine' }).click();
      const line = (await probe.getByText(/^mortise probe/u).innerText()).trim().split(' ').slice(1);
      const answer = await other.host.run(process.execPath, entry, ...line);
      expect(line).toContain(siteAddress);
      await probe.getByRole('textbox', { name: /Its answer/u }).fill(answer);
      await probe.getByRole('button', { name: 'Take this answer' }).click();
      await expect.poll(() => probe.innerText()).toContain('stated by the engineer');
      expect(await probe.innerText()).toContain('Nothing was reached.');
      await expect.poll(pill).toBe('In force');
    });

    it('says at once that a colleague flushed the firewall, in the header, the tab, the trail and by a notification', async () => {
      await nft('flush', 'ruleset');
      await expect.poll(pill).toBe('No longer as switched on');
      expect(await section('Secure mode').innerText()).toContain('The rules of secure mode are gone.');
      expect(await section('Proof from the other machine').innerText()).toContain('Not probed from outside');
      expect(await other.tryOnce()).toBe('in');
      const trail = section('Trail');
      await expect.poll(() => trail.innerText()).toContain('secureMode.drift');
      expect(await heardNotifications(opened.app)).toEqual([
        'Secure mode is no longer as it was switched on: The rules of secure mode are gone.',
      ]);
    });

    it('is put back with one click', async () => {
      expect(await carryOut('Put the block back')).toContain('The block is in force for every listener');
      await expect.poll(pill).toBe('In force');
      expect(await other.tryOnce()).toBe('out');
    });

    it('sees it when somebody switched our table off, and puts that right too', async () => {
      await nft('add', 'table', 'inet', 'mortise', '{ flags dormant; }');
      await expect.poll(pill).toBe('No longer as switched on');
      await carryOut('Put the block back');
      await expect.poll(pill).toBe('In force');
    });

    it('switched off after a question of its own, the other machine gets in again and nothing is left behind', async () => {
      await carryOut('Switch secure mode off', 'Service visit');
      expect((await askedConsent(opened.app)).at(-1)?.detail ?? '').not.toBe('');
      await expect.poll(pill).toBe('Not in force');
      expect(await other.tryOnce()).toBe('in');
      expect(await nft('list', 'ruleset')).not.toContain('mortise');
    });
  },
);
