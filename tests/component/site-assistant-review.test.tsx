import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { succeed } from '#shared/result.ts';
import type { SiteEntry } from '#shared/sites.ts';
import { button, chooseTable, openAssistant, part, radio } from './assistant-steps.tsx';
import { FakeMain } from './fake-client.ts';
import { openWindow } from './open-window.tsx';
import { sampleLibrary, sampleProfile, sampleTemplates } from './sample/sites.ts';
import { firstVisit } from './sample/snapshot.ts';

const labelled = (name: string) => (element: Element) =>
  element.textContent === name || element.getAttribute('aria-label') === name;

describe('the assistant’s review', () => {
  it('lists every fault with its path, and leads to the field, which says it too', async () => {
    const { user } = await openAssistant();
    await part(user, 'Server');
    await part(user, 'Review');
    const faults = await screen.findByText(/things are not right yet/u);
    expect(faults).toBeTruthy();
    await user.click(await button('Go there: endpoint.host'));
    expect((await screen.findAllByText('endpoint.host')).length).toBeGreaterThan(0);
    expect(screen.getByLabelText(/^Host/u).getAttribute('aria-invalid')).toBe('true');
  });

  it('follows what is typed', async () => {
    const { user } = await openAssistant();
    await part(user, 'Server');
    await part(user, 'Review');
    await user.click(await button('Go there: name'));
    const name = await screen.findByLabelText(/Name of the site/u);
    expect(name.getAttribute('aria-invalid')).toBe('true');
    await user.type(name, 'Harbour Office');
    await waitFor(() => expect(name.getAttribute('aria-invalid')).toBeNull());
  });

  it('keeps no profile that is not right', async () => {
    const { user, main } = await openAssistant();
    await part(user, 'Review');
    const keep = await button('Keep this profile');
    expect(keep.getAttribute('aria-disabled')).toBe('true');
    await user.click(keep);
    expect(main.sent('sites.save.plan')).toEqual([]);
  });

  it('shows what nobody confirmed, and the profile exactly as it is kept', async () => {
    const { user, main } = await openAssistant();
    await chooseTable(user);
    await part(user, 'Review');
    expect(await screen.findByText(/guesses were not confirmed by you/u)).toBeTruthy();
    await screen.findByText('The profile is whole.');
    const shown = JSON.parse(
      screen.getByRole('group', { name: /as it will be written/u }).textContent ?? '',
    ) as unknown;
    await user.click(await button('Keep this profile'));
    await screen.findByRole('dialog', { name: 'Plan of sites.save' });
    expect(main.sent('sites.save.plan')).toEqual([{ id: null, profile: shown }]);
    expect(shown).toEqual(sampleProfile());
  });

  it('once kept leads to opening the site, which begins with the assessment', async () => {
    const main = new FakeMain();
    const { user } = await openAssistant(main);
    await chooseTable(user);
    await part(user, 'Review');
    await screen.findByText('The profile is whole.');
    await user.click(await button('Keep this profile'));
    await user.click(await button('Apply'));
    await user.click(await button('Close'));
    main.answer('sites.open', () => {
      main.answer('site.snapshot', () => succeed(firstVisit()));
      return succeed({});
    });
    await user.click(await button('Open this site'));
    expect(await screen.findByRole('heading', { level: 2, name: 'Assess this site' })).toBeTruthy();
    expect(main.sent('sites.open')).toEqual([{ id: 'harbour-office' }]);
  });

  it('once kept and corrected is the same site, not a second one', async () => {
    const { user, main } = await openAssistant();
    await chooseTable(user);
    await part(user, 'Review');
    await screen.findByText('The profile is whole.');
    await user.click(await button('Keep this profile'));
    await user.click(await button('Apply'));
    await user.click(await button('Close'));
    await button('Open this site');
    await part(user, 'Start');
    await user.type(screen.getByLabelText(/Name of the site/u), ' East');
    await part(user, 'Review');
    await screen.findByText('The profile is whole.');
    await user.click(await button('Keep this profile'));
    await screen.findByRole('dialog', { name: 'Plan of sites.save' });
    expect(main.sent('sites.save.plan').map((input) => (input as { id: string | null }).id)).toEqual([
      null,
      'harbour-office',
    ]);
  });

  it('a plan that is put away leaves the profile to be kept', async () => {
    const { user, main } = await openAssistant();
    await chooseTable(user);
    await part(user, 'Review');
    await screen.findByText('The profile is whole.');
    await user.click(await button('Keep this profile'));
    await button('Apply');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await button('Keep this profile')).toBeTruthy();
    expect(main.sent('sites.save.apply')).toEqual([]);
  });
});

describe('the assistant', () => {
  it('keeps everything on the way back', async () => {
    const { user } = await openAssistant();
    await chooseTable(user);
    for (let times = 0; times < 3; times += 1) await user.click(await button('Back'));
    expect((await radio(/^Net2/u)).checked).toBe(true);
    expect(screen.getByLabelText<HTMLInputElement>(/Name of the site/u).value).toBe('Harbour Office');
    await user.click(await button('Next'));
    expect(screen.getByLabelText<HTMLInputElement>(/^Host/u).value).toBe('localhost');
    expect(screen.getByRole('region', { name: 'What the server shows' })).toBeTruthy();
    await part(user, 'Controllers');
    expect((await radio(/^dbo\.ACU, 24 rows/u)).checked).toBe(true);
  });

  it('asks on Escape before it loses anything; staying is what Enter does', async () => {
    const { user } = await openAssistant();
    await user.type(await screen.findByLabelText(/Name of the site/u), 'Harbour');
    await user.keyboard('{Escape}');
    await screen.findByRole('alertdialog', { name: 'Leave the assistant?' });
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Stay here'));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(screen.getByLabelText<HTMLInputElement>(/Name of the site/u).value).toBe('Harbour');
  });

  it('leaves at once where nothing was typed', async () => {
    const { user } = await openAssistant();
    await user.keyboard('{Escape}');
    expect(await screen.findByRole('heading', { level: 2, name: 'Sites' })).toBeTruthy();
  });

  it('keeps a draft for later, and forgets one that is discarded', async () => {
    const { user } = await openAssistant();
    await user.type(await screen.findByLabelText(/Name of the site/u), 'Harbour');
    await user.keyboard('{Escape}');
    await user.click(await button('Leave and keep it for later'));
    await user.click(await button('Continue the new site'));
    expect((await screen.findByLabelText<HTMLInputElement>(/Name of the site/u)).value).toBe('Harbour');
    await user.click(await button('Close the assistant'));
    await user.click(await button('Discard it'));
    await user.click(await button('New site'));
    expect((await screen.findByLabelText<HTMLInputElement>(/Name of the site/u)).value).toBe('');
  });

  it('edits a site of the library as that site', async () => {
    const main = new FakeMain();
    const { user } = await openWindow(main);
    await user.click(await button('Sites …'));
    await user.click(await button('Edit Harbour Office'));
    await screen.findByRole('heading', { level: 1, name: 'Edit Harbour Office' });
    const host = screen.getByLabelText<HTMLInputElement>(/^Host/u);
    expect(host.value).toBe('localhost');
    await user.clear(host);
    await user.type(host, '127.0.0.1');
    await part(user, 'Review');
    await screen.findByText('The profile is whole.');
    await user.click(await button('Keep this profile'));
    await screen.findByRole('dialog', { name: 'Plan of sites.save' });
    const before = sampleProfile();
    expect(main.sent('sites.save.plan')).toEqual([
      { id: 'harbour-office', profile: { ...before, endpoint: { ...before.endpoint, host: '127.0.0.1' } } },
    ]);
  });

  it('keeps a name that was typed when another template is chosen, and no name that only the template gave', async () => {
    const named = sampleTemplates.map((template) => ({ ...template, draft: { name: template.title } }));
    const main = new FakeMain();
    main.answer('sites.templates', () => succeed(named));
    const { user } = await openAssistant(main);
    await user.click(await radio(/^Net2/u));
    await user.click(await radio(/^Any software/u));
    const name = screen.getByLabelText<HTMLInputElement>(/Name of the site/u);
    expect(name.value).toBe('Any software');
    await user.type(name, ' here');
    await user.click(await radio(/^Net2/u));
    expect(name.value).toBe('Any software here');
  });

  it('offers no confirming where nothing stands yet', async () => {
    const { user } = await openAssistant();
    await user.click(await radio(/^Net2/u));
    await part(user, 'Controllers');
    const roles = within(screen.getByRole('region', { name: 'What its columns mean' }));
    expect(roles.getAllByText('To be filled in')).toHaveLength(2);
    expect(roles.queryByRole('button', { name: 'That is right: Key' })).toBeNull();
    expect(roles.getByRole('button', { name: 'That is right: Model' })).toBeTruthy();
  });

  it('takes a CA’s certificate that is to be filled in for no trust in the machine’s own CAs', async () => {
    const main = new FakeMain();
    const draft = { endpoint: { trust: { kind: 'ca', certificate: '' } } };
    main.answer('sites.templates', () => succeed(sampleTemplates.map((template) => ({ ...template, draft }))));
    const { user } = await openAssistant(main);
    await user.click(await radio(/^Net2/u));
    await part(user, 'Server');
    expect((await radio(/^Verified by a CA whose certificate I have/u)).checked).toBe(true);
  });

  it('takes logins that are connected now, and says which services use them', async () => {
    const { user, session } = await openAssistant();
    await chooseTable(user);
    await user.click(await button('Next'));
    await user.click(await button('Add reports'));
    const services = within(screen.getByRole('group', { name: 'Services that use reports' }));
    await user.click(services.getByRole('checkbox', { name: 'Net2 Service' }));
    expect(session.store.getState().assistant?.draft.serviceLogins[1]).toEqual({
      login: 'reports',
      services: ['Net2 Service'],
    });
  });

  it('a renamed login and a renamed service stay what they were', async () => {
    const { user, main } = await openAssistant();
    await chooseTable(user);
    await user.click(await button('Next'));
    const login = screen.getByLabelText(/^Login 1/u);
    await user.type(login, '_new');
    await user.type(screen.getByLabelText(/^Service 1/u), '2');
    await part(user, 'Review');
    await screen.findByText('The profile is whole.');
    await user.click(await button('Keep this profile'));
    await screen.findByRole('dialog', { name: 'Plan of sites.save' });
    const [kept] = main.sent('sites.save.plan') as { profile: ReturnType<typeof sampleProfile> }[];
    expect(kept?.profile.serviceLogins).toEqual([
      { login: 'net2_service_new', services: ['Net2ClientSvc2'], consumers: ['net2-client'] },
    ]);
    expect(kept?.profile.consumers[0]?.login).toBe('net2_service_new');
  });

  it('is gone through by keyboard alone as far as the plan', async () => {
    const main = new FakeMain();
    const entries: SiteEntry[] = sampleLibrary();
    main.answer('sites.list', () => succeed(entries));
    const { user } = await openWindow(main);
    const tabTo = async (matches: (element: Element) => boolean) => {
      for (let presses = 0; presses < 80; presses += 1) {
        if (document.activeElement && matches(document.activeElement)) return;
        await user.tab();
      }
      throw new Error('The keyboard does not get there.');
    };
    await tabTo(labelled('Sites …'));
    await user.keyboard('{Enter}');
    await button('Edit Harbour Office');
    await tabTo(labelled('Edit Harbour Office'));
    await user.keyboard('{Enter}');
    await screen.findByRole('heading', { level: 1, name: 'Edit Harbour Office' });
    for (const title of ['Database', 'Controllers', 'Logins and services', 'Review']) {
      await tabTo(labelled('Next'));
      await user.keyboard('{Enter}');
      await screen.findAllByRole('heading', { level: 2, name: title });
      expect(document.activeElement?.tagName).toBe('H1');
    }
    await screen.findByText('The profile is whole.');
    await tabTo(labelled('Keep this profile'));
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('dialog', { name: 'Plan of sites.save' })).toBeTruthy();
  });
});
