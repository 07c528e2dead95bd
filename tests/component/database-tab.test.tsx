import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FakeMain } from './fake-client.ts';
import { openTab, openWindow } from './open-window.tsx';
import { firstVisit, lockedSnapshot, off, permissions, sampleSnapshot, unreachable } from './sample/snapshot.ts';

describe('the Database tab', () => {
  it('with commissioning off it is greyed out and says why', async () => {
    await openTab(new FakeMain(lockedSnapshot()), 'Database');
    expect(screen.getByRole('tab', { name: 'Database (greyed out)' }).getAttribute('aria-selected')).toBe('true');
    const panel = within(screen.getByRole('tabpanel'));
    expect(panel.getAllByRole('status')[0]?.textContent).toContain(off);
  });

  it('with commissioning off what it offers does nothing, and says why', async () => {
    const main = new FakeMain(lockedSnapshot());
    const { user } = await openTab(main, 'Database');
    for (const name of [
      'Prepare this site',
      'Remove the objects',
      'Create Mortise’s login',
      'Begin a vendor upgrade',
    ]) {
      const button = screen.getByRole('button', { name });
      expect(button.getAttribute('aria-disabled')).toBe('true');
      expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toContain(off);
      await user.click(button);
      button.focus();
      await user.keyboard('{Enter}');
    }
    expect(main.calls.map(({ channel }) => channel)).toEqual(['site.snapshot']);
  });

  it('with commissioning off its readings stay visible', async () => {
    await openTab(new FakeMain(lockedSnapshot()), 'Database');
    expect(screen.getByText('SQL Server 2019 (15.0.4382.1)')).toBeTruthy();
    expect(screen.getByRole('row', { name: /Report Designer/u })).toBeTruthy();
  });

  it('of a site that cannot be read is not greyed out while the login that it needs can be created', async () => {
    const why = 'The state of the site is unknown.';
    const refused = permissions({ 'site.prepare': why, 'site.remove': why, 'site.beginUpgrade': why });
    await openTab(new FakeMain(firstVisit({ commissioning: unreachable, permissions: refused })), 'Database');
    expect(screen.getByRole('tab', { name: 'Database' })).toBeTruthy();
  });

  it('with commissioning on it is not greyed out', async () => {
    await openTab(new FakeMain(sampleSnapshot()), 'Database');
    expect(screen.getByRole('tab', { name: 'Database' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Remove the objects' }).getAttribute('aria-disabled')).toBeNull();
  });

  it('opens with Ctrl+2, greyed out or not', async () => {
    const { user } = await openWindow(new FakeMain(lockedSnapshot()));
    await user.keyboard('{Control>}2{/Control}');
    expect(screen.getByRole('tabpanel', { name: /^Database/u })).toBeTruthy();
  });

  it('says of every session from where it comes, or that this cannot be told', async () => {
    await openTab(new FakeMain(), 'Database');
    const origins = screen
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getAllByRole('cell')[0]?.textContent);
    expect(origins).toEqual(['This machine', 'Another machine', 'Cannot tell']);
  });

  it('says the cause and what to do where something could not be read', async () => {
    await openTab(new FakeMain(sampleSnapshot({ server: unreachable, sessions: unreachable })), 'Database');
    const sessions = within(screen.getByRole('region', { name: 'Sessions' }));
    expect(sessions.getByText(/SQL Server at 127\.0\.0\.1:49172 does not answer/u)).toBeTruthy();
    expect(sessions.getByText(/Check that the SQL Server service runs/u)).toBeTruthy();
    expect(sessions.queryByText('No other session is open.')).toBeNull();
  });
});
