import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { known } from '#shared/reading.ts';
import { countdownText } from '#renderer/text/moments.ts';
import { FakeMain } from './fake-client.ts';
import { openWindow } from './open-window.tsx';
import { inMinutes, minutesAgo } from './sample/moments.ts';
import { commissioned, lockedSnapshot, permissions, sampleSnapshot } from './sample/snapshot.ts';

const button = (name: string | RegExp) => screen.findByRole('button', { name });
const section = () => within(screen.getByRole('region', { name: 'Commissioning mode' }));

type State = Parameters<typeof commissioned>[0];
const inState = (state: State, different: Parameters<typeof commissioned>[1] = {}) =>
  new FakeMain(lockedSnapshot({ commissioning: commissioned(state, different), permissions: permissions() }));

const minutesShown = () => Number(section().getByRole('timer').textContent?.split(':')[0]);

const drift = (wayOut: 'commissioning.adoptServer' | 'site.restoreGuard' | null) => [
  { name: 'Another server', meaning: 'The database was moved.', next: 'Adopt this server.', wayOut },
];

describe('a rehearsal of the lock', () => {
  it('is begun with a reason, for ten minutes', async () => {
    const main = new FakeMain(sampleSnapshot({ permissions: permissions() }));
    const { user } = await openWindow(main);
    await user.click(await button('Rehearse the lock (10 minutes)'));
    await user.type(await screen.findByLabelText(/Reason/u), 'Trying before handover');
    await user.click(await button('Show the plan'));
    await button('Apply');
    expect(main.sent('commissioning.rehearse.plan')).toEqual([{ reason: 'Trying before handover', minutes: 10 }]);
  });

  it('counts down by the server’s clock, not by this machine’s', async () => {
    const main = inState('rehearsing', { until: inMinutes(8) });
    const { server } = sampleSnapshot();
    if (server.state !== 'known') throw new Error('The sample’s server is known.');
    await openWindow(main);
    expect([7, 8]).toContain(minutesShown());
    act(() => main.pushSnapshot({ server: known({ ...server.value, serverTime: inMinutes(5) }, new Date()) }));
    expect([2, 3]).toContain(minutesShown());
  });

  it('can be kept, which confirms the lock', async () => {
    const main = inState('rehearsing', { until: inMinutes(8) });
    const { user } = await openWindow(main);
    await user.click(await button('Keep it locked'));
    expect(await screen.findByRole('dialog', { name: 'Switch commissioning mode off' })).toBeTruthy();
  });

  it('can be ended, which opens the site again', async () => {
    const main = inState('rehearsing', { until: inMinutes(8) });
    const { user } = await openWindow(main);
    await user.click(await button('End the rehearsal'));
    expect(await screen.findByRole('dialog', { name: 'Switch commissioning mode on' })).toBeTruthy();
  });

  it('whose time is over is read again at once, and says meanwhile that it is', async () => {
    const main = inState('rehearsing', { until: minutesAgo(1) });
    await openWindow(main);
    expect(section().getByText(/The time is over by the server’s clock/u)).toBeTruthy();
    expect(section().queryByRole('timer')).toBeNull();
    await waitFor(() => expect(main.sent('site.refresh')).toHaveLength(1));
  });

  it('that is over stands at “on”, with locking for good as the first thing to do', async () => {
    await openWindow(inState('rehearsal-over'));
    expect(section().getByText(/this database takes changes again/u)).toBeTruthy();
    expect(section().getByRole<HTMLInputElement>('switch').checked).toBe(true);
    const names = section()
      .getAllByRole('button')
      .map(({ textContent }) => textContent);
    expect(names.slice(0, 2)).toEqual(['Switch commissioning mode off', 'Rehearse again']);
  });

  it.each([
    [600_000, '10:00'],
    [65_001, '1:06'],
    [1, '0:01'],
    [0, '0:00'],
    [-5000, '0:00'],
  ])('has %i ms left as %s', (left, shown) => {
    expect(countdownText(left)).toBe(shown);
  });
});

describe('the lock', () => {
  it('by time says how many changes nobody reviewed, and leads to the review', async () => {
    const { user } = await openWindow(inState('locked-by-time', { unreviewed: 3 }));
    expect(section().getByText('3 changes not reviewed')).toBeTruthy();
    await user.click(await button('Review and switch off'));
    expect(await screen.findByRole('dialog', { name: 'Switch commissioning mode off' })).toBeTruthy();
  });

  it('while off offers to renew the register', async () => {
    const main = inState('off');
    const { user } = await openWindow(main);
    await user.click(await button('Renew the register'));
    await user.type(await screen.findByLabelText(/Reason/u), 'A panel was replaced');
    await user.click(await button('Show the plan'));
    await button('Apply');
    expect(main.sent('commissioning.renewRegister.plan')).toEqual([{ reason: 'A panel was replaced' }]);
  });

  it('during a vendor upgrade says that nothing refuses changes, and offers no switch but the end of it', async () => {
    const main = inState('upgrading');
    const { user } = await openWindow(main);
    expect(section().getByText(/nothing refuses changes/u)).toBeTruthy();
    expect(section().queryByRole('switch')).toBeNull();
    await user.click(section().getByRole('button', { name: 'End the vendor upgrade' }));
    expect(await screen.findByRole('dialog', { name: 'Put the guard up again' })).toBeTruthy();
  });

  it('of which only a part is there relies on nothing, and offers to remove the rest', async () => {
    const commissioning = known({ state: 'half-prepared' as const, found: ['schema mortise'] }, new Date());
    const { user } = await openWindow(new FakeMain(sampleSnapshot({ commissioning, permissions: permissions() })));
    expect(section().getByText(/Found: schema mortise\./u)).toBeTruthy();
    expect(section().queryByRole('switch')).toBeNull();
    await user.click(section().getByRole('button', { name: 'Remove the objects' }));
    expect(await screen.findByRole('dialog', { name: /Plan of site.remove/u })).toBeTruthy();
  });
});

describe('a difference between what was locked and what is in force', () => {
  it('has its way out as a button', async () => {
    const main = inState('off', { drift: drift('commissioning.adoptServer') });
    const { user } = await openWindow(main);
    const list = within(section().getByRole('list', { name: /^Differences/u }));
    await user.click(list.getByRole('button', { name: 'Adopt this server' }));
    await user.type(await screen.findByLabelText(/Reason/u), 'New hardware');
    await user.click(await button('Show the plan'));
    await button('Apply');
    expect(main.sent('commissioning.adoptServer.plan')).toEqual([{ reason: 'New hardware' }]);
  });

  it('offers its way out in one place only', async () => {
    await openWindow(inState('off', { drift: drift('commissioning.adoptServer') }));
    expect(screen.getAllByRole('button', { name: 'Adopt this server' })).toHaveLength(1);
  });

  it('whose way out is not allowed now says why', async () => {
    const why = 'A guided lockdown is not finished.';
    const main = new FakeMain(
      lockedSnapshot({
        commissioning: commissioned('off', { drift: drift('site.restoreGuard') }),
        permissions: permissions({ 'site.restoreGuard': why }),
      }),
    );
    const { user } = await openWindow(main);
    const way = await button('Put the guard up again');
    expect(way.getAttribute('aria-disabled')).toBe('true');
    expect(document.getElementById(way.getAttribute('aria-describedby') ?? '')?.textContent).toContain(why);
    await user.click(way);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('without a way out in Mortise has no button', async () => {
    await openWindow(inState('off', { drift: drift(null) }));
    const list = within(section().getByRole('list', { name: /^Differences/u }));
    expect(list.queryByRole('button')).toBeNull();
    expect(list.getByText('Adopt this server.')).toBeTruthy();
  });
});
