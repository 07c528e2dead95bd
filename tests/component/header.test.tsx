import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import { FakeMain } from './fake-client.ts';
import { openWindow } from './open-window.tsx';
import { lockedSnapshot, sampleSnapshot, unreachable } from './sample/snapshot.ts';

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
    const snapshot = sampleSnapshot({ server: unreachable, commissioning: unreachable, secureMode: unreachable });
    await openWindow(new FakeMain(snapshot));
    const shown = pills().getAllByRole('listitem');
    expect(shown.map((pill) => pill.textContent)).toEqual([
      'Commissioning: Unknown',
      'Secure mode: Unknown',
      'Connection: Unknown',
    ]);
    expect(shown.map((pill) => pill.dataset['tone'])).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('ignores a snapshot that was overtaken on its way', async () => {
    const main = new FakeMain(lockedSnapshot({ sequence: 7 }));
    await openWindow(main);
    main.push('snapshot', sampleSnapshot({ sequence: 6 }));
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
