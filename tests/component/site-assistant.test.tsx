import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import {
  button,
  chooseServer,
  chooseTable,
  openAssistant,
  part,
  password,
  radio,
  readDatabases,
} from './assistant-steps.tsx';
import { FakeMain } from './fake-client.ts';
import { fingerprint, sampleDiscovery, sampleGreeting } from './sample/sites.ts';

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
