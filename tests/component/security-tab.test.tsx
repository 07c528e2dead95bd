import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { known } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import { FakeMain } from './fake-client.ts';
import { openTab } from './open-window.tsx';
import { lockedSnapshot, sampleSnapshot, unreachable } from './sample/snapshot.ts';

const section = (name: string) => within(screen.getByRole('region', { name }));
const row = (name: RegExp) => within(section('Credentials').getByRole('row', { name }));

describe('the Security tab', () => {
  it('a published default password is a finding in words', async () => {
    await openTab(new FakeMain(), 'Security');
    expect(row(/acs_service/u).getByText('Published default password')).toBeTruthy();
    expect(row(/acs_service/u).getByText('Anybody can look this password up. Rotate it.')).toBeTruthy();
  });

  it('a login whose password could not be compared is not called fine', async () => {
    await openTab(new FakeMain(), 'Security');
    expect(row(/acs_reports/u).getByText('Not known whether it is a published default')).toBeTruthy();
    expect(row(/acs_reports/u).queryByText('No finding')).toBeNull();
    expect(row(/mortise_run/u).getByText('No finding')).toBeTruthy();
  });

  it('a login that cannot be rotated says why and offers no rotation', async () => {
    await openTab(new FakeMain(), 'Security');
    expect(row(/acs_reports/u).getByText('Cannot be rotated: it is locked out')).toBeTruthy();
    expect(row(/acs_reports/u).queryByRole('button', { name: /Rotate|Put back/u })).toBeNull();
  });

  it('credentials can be rotated and put back on a locked site', async () => {
    const main = new FakeMain(lockedSnapshot());
    const { user } = await openTab(main, 'Security');
    await user.click(screen.getByRole('button', { name: 'Put back the former password of acs_service' }));
    await screen.findByRole('button', { name: 'Apply' });
    expect(main.sent('rotation.restore.plan')).toEqual([{ login: 'acs_service' }]);
  });

  it('secure mode is never said stronger than it was read', async () => {
    const secureMode = known(
      {
        verdict: 'in-force-but' as const,
        reasons: ['An allowed address stays open: 10.20.4.17.'],
        rules: ['Mortise v1'],
        probe: { state: 'not-probed' as const },
      },
      new Date(),
    );
    await openTab(new FakeMain(sampleSnapshot({ secureMode })), 'Security');
    expect(section('Secure mode').getAllByText('In force, but …').length).toBeGreaterThan(0);
    expect(section('Secure mode').queryByText('In force')).toBeNull();
    expect(section('Secure mode').getByText('An allowed address stays open: 10.20.4.17.')).toBeTruthy();
    expect(section('Proof from the other machine').getByText(/Not probed from outside/u)).toBeTruthy();
  });

  it('unknown rules are not shown as no rules', async () => {
    await openTab(new FakeMain(sampleSnapshot({ secureMode: unreachable, listeners: unreachable })), 'Security');
    expect(section('Secure mode').queryByText('No rule of Mortise is in force.')).toBeNull();
    expect(section('Secure mode').queryByText('Not in force')).toBeNull();
    expect(section('Listeners').getByText(/does not answer/u)).toBeTruthy();
  });

  it('who would be cut off names what comes from elsewhere, and what cannot be told', async () => {
    await openTab(new FakeMain(), 'Security');
    const lines = section('Who would be cut off')
      .getAllByRole('listitem')
      .map((line) => line.textContent);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('Report Designer as acs_reports, from OFFICE-PC-7 (10.20.4.17), 1 session');
    expect(lines[1]).toContain('Cannot tell whether this comes from another machine');
  });

  it('the probe shows what the other machine reached', async () => {
    const main = new FakeMain();
    const probed = sampleSnapshot({
      sequence: 5,
      secureMode: known(
        {
          verdict: 'not-in-force' as const,
          reasons: ['TCP 49172 was reached.'],
          rules: [],
          probe: {
            state: 'probed' as const,
            from: '127.0.0.2',
            at: new Date().toISOString(),
            reached: ['TCP 49172'],
            refused: [],
          },
        },
        new Date(),
      ),
    });
    main.answer('secureMode.probe', () => succeed(probed));
    const { user } = await openTab(main, 'Security');
    await user.click(screen.getByRole('button', { name: 'Probe from the other machine' }));
    expect(await screen.findByText('TCP 49172')).toBeTruthy();
    expect(screen.getByText('127.0.0.2')).toBeTruthy();
  });

  it('a probe that could not run leaves what was known and says so', async () => {
    const main = new FakeMain(lockedSnapshot());
    main.answer('secureMode.probe', () => failed(failure('probe-failed', { cause: 'the other machine is off' })));
    const { user } = await openTab(main, 'Security');
    await user.click(screen.getByRole('button', { name: 'Probe from the other machine' }));
    expect((await screen.findByRole('alert')).textContent).toContain('the other machine is off');
    expect(screen.getByText('Nothing was reached.')).toBeTruthy();
  });

  it('a trail that does not hold names its first broken entry', async () => {
    const main = new FakeMain();
    main.answer('trail.verify', () =>
      succeed({ entries: 41, holds: false, firstBroken: 17, sentence: 'Entry 17 was edited.' }),
    );
    const { user } = await openTab(main, 'Security');
    await user.click(screen.getByRole('button', { name: 'Verify the trail' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The trail does not hold: entry 17');
    expect(alert.textContent).toContain('Entry 17 was edited.');
  });
});
