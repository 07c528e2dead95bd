import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import { FakeMain } from './fake-client.ts';
import { openWindow } from './open-window.tsx';
import { darkTheme, lightTheme } from '#renderer/theme/theme.ts';
import { system } from './setup.ts';
import { lockedSnapshot, sampleSnapshot, unreachable } from './sample/snapshot.ts';
import { unknownSecureMode } from './sample/secure-mode.ts';

const pills = () => within(screen.getByRole('list', { name: 'State of the site' }));

describe('the header', () => {
  it('says that the training site is simulated', async () => {
    await openWindow(new FakeMain());
    expect(screen.getByText(/simulated: nothing on this machine is changed/u)).toBeTruthy();
  });

  it('says the states of a locked site in words', async () => {
    await openWindow(new FakeMain(lockedSnapshot()));
    expect(
      pills()
        .getAllByRole('listitem')
        .map((pill) => pill.textContent),
    ).toEqual(['Commissioning: Off', 'Secure mode: In force', 'Connection: Encrypted, verified']);
  });

  it('an unknown reading never shows as off', async () => {
    const snapshot = sampleSnapshot({
      server: unreachable,
      commissioning: unreachable,
      secureMode: unknownSecureMode(unreachable.cause),
    });
    await openWindow(new FakeMain(snapshot));
    const shown = pills().getAllByRole('listitem');
    expect(shown.map((pill) => pill.textContent)).toEqual([
      'Commissioning: Unknown',
      'Secure mode: Unknown',
      'Connection: Unknown',
    ]);
    expect(shown.map((pill) => pill.dataset['tone'])).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('a reading that fails leaves what is shown and says that it is from before', async () => {
    const main = new FakeMain(lockedSnapshot());
    main.answer('site.refresh', () => failed(failure('connection-lost')));
    const { user } = await openWindow(main);
    await user.click(screen.getByRole('button', { name: 'Refresh' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('what is shown is from before');
    expect(alert.textContent).toContain('The connection to SQL Server was lost.');
    expect(pills().getByText('Off')).toBeTruthy();
  });

  it('shows what main wants to be known first, and what to do about it', async () => {
    const notices = [
      { id: 'clock', severity: 'warning' as const, sentence: 'The clock went back.', next: 'Set the clock right.' },
    ];
    await openWindow(new FakeMain(sampleSnapshot({ notices })));
    expect(within(screen.getByRole('region', { name: 'Notices' })).getByRole('status').textContent).toBe(
      'The clock went back.Set the clock right.',
    );
  });

  it('follows the system from light to dark while it is open', async () => {
    const { container } = await openWindow(new FakeMain());
    const page = () => container.querySelector('.fui-FluentProvider');
    const ground = () => getComputedStyle(page() ?? container).getPropertyValue('--colorNeutralBackground1');
    expect(ground()).toBe(lightTheme.colorNeutralBackground1);
    act(() => {
      system.dark = true;
    });
    expect(ground()).toBe(darkTheme.colorNeutralBackground1);
  });

  it('ignores a snapshot that was overtaken on its way', async () => {
    const main = new FakeMain(lockedSnapshot({ sequence: 7 }));
    await openWindow(main);
    act(() => main.push('snapshot', sampleSnapshot({ sequence: 6 })));
    expect(pills().getByText('Off')).toBeTruthy();
  });

  it('says why there is nothing to show, and tries again', async () => {
    const main = new FakeMain();
    const { user } = await openFailing(main);
    main.answer('site.snapshot', () => ({ ok: true, value: sampleSnapshot() }));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Harbour Office' })).toBeTruthy();
  });
});

async function openFailing(main: FakeMain) {
  main.answer('site.snapshot', () => failed(failure('training-site-stopped', { cause: 'it was ended' })));
  const opening = openWindow(main).catch(() => null);
  await screen.findByText(/The training site is not running: it was ended/u);
  await opening;
  const { userEvent } = await import('@testing-library/user-event');
  return { user: userEvent.setup() };
}
