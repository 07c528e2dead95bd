import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import { FakeMain } from './fake-client.ts';
import { openWindow } from './open-window.tsx';
import { sampleLibrary, sampleProfile } from './sample/sites.ts';
import { firstVisit } from './sample/snapshot.ts';

const button = (name: string | RegExp) => screen.findByRole('button', { name });

async function openLibrary(main = new FakeMain()) {
  const opened = await openWindow(main);
  await opened.user.click(await button('Sites …'));
  await screen.findByRole('list', { name: 'Sites of the library' });
  return { ...opened, main };
}

const lines = () =>
  within(screen.getByRole('list', { name: 'Sites of the library' }))
    .getAllByRole('heading', { level: 3 })
    .map((heading) => heading.closest('li'));

describe('the library of sites', () => {
  it('lists every site with what was last seen of it, the training site first', async () => {
    await openLibrary();
    expect(lines().map((line) => line?.textContent)).toEqual([
      expect.stringMatching(/^Training siteOpen now/u),
      expect.stringMatching(
        /^Harbour Office.*localhost\\NET2 · Net2Last seen.*: Commissioning Off · 24 controllers · no differences/u,
      ),
      expect.stringMatching(/^North Gate.*12 days ago.*1,204 controllers · 2 differences/u),
      expect.stringMatching(/^old-millDamaged/u),
    ]);
  });

  it('a damaged entry says every fault with its place, and cannot be opened', async () => {
    await openLibrary();
    const damaged = within(lines()[3] ?? document.body);
    expect(damaged.getByText('endpoint.transport.port')).toBeTruthy();
    expect(damaged.getByText('A port is a number from 1 to 65535.')).toBeTruthy();
    expect(damaged.getByText('Line 14, column 3: a comma is missing here.')).toBeTruthy();
    expect(damaged.queryByRole('button', { name: /^Open/u })).toBeNull();
  });

  it('with only the training site it leads to the assistant', async () => {
    const main = new FakeMain();
    main.answer('sites.list', () => succeed([]));
    const { user } = await openLibrary(main);
    expect(screen.getByRole('heading', { name: 'Only the training site is known here' })).toBeTruthy();
    await user.click(await button('New site'));
    expect(await screen.findByRole('heading', { level: 1, name: 'New site' })).toBeTruthy();
  });

  it('says why it cannot be read, and reads again', async () => {
    const main = new FakeMain();
    main.answer('sites.list', () =>
      failed(failure('state-folder-unusable', { path: '/var/lib/mortise', cause: 'gone' })),
    );
    const { user } = await openWindow(main);
    await user.click(await button('Sites …'));
    expect((await screen.findByRole('alert')).textContent).toContain('/var/lib/mortise');
    main.answer('sites.list', () => succeed(sampleLibrary()));
    await user.click(await button('Try again'));
    expect(await screen.findByRole('list', { name: 'Sites of the library' })).toBeTruthy();
  });

  it('opens another site and shows it', async () => {
    const main = new FakeMain();
    main.answer('sites.open', () => {
      main.answer('site.snapshot', () => succeed(firstVisit()));
      return succeed({});
    });
    const { user } = await openLibrary(main);
    await user.click(await button('Open Harbour Office'));
    expect(await screen.findByRole('heading', { name: 'First steps at this site' })).toBeTruthy();
    expect(main.sent('sites.open')).toEqual([{ id: 'harbour-office' }]);
  });

  it('a site that cannot be opened leaves the one that is open, and says why', async () => {
    const main = new FakeMain();
    main.answer('sites.open', () => failed(failure('busy', { holder: 'SITE\\ines', since: '22:58' })));
    const { user } = await openLibrary(main);
    await user.click(await button('Open North Gate'));
    expect((await screen.findByRole('alert')).textContent).toContain('the one before is still open');
    expect(screen.getByRole('list', { name: 'Sites of the library' })).toBeTruthy();
  });

  it('is removed from by a plan, and read again after', async () => {
    const main = new FakeMain();
    const { user } = await openLibrary(main);
    await user.click(await button('Remove North Gate from the library'));
    await screen.findByRole('dialog', { name: 'Plan of sites.remove' });
    expect(main.sent('sites.remove.plan')).toEqual([{ id: 'north-gate' }]);
    main.answer('sites.list', () => succeed(sampleLibrary().filter(({ id }) => id !== 'north-gate')));
    await user.click(await button('Apply'));
    await user.click(await button('Close'));
    await waitFor(() => expect(screen.queryByText('North Gate')).toBeNull());
  });

  it('saves a copy of a profile where main asks', async () => {
    const { user, main } = await openLibrary();
    await user.click(await button('Export Harbour Office'));
    expect(await screen.findByText('Saved to /home/engineer/harbour-office.json')).toBeTruthy();
    expect(main.sent('sites.export')).toEqual([{ id: 'harbour-office' }]);
  });

  it('compares two sites in a table of what differs', async () => {
    const { user, main } = await openLibrary();
    await user.click(await button('Compare'));
    const table = within(await screen.findByRole('table', { name: 'Differences of the two profiles' }));
    expect(main.sent('sites.difference')).toEqual([{ left: 'harbour-office', right: 'north-gate' }]);
    expect(table.getAllByRole('columnheader').map((head) => head.textContent?.trim())).toEqual([
      expect.stringContaining('Where'),
      'Harbour Office',
      'North Gate',
    ]);
    expect(
      table
        .getAllByRole('row')
        .slice(1)
        .map((row) =>
          within(row)
            .getAllByRole('cell')
            .map((cell) => cell.textContent),
        ),
    ).toEqual([
      ['endpoint.host', 'localhost', 'GATE-SRV'],
      ['controllerTable.unsupportedModels.0', 'ACU-1', 'Not there'],
    ]);
  });

  it('compares no site with itself, and says so', async () => {
    const { user, main } = await openLibrary();
    await user.selectOptions(screen.getByLabelText('with'), 'harbour-office');
    expect(screen.getByText('Choose two different sites.')).toBeTruthy();
    await user.click(await button('Compare'));
    expect(main.sent('sites.difference')).toEqual([]);
  });

  it('a profile from a file is looked over before it is kept', async () => {
    const main = new FakeMain();
    main.answer('sites.chooseFile', () =>
      succeed({ path: '/media/usb/gate.json', profile: sampleProfile({ name: 'East Gate' }), faults: [] }),
    );
    const { user } = await openLibrary(main);
    await user.click(await button('Import from a file'));
    expect(await screen.findByText('The profile is whole.')).toBeTruthy();
    await user.click(await button('Keep this profile'));
    await screen.findByRole('dialog', { name: 'Plan of sites.save' });
    expect(main.sent('sites.save.plan')).toEqual([{ id: null, profile: sampleProfile({ name: 'East Gate' }) }]);
  });

  it('a file with faults says all of them, and nothing is kept', async () => {
    const main = new FakeMain();
    const faults = sampleLibrary()[2]?.faults ?? [];
    main.answer('sites.chooseFile', () => succeed({ path: '/media/usb/gate.json', profile: null, faults }));
    const { user } = await openLibrary(main);
    await user.click(await button('Import from a file'));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('/media/usb/gate.json cannot be used');
    expect(alert.textContent).toContain('A port is a number from 1 to 65535.');
    expect(main.sent('sites.save.plan')).toEqual([]);
  });
});
