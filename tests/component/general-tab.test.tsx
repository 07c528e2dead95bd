import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { known } from '#shared/reading.ts';
import { FakeMain } from './fake-client.ts';
import { openWindow } from './open-window.tsx';
import { manyControllers, sampleControllers } from './sample/controllers.ts';
import { sampleLogins } from './sample/logins.ts';
import { commissioned, lockedSnapshot, permissions, sampleSnapshot, unreachable } from './sample/snapshot.ts';

const section = (name: string) => within(screen.getByRole('region', { name }));
const enable = () => screen.getByRole<HTMLInputElement>('switch', { name: 'Enable commissioning mode', hidden: true });
const names = () =>
  section('Controllers')
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('cell')[1]?.textContent);

describe('the controllers', () => {
  it('say their states in words: bound, new, changed, missing, asleep, unsupported', async () => {
    const controllers = known(sampleControllers({ registered: true, changes: true }), new Date());
    await openWindow(new FakeMain(lockedSnapshot({ controllers })));
    const states = section('Controllers')
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getAllByRole('cell')[0]?.textContent);
    expect(states.slice(0, 5)).toEqual(['New', 'Changed', 'Missing', 'Bound', 'BoundAsleep']);
    expect(states[8]).toBe('BoundUnsupported');
  });

  it('of a large site are listed as far as main lists them, and it says so', async () => {
    await openWindow(new FakeMain(lockedSnapshot({ controllers: known(manyControllers(), new Date()) })));
    expect(section('Controllers').getByText(/^500 of 5,000 shown/u)).toBeTruthy();
    expect(names()).toHaveLength(500);
  });

  it('are found by words and by state', async () => {
    const { user } = await openWindow(new FakeMain());
    await user.type(screen.getByRole('searchbox', { name: 'Filter controllers' }), 'gate ac-10408');
    expect(names()).toEqual(['Main gate 8']);
    await user.click(screen.getByRole('button', { name: 'Clear the filter' }));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Asleep');
    expect(names()).toEqual(['Archive 5', 'Reception 11']);
    expect(section('Controllers').getByText(/^2 of 24 shown/u)).toBeTruthy();
  });

  it('are sorted by a column upwards, then downwards, numbers as numbers', async () => {
    const { user } = await openWindow(new FakeMain());
    const head = screen.getByRole('button', { name: 'Name' });
    await user.click(head);
    expect(names().slice(0, 4)).toEqual(['Archive 5', 'Archive 13', 'Archive 21', 'Loading bay 1']);
    expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending');
    await user.click(head);
    expect(names().slice(0, 2)).toEqual(['Workshop 22', 'Workshop 14']);
    expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('descending');
  });

  it('that could not be read are unknown, not none', async () => {
    await openWindow(new FakeMain(sampleSnapshot({ controllers: unreachable })));
    expect(section('Controllers').queryByText('The controller table is empty.')).toBeNull();
    expect(section('Controllers').getByText(/does not answer/u)).toBeTruthy();
    expect(section('Readiness for the next version').queryByText(/All controller models/u)).toBeNull();
  });

  it('of a model that the next version drops are named', async () => {
    await openWindow(new FakeMain());
    expect(section('Readiness for the next version').getByText('ACU-1')).toBeTruthy();
    expect(section('Readiness for the next version').getByText('Loading bay 9')).toBeTruthy();
  });
});

describe('the glance', () => {
  it('never says "none" of what is partly unknown', async () => {
    const now = new Date();
    const unread = sampleLogins().filter(({ name }) => name !== 'acs_service');
    const pipe = {
      login: 'acs_backup',
      program: 'sqlcmd',
      host: 'ACS-SRV-01',
      address: '<named pipe>',
      transport: 'Named pipe',
      sessions: 1,
      origin: 'cannot-tell' as const,
    };
    await openWindow(new FakeMain(sampleSnapshot({ logins: known(unread, now), sessions: known([pipe], now) })));
    const glance = section('The site at a glance');
    expect(glance.getByText('not known for 1 login').closest('[data-tone=unknown]')).not.toBeNull();
    expect(glance.getByText('cannot tell of 1 session').closest('[data-tone=unknown]')).not.toBeNull();
    expect(glance.queryByText('None found')).toBeNull();
    expect(glance.queryByText('None')).toBeNull();
  });
});

describe('commissioning mode', () => {
  it('its switch moves only when main says that it is so', async () => {
    const main = new FakeMain();
    const { user } = await openWindow(main);
    await user.click(enable());
    expect(enable().checked).toBe(true);
    main.pushSnapshot({ commissioning: commissioned('off') });
    await screen.findAllByText('Off');
    expect(enable().checked).toBe(false);
  });

  it('that is unknown has no switch', async () => {
    await openWindow(new FakeMain(sampleSnapshot({ commissioning: unreachable })));
    expect(screen.queryByRole('switch')).toBeNull();
    expect(section('Commissioning mode').getAllByText('Unknown').length).toBeGreaterThan(0);
  });

  it('that main does not allow to change says why and does nothing', async () => {
    const main = new FakeMain(
      sampleSnapshot({ permissions: permissions({ 'commissioning.off': 'SITE\\omar is changing this site.' }) }),
    );
    const { user } = await openWindow(main);
    await user.click(screen.getByRole('switch', { name: 'Enable commissioning mode' }));
    expect(section('Commissioning mode').getByText(/SITE\\omar is changing this site/u)).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('that is off with a difference names it, what it means and what to do', async () => {
    const drift = [
      { name: 'Guard disabled', meaning: 'Rows can be added.', next: 'Prepare the site again.', wayOut: null },
    ];
    await openWindow(new FakeMain(lockedSnapshot({ commissioning: commissioned('off', { drift }) })));
    expect(screen.getAllByText('Off, 1 difference')).toHaveLength(2);
    const [difference] = within(screen.getByRole('list', { name: /Differences/u })).getAllByRole('listitem');
    expect(difference?.textContent).toBe('Guard disabledRows can be added. Prepare the site again.');
  });

  it('on a site that is not prepared leads to the preparation', async () => {
    const main = new FakeMain(
      sampleSnapshot({
        commissioning: known({ state: 'not-prepared' as const }, new Date()),
        permissions: permissions(),
      }),
    );
    const { user } = await openWindow(main);
    await user.click(section('Commissioning mode').getByRole('button', { name: 'Prepare this site' }));
    await screen.findByRole('button', { name: 'Apply' });
    expect(main.sent('site.prepare.plan')).toEqual([{ setup: null }]);
  });
});
