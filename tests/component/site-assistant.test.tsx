import { screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { SiteEntry } from '#shared/sites.ts';
import { FakeMain } from './fake-client.ts';
import { openWindow } from './open-window.tsx';
import {
  fingerprint,
  sampleDiscovery,
  sampleGreeting,
  sampleLibrary,
  sampleProfile,
  sampleTemplates,
} from './sample/sites.ts';
import { firstVisit } from './sample/snapshot.ts';

const password = 'Sw0rdfish! 23:00';
const button = (name: string | RegExp) => screen.findByRole('button', { name });
const radio = (name: RegExp) => screen.findByRole<HTMLInputElement>('radio', { name });
const part = async (user: UserEvent, name: string) => {
  const track = within(screen.getByRole('list', { name: 'Parts of the assistant' }));
  await user.click(track.getByRole('button', { name }));
};

const labelled = (name: string) => (element: Element) =>
  element.textContent === name || element.getAttribute('aria-label') === name;

async function openAssistant(main = new FakeMain()) {
  const opened = await openWindow(main);
  await opened.user.click(await button('Sites …'));
  await opened.user.click(await button('New site'));
  await screen.findByRole('heading', { level: 1, name: 'New site' });
  return { ...opened, main };
}

/** As far as the server: template, name, host, looked at, trust chosen. */
async function chooseServer(user: UserEvent) {
  await user.click(await radio(/^Net2/u));
  await user.type(screen.getByLabelText(/Name of the site/u), 'Harbour Office');
  await user.click(await button('Next'));
  await user.type(screen.getByLabelText(/^Host/u), 'localhost');
  await user.click(await button('Look at the server'));
  await screen.findByRole('region', { name: 'What the server shows' });
  await user.click(await radio(/^Encrypted, not verified/u));
}

async function readDatabases(user: UserEvent) {
  await user.click(await button('Next'));
  await user.type(screen.getByLabelText(/Setup login/u), 'sa');
  await user.type(screen.getByLabelText(/Setup password/u), password);
  await user.click(await button('Read the databases'));
  await radio(/^Net2 ?ONLINE/u);
}

/** As far as the controller table, which is chosen. */
async function chooseTable(user: UserEvent) {
  await chooseServer(user);
  await readDatabases(user);
  await user.click(await radio(/^Net2 ?ONLINE/u));
  await screen.findByText(/look like a controller table/u);
  await user.click(await button('Next'));
  await user.click(await radio(/^dbo\.ACU, 24 rows/u));
}

describe('the assistant’s look at the server', () => {
  it('sends no login, and shows version, encryption and the certificate with its fingerprint', async () => {
    const { user, main } = await openAssistant();
    await chooseServer(user);
    expect(main.sent('sites.greet')).toEqual([
      { host: 'localhost', transport: { kind: 'instance', instance: 'NET2' } },
    ]);
    const seen = within(screen.getByRole('region', { name: 'What the server shows' }));
    expect(seen.getByText(fingerprint)).toBeTruthy();
    expect(seen.getByText('TLS 1.2')).toBeTruthy();
    expect(seen.getByText('51433')).toBeTruthy();
    expect(seen.getByText('itself (self-signed)')).toBeTruthy();
    expect(seen.getByText(/^No: it is signed by itself/u)).toBeTruthy();
  });

  it('says why it could not look, and what to do', async () => {
    const main = new FakeMain();
    main.answer('sites.greet', () => failed(failure('server-unreachable', { endpoint: 'localhost\\NET2' })));
    const { user } = await openAssistant(main);
    await user.click(await radio(/^Net2/u));
    await user.click(await button('Next'));
    await user.type(screen.getByLabelText(/^Host/u), 'localhost');
    await user.click(await button('Look at the server'));
    expect((await screen.findByRole('alert')).textContent).toContain('SQL Server at localhost\\NET2 does not answer.');
  });

  it('chooses no trust for the engineer, and offers “verified” only where it holds', async () => {
    const { user, main } = await openAssistant();
    await user.click(await radio(/^Net2/u));
    await user.click(await button('Next'));
    await user.type(screen.getByLabelText(/^Host/u), 'localhost');
    await user.click(await button('Look at the server'));
    await screen.findByRole('region', { name: 'What the server shows' });
    const trusts = screen.getAllByRole<HTMLInputElement>('radio', { name: /^(?:Verified|Exactly|Encrypted)/u });
    expect(trusts.map(({ checked }) => checked)).toEqual([false, false, false, false]);
    expect((await radio(/^Verified by a CA that this machine/u)).disabled).toBe(true);
    main.answer('sites.greet', () => succeed(sampleGreeting({ verified: { holds: true } })));
    await user.click(await button('Look again'));
    await screen.findByText(/^Yes: a CA/u);
    expect((await radio(/^Verified by a CA that this machine/u)).disabled).toBe(false);
  });

  it('lets nobody go unverified to another machine, and says so', async () => {
    const { user } = await openAssistant();
    await user.click(await radio(/^Net2/u));
    await user.click(await button('Next'));
    await user.type(screen.getByLabelText(/^Host/u), 'ACS-SRV-01');
    expect((await radio(/^Encrypted, not verified/u)).disabled).toBe(true);
    expect(
      screen.getByText(/Only for a server on this machine \(localhost\), and ACS-SRV-01 is another one/u),
    ).toBeTruthy();
  });

  it('says that a pinned fallback certificate holds until the next restart only', async () => {
    const main = new FakeMain();
    main.answer('sites.greet', () => succeed(sampleGreeting({ subject: 'CN=SSL_Self_Signed_Fallback' })));
    const { user } = await openAssistant(main);
    await chooseServer(user);
    expect(screen.getByText(/anew at each start/u)).toBeTruthy();
  });

  it('forgets what one server showed, and its pinned certificate, when another is entered', async () => {
    const { user, session } = await openAssistant();
    await chooseServer(user);
    await user.click(await radio(/^Exactly this certificate/u));
    expect(session.store.getState().assistant?.draft.pinned).toContain('BEGIN CERTIFICATE');
    await user.type(screen.getByLabelText(/^Host/u), '2');
    expect(screen.queryByRole('region', { name: 'What the server shows' })).toBeNull();
    expect((await radio(/^Exactly this certificate/u)).checked).toBe(false);
    expect(session.store.getState().assistant?.draft.pinned).toBe('');
  });
});

describe('the assistant’s reading of the server', () => {
  it('is not possible before somebody chose which certificate is good enough', async () => {
    const { user, main } = await openAssistant();
    await part(user, 'Database');
    expect(screen.getByText(/nothing is sent before that/u)).toBeTruthy();
    await user.click(await button('Read the databases'));
    expect(main.sent('sites.discover')).toEqual([]);
    await user.click(await button('Go to “Server”'));
    expect(await screen.findByLabelText(/^Host/u)).toBeTruthy();
  });

  it('lists the databases and chooses none; one that cannot be opened cannot be chosen', async () => {
    const { user, main } = await openAssistant();
    const other = sampleDiscovery(null);
    main.answer('sites.discover', () => succeed(other));
    await user.click(await radio(/^Any software/u));
    await user.click(await button('Next'));
    await user.type(screen.getByLabelText(/^Host/u), 'localhost');
    await user.type(screen.getByLabelText(/^Port number/u), '1433');
    await user.click(await radio(/^Encrypted, not verified/u));
    await readDatabases(user);
    const databases = screen.getAllByRole<HTMLInputElement>('radio');
    expect(databases.map(({ checked }) => checked)).toEqual([false, false, false]);
    expect((await radio(/^Payroll/u)).disabled).toBe(true);
  });

  it('says what could not be read', async () => {
    const { user } = await openAssistant();
    await chooseServer(user);
    await readDatabases(user);
    await user.click(await radio(/^Net2 ?ONLINE/u));
    expect(await screen.findByText(/The plan cache could not be read/u)).toBeTruthy();
  });

  it('keeps the password nowhere: not in the store, not on the page once the part is left', async () => {
    const { user, main, session } = await openAssistant();
    await chooseTable(user);
    expect(main.sent('sites.discover').map((input) => (input as { setup: unknown }).setup)).toEqual([
      { login: 'sa', password },
      { login: 'sa', password },
    ]);
    expect(JSON.stringify(session.store.getState())).not.toContain(password);
    expect(document.body.innerHTML).not.toContain(password);
    await part(user, 'Database');
    expect(screen.getByLabelText<HTMLInputElement>(/Setup login/u).value).toBe('sa');
    expect(screen.getByLabelText<HTMLInputElement>(/Setup password/u).value).toBe('');
  });
});

describe('the assistant’s controller table', () => {
  it('offers what looks like it, the likeliest first, with reasons and obstacles', async () => {
    const { user } = await openAssistant();
    await chooseTable(user);
    const offered = screen.getAllByRole('radio', { name: /^dbo\./u });
    expect(offered.map((each) => each.closest('.fui-Radio')?.textContent)).toEqual([
      expect.stringMatching(/^dbo\.ACU, 24 rows.*SerialNumber looks like a serial number/u),
      expect.stringMatching(/^dbo\.AcuHistory, 81,220 rows.*Stands in the way: It is a temporal table\./u),
    ]);
  });

  it('marks each guessed column until it is confirmed or corrected', async () => {
    const { user } = await openAssistant();
    await chooseTable(user);
    const roles = within(screen.getByRole('region', { name: 'What its columns mean' }));
    expect(roles.getAllByText('To be confirmed')).toHaveLength(7);
    await user.click(await button('That is right: Serial number'));
    expect(roles.getAllByText('To be confirmed')).toHaveLength(6);
    await user.selectOptions(roles.getByLabelText(/^Model/u), '');
    expect(roles.getAllByText('To be confirmed')).toHaveLength(5);
  });

  it('keeps what a template knows better than a guess', async () => {
    const { user, session } = await openAssistant();
    await chooseTable(user);
    expect(session.store.getState().assistant?.draft.table.unsupportedModels).toEqual(['ACU-1']);
  });

  it('takes a column’s type from the server', async () => {
    const { user, session } = await openAssistant();
    await chooseTable(user);
    await user.selectOptions(screen.getByLabelText(/^Key/u), 'SerialNumber');
    expect(session.store.getState().assistant?.draft.table.key).toEqual({
      column: 'SerialNumber',
      type: 'nvarchar(32)',
    });
  });

  it('can be described by hand when nothing could be read', async () => {
    const { user, session } = await openAssistant();
    await part(user, 'Controllers');
    expect(screen.getByText(/describe the table by hand/u)).toBeTruthy();
    await user.type(screen.getByLabelText(/^Key/u), 'Id');
    await user.type(screen.getByLabelText(/^Type of the key/u), 'int');
    expect(session.store.getState().assistant?.draft.table.key).toEqual({ column: 'Id', type: 'int' });
  });
});

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
