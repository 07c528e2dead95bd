import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FakeMain } from './fake-client.ts';
import { openWindow } from './open-window.tsx';
import { sampleSnapshot } from './sample/snapshot.ts';

describe('practising the bad day', () => {
  it('switches a fault on through its plan', async () => {
    const main = new FakeMain();
    const { user } = await openWindow(main);
    await user.click(screen.getByRole('button', { name: 'Practise the bad day' }));
    await user.click(await screen.findByRole('button', { name: 'Switch on: The keychain is locked' }));
    await screen.findByRole('button', { name: 'Apply' });
    expect(main.sent('training.fault.plan')).toEqual([{ fault: 'keychain-locked', on: true }]);
  });

  it('shows which faults are on as the snapshot tells', async () => {
    const main = new FakeMain();
    const { user } = await openWindow(main);
    await user.click(screen.getByRole('button', { name: 'Practise the bad day' }));
    const line = (await screen.findByText('The keychain is locked')).closest('li');
    if (!line) throw new Error('A fault stands in a list.');
    expect(within(line).getByText('Off')).toBeTruthy();
    main.pushSnapshot({ faults: ['The keychain is locked'] });
    expect(await within(line).findByText('On')).toBeTruthy();
    expect(screen.getByText('1 fault is switched on')).toBeTruthy();
  });

  it('is not offered at a real site', async () => {
    const snapshot = sampleSnapshot();
    await openWindow(new FakeMain({ ...snapshot, site: { ...snapshot.site, kind: 'real' } }));
    expect(screen.queryByRole('button', { name: 'Practise the bad day' })).toBeNull();
    expect(screen.queryByText(/simulated/u)).toBeNull();
  });
});
