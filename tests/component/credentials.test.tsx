import { act, screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import { FakeMain } from './fake-client.ts';
import { openTab } from './open-window.tsx';
import { sampleLogins } from './sample/logins.ts';
import { permissions, sampleSnapshot } from './sample/snapshot.ts';
import { sampleVerification } from './sample/verifications.ts';

const credentials = () => within(screen.getByRole('region', { name: 'Credentials' }));
const row = (name: RegExp) => within(credentials().getByRole('row', { name }));
const button = (name: string | RegExp) => screen.findByRole('button', { name });
const panel = () => screen.findByRole('region', { name: 'Where the passwords of acs_service are' });
const typed = 'Kn0wn-only-to-the-engineer';

async function choose(user: UserEvent, menu: string, item: RegExp): Promise<void> {
  await user.click(await button(menu));
  await user.click(await screen.findByRole('menuitem', { name: item }));
}

/** Whether a secret stands anywhere in the page, as text, attribute or what a field holds. */
function onThePage(secret: string): boolean {
  const held = [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value);
  return document.documentElement.outerHTML.includes(secret) || held.some((value) => value.includes(secret));
}

describe('the table of logins', () => {
  it('says how old a password is in words, and marks one that is older than a year', async () => {
    await openTab(new FakeMain(), 'Security');
    expect(
      row(/acs_service/u)
        .getByText('4 years old')
        .closest('[data-tone]')
        ?.getAttribute('data-tone'),
    ).toBe('attention');
    expect(
      row(/mortise_run/u)
        .getByText('12 days old')
        .closest('[data-tone]'),
    ).toBeNull();
  });

  it('says who uses a login, and whether Mortise has its password', async () => {
    const [run, service, reports] = sampleLogins();
    const cause = failure('keychain-locked');
    const logins = [
      { ...run, passwordKnown: unknown(cause, new Date()) },
      { ...service, passwordKnown: known('in-a-consumer', new Date()) },
      reports,
    ] as ReturnType<typeof sampleLogins>;
    await openTab(new FakeMain(sampleSnapshot({ logins: known(logins, new Date()) })), 'Security');
    expect(row(/mortise_run/u).getByText(`Not known whether Mortise has it: ${cause.sentence}`)).toBeTruthy();
    expect(row(/mortise_run/u).getByText('Mortise itself')).toBeTruthy();
    expect(row(/acs_service/u).getByText('Found in a copy')).toBeTruthy();
    expect(row(/acs_service/u).getByText('Service AcsService')).toBeTruthy();
    expect(row(/acs_service/u).getByText('/var/lib/acs/AcsService.exe.config')).toBeTruthy();
    expect(row(/acs_reports/u).getByText('Not known to Mortise')).toBeTruthy();
  });

  it.each([
    ['Bring into line', 'rotation.reconcile', { login: 'acs_service' }],
    ['Set by administrator', 'rotation.reset', { login: 'acs_service', setup: null }],
    ['Try published defaults', 'rotation.tryDefaults', { login: 'acs_service' }],
  ])('offers for one login: %s', async (title, change, input) => {
    const main = new FakeMain();
    const { user } = await openTab(main, 'Security');
    await choose(user, 'More for acs_service', new RegExp(title, 'u'));
    await button('Apply');
    expect(main.sent(`${change}.plan`)).toEqual([input]);
  });

  it('offers for a login that the profile does not name only what needs no profile', async () => {
    const { user } = await openTab(new FakeMain(), 'Security');
    expect(row(/acs_reports/u).queryByRole('button', { name: /Verify/u })).toBeNull();
    await user.click(await button('More for acs_reports'));
    expect((await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('Try published defaults'),
    ]);
  });

  it('gives the focus back to the menu from which a dialog was opened', async () => {
    const { user } = await openTab(new FakeMain(), 'Security');
    (await button('More for acs_service')).focus();
    await user.keyboard('{Enter}{ArrowDown}{Enter}');
    await screen.findByLabelText(/Password in force/u);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('More for acs_service'));
  });

  it('says in the menu why something is not allowed now', async () => {
    const main = new FakeMain(
      sampleSnapshot({ permissions: permissions({ 'rotation.reset': 'A guided lockdown is not finished.' }) }),
    );
    const { user } = await openTab(main, 'Security');
    await choose(user, 'More for acs_service', /Set by administrator/u);
    expect(screen.getByText('Not possible now: A guided lockdown is not finished.')).toBeTruthy();
    expect(main.sent('rotation.reset.plan')).toEqual([]);
  });
});

describe('verifying a login', () => {
  const verify = 'Verify the password of acs_service';

  it('says which secret is where, in a table, with the verdict', async () => {
    const { user } = await openTab(new FakeMain(), 'Security');
    await user.click(await button(verify));
    const found = within(await panel());
    expect(await found.findByText('Everything agrees')).toBeTruthy();
    const rows = found.getAllByRole('row').map(({ textContent }) => textContent);
    expect(rows).toEqual([
      'WhereWhat is there',
      'SQL Server acceptsThe current password',
      'Mortise keepsThe current password, The former password',
      '/var/lib/acs/AcsService.exe.configThe current password',
      'Service AcsServiceLogged in. Session 57 belongs to its process 4711',
    ]);
    expect(found.queryByRole('button', { name: 'Bring into line' })).toBeNull();
  });

  it('leads on to bringing into line where a copy differs', async () => {
    const main = new FakeMain();
    main.answer('rotation.verify', () =>
      succeed(sampleVerification('acs_service', { verdict: 'differs', works: known('pending', new Date()) })),
    );
    const { user } = await openTab(main, 'Security');
    await user.click(await button(verify));
    await user.click(await button('Bring into line'));
    await button('Apply');
    expect(main.sent('rotation.reconcile.plan')).toEqual([{ login: 'acs_service' }]);
  });

  it('leads on to its password or an administrator where none works', async () => {
    const main = new FakeMain();
    main.answer('rotation.verify', () =>
      succeed(sampleVerification('acs_service', { verdict: 'differs', works: known('none', new Date()), kept: [] })),
    );
    const { user } = await openTab(main, 'Security');
    await user.click(await button(verify));
    const found = within(await panel());
    expect(await found.findByText('None of the passwords that are known')).toBeTruthy();
    expect(found.getByText('No password')).toBeTruthy();
    expect(found.getByRole('button', { name: 'Enter its password' })).toBeTruthy();
    expect(found.getByRole('button', { name: 'Set by administrator' })).toBeTruthy();
    expect(found.queryByRole('button', { name: 'Bring into line' })).toBeNull();
  });

  it('never calls what could not be read right', async () => {
    const cause = failure('secret-unknown', { login: 'acs_service' });
    const main = new FakeMain();
    main.answer('rotation.verify', () =>
      succeed(sampleVerification('acs_service', { verdict: 'unknown', works: unknown(cause, new Date()) })),
    );
    const { user } = await openTab(main, 'Security');
    await user.click(await button(verify));
    const found = within(await panel());
    expect(await found.findByText('Not everything is known')).toBeTruthy();
    expect(found.getByText(`Unknown: ${cause.sentence}`)).toBeTruthy();
    expect(found.queryByText('Everything agrees')).toBeNull();
  });

  it('a failed one says why, and what was found before is forgotten after a change', async () => {
    const main = new FakeMain();
    const { user } = await openTab(main, 'Security');
    await user.click(await button(verify));
    await within(await panel()).findByText('Everything agrees');
    main.answer('rotation.verify', () => failed(failure('secret-unknown', { login: 'acs_service' })));
    await user.click(await button('Verify again'));
    expect(await within(await panel()).findByText('Could not be verified')).toBeTruthy();
    await user.click(await button('Rotate the password of acs_service'));
    await user.click(await button('Apply'));
    await user.click(await button('Close'));
    await waitFor(() => expect(screen.queryByText('Could not be verified')).toBeNull());
  });
});

describe('a secret that a person types', () => {
  it('the password in force is sent once and kept nowhere', async () => {
    const main = new FakeMain();
    const { user, session } = await openTab(main, 'Security');
    const held: string[] = [];
    session.store.subscribe((state) => held.push(JSON.stringify(state)));
    await choose(user, 'More for acs_service', /Enter its password/u);
    const field = await screen.findByLabelText<HTMLInputElement>(/Password in force/u);
    expect(field.type).toBe('password');
    await user.type(field, typed);
    await user.click(await button('Show the plan'));
    await button('Apply');
    expect(main.sent('rotation.adopt.plan')).toEqual([{ login: 'acs_service', password: typed }]);
    await user.click(await button('Apply'));
    await screen.findByText('It is done and proved');
    expect(main.calls.filter(({ input }) => JSON.stringify(input).includes(typed))).toHaveLength(1);
    expect(held.some((state) => state.includes(typed))).toBe(false);
    expect(onThePage(typed)).toBe(false);
  });

  it('a wrong one is asked for again in an empty field', async () => {
    const main = new FakeMain();
    main.answer('rotation.adopt.plan', () => failed(failure('login-refused', { login: 'acs_service' })));
    const { user } = await openTab(main, 'Security');
    await choose(user, 'More for acs_service', /Enter its password/u);
    await user.type(await screen.findByLabelText(/Password in force/u), typed);
    await user.click(await button('Show the plan'));
    await user.click(await button('Enter it again'));
    expect((await screen.findByLabelText<HTMLInputElement>(/Password in force/u)).value).toBe('');
    await user.click(await button('Show the plan'));
    expect(await screen.findByText('Please fill this in.')).toBeTruthy();
    expect(main.sent('rotation.adopt.plan')).toHaveLength(1);
  });

  it('my own password is changed with the new one typed twice', async () => {
    const main = new FakeMain();
    const { user } = await openTab(main, 'Security');
    await choose(user, 'More for passwords', /Change my own password/u);
    await user.type(await screen.findByLabelText(/Your login on SQL Server/u), 'ines');
    await user.type(screen.getByLabelText(/Present password/u), 'Former-0ne-of-Ines');
    await user.type(screen.getByLabelText(/^New password\s?\*?$/u), typed);
    await user.type(screen.getByLabelText(/New password again/u), `${typed}x`);
    await user.click(await button('Show the plan'));
    expect(await screen.findByText('The two are not the same.')).toBeTruthy();
    expect(main.sent('rotation.changeOwn.plan')).toEqual([]);
    await user.type(screen.getByLabelText(/New password again/u), '{Backspace}');
    await user.click(await button('Show the plan'));
    await button('Apply');
    expect(main.sent('rotation.changeOwn.plan')).toEqual([{ login: 'ines', from: 'Former-0ne-of-Ines', to: typed }]);
    expect(onThePage(typed)).toBe(false);
  });

  it('a recovery kit is saved under a passphrase typed twice', async () => {
    const main = new FakeMain();
    const { user } = await openTab(main, 'Security');
    await choose(user, 'More for passwords', /Save a recovery kit/u);
    await user.type(await screen.findByLabelText(/^Passphrase\s?\*?$/u), typed);
    await user.click(await button('Show the plan'));
    expect(main.sent('recoveryKit.export.plan')).toEqual([]);
    await user.type(screen.getByLabelText(/Passphrase again/u), typed);
    await user.click(await button('Show the plan'));
    await button('Apply');
    expect(main.sent('recoveryKit.export.plan')).toEqual([{ passphrase: typed }]);
    expect(onThePage(typed)).toBe(false);
  });

  it('a recovery kit is taken in from a chosen file, and nothing but a kit is accepted', async () => {
    const main = new FakeMain();
    main.answer('recoveryKit.choose', () => succeed({ path: '/media/usb/holiday.jpg', isKit: false }));
    const { user } = await openTab(main, 'Security');
    await choose(user, 'More for passwords', /Take a recovery kit in/u);
    await user.type(await screen.findByLabelText(/Passphrase of the kit/u), typed);
    await user.click(await button('Show the plan'));
    expect(await screen.findByText('Please choose the file.')).toBeTruthy();
    await user.click(await button('Choose the file …'));
    expect(await screen.findByText('This file is no recovery kit.')).toBeTruthy();
    await user.click(await button('Show the plan'));
    expect(main.sent('recoveryKit.import.plan')).toEqual([]);
    act(() => main.answer('recoveryKit.choose', () => succeed({ path: '/media/usb/harbour.kit', isKit: true })));
    await user.click(await button('Choose the file …'));
    expect(await screen.findByText('/media/usb/harbour.kit')).toBeTruthy();
    await user.click(await button('Show the plan'));
    await button('Apply');
    expect(main.sent('recoveryKit.import.plan')).toEqual([{ passphrase: typed }]);
  });
});
