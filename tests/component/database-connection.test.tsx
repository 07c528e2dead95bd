import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { known } from '#shared/reading.ts';
import { FakeMain } from './fake-client.ts';
import { openTab } from './open-window.tsx';
import { commissioned, firstVisit, permissions, sampleSnapshot, someRights, unreachable } from './sample/snapshot.ts';

const withCertificate = (certificate: 'verified' | 'pinned' | 'not-verified') => {
  const { server } = sampleSnapshot();
  if (server.state !== 'known') throw new Error('The sample’s server is known.');
  const connection = { ...server.value.connection, certificate };
  return new FakeMain(sampleSnapshot({ server: known({ ...server.value, connection }, new Date()) }));
};

const rights = () => within(screen.getByRole('region', { name: 'Rights of Mortise’s login' }));
const openRights = (main = new FakeMain(sampleSnapshot({ rights: known([...someRights], new Date()) }))) =>
  openTab(main, 'Database');

describe('the connection on the Database tab', () => {
  it.each([
    ['verified', 'Verified before anything was sent', 'good'],
    ['pinned', 'Pinned: exactly the certificate in the profile', 'good'],
    ['not-verified', 'Encrypted, not verified', 'attention'],
  ] as const)('says of a certificate that is %s: %s', async (certificate, words, tone) => {
    await openTab(withCertificate(certificate), 'Database');
    const connection = within(screen.getByRole('region', { name: 'Connection' }));
    expect(connection.getByText(words).closest('[data-tone]')?.getAttribute('data-tone')).toBe(tone);
  });

  it('never calls a server verified in the header that is not', async () => {
    await openTab(withCertificate('not-verified'), 'Database');
    expect(
      within(screen.getByRole('list', { name: 'State of the site' })).getByText(/server not verified/u),
    ).toBeTruthy();
  });

  it('leads to the assistant, filled in from the library', async () => {
    const { user } = await openTab(new FakeMain(firstVisit()), 'Database');
    await user.click(screen.getByRole('button', { name: 'Edit the profile' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Edit Harbour Office' })).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>(/^Host/u).value).toBe('localhost');
  });

  it('offers no editing where there is no profile in the library, and says why', async () => {
    const main = new FakeMain();
    const { user } = await openTab(main, 'Database');
    const edit = screen.getByRole('button', { name: 'Edit the profile' });
    expect(document.getElementById(edit.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
      'the training site has no profile to edit',
    );
    await user.click(edit);
    expect(main.sent('sites.list')).toEqual([]);
  });
});

describe('the rights of Mortise’s login', () => {
  it('that are missing come first, the needed ones before those only on request', async () => {
    await openRights();
    expect(rights().getByText('2 rights are missing')).toBeTruthy();
    const missing = within(rights().getByRole('list', { name: 'Rights that are not there' })).getAllByRole('listitem');
    expect(missing.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^MissingEXECUTE on schema mortise/u),
      expect.stringMatching(/^MissingVIEW ANY DEFINITION/u),
      expect.stringMatching(/^Not given \(only on request\)ALTER ANY LOGIN/u),
    ]);
  });

  it('that are missing have the exact statement that gives them, which can be copied', async () => {
    const { user } = await openRights();
    await user.click(rights().getByRole('button', { name: 'Copy the statement for VIEW ANY DEFINITION' }));
    expect(await navigator.clipboard.readText()).toBe('GRANT VIEW ANY DEFINITION TO [mortise_run];');
    await user.click(rights().getByRole('button', { name: 'Copy all missing statements' }));
    expect(await navigator.clipboard.readText()).toBe(
      'USE [Net2];\nGRANT EXECUTE ON SCHEMA::[mortise] TO [mortise_run];\nGRANT VIEW ANY DEFINITION TO [mortise_run];',
    );
  });

  it('that could not be checked are unknown, never complete', async () => {
    await openRights(new FakeMain(sampleSnapshot({ rights: unreachable })));
    expect(rights().getByText(/Unknown/u)).toBeTruthy();
    expect(rights().queryByText('It has every right that it needs.')).toBeNull();
  });

  it('over other logins are given only when they are asked for, with the sentence what they open', async () => {
    const main = new FakeMain(sampleSnapshot({ permissions: permissions() }));
    const { user } = await openRights(main);
    const plan = async () => {
      await user.click(rights().getByRole('button', { name: 'Create Mortise’s login' }));
      await user.click(await screen.findByRole('button', { name: 'Cancel' }));
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    };
    await plan();
    await user.click(rights().getByRole('checkbox', { name: /It opens much: .*ALTER|ALTER.*It opens much/u }));
    await plan();
    expect(main.sent('site.createRunLogin.plan')).toEqual([
      { setup: null, mayChangeLogins: false },
      { setup: null, mayChangeLogins: true },
    ]);
  });
});

describe('a vendor upgrade', () => {
  it('is begun with a reason', async () => {
    const main = new FakeMain(sampleSnapshot({ permissions: permissions() }));
    const { user } = await openTab(main, 'Database');
    await user.click(screen.getByRole('button', { name: 'Begin a vendor upgrade' }));
    await user.type(await screen.findByLabelText(/Reason/u), 'Version 6.9');
    await user.click(screen.getByRole('button', { name: 'Show the plan' }));
    await screen.findByRole('button', { name: 'Apply' });
    expect(main.sent('site.beginUpgrade.plan')).toEqual([{ setup: null, reason: 'Version 6.9' }]);
  });

  it('that is under way can only be ended', async () => {
    const main = new FakeMain(sampleSnapshot({ commissioning: commissioned('upgrading'), permissions: permissions() }));
    const { user } = await openTab(main, 'Database');
    expect(screen.queryByRole('button', { name: 'Begin a vendor upgrade' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'End the vendor upgrade' }));
    await user.type(await screen.findByLabelText(/Reason/u), 'Done');
    await user.click(screen.getByRole('button', { name: 'Show the plan' }));
    await screen.findByRole('button', { name: 'Apply' });
    expect(main.sent('site.restoreGuard.plan')).toEqual([{ setup: null, reason: 'Done' }]);
  });
});
