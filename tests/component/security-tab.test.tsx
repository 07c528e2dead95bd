import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import { FakeMain } from './fake-client.ts';
import { openTab } from './open-window.tsx';
import { sampleSecureMode, sampleSurvey, unknownSecureMode, unreadSurvey } from './sample/secure-mode.ts';
import { lockedSnapshot, permissions, sampleSnapshot, unreachable } from './sample/snapshot.ts';

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
    const secureMode = sampleSecureMode({
      verdict: 'in-force-but',
      reasons: [{ effect: 'weakens', sentence: '10.20.4.17 stays allowed.', next: 'Take it off.' }],
      rules: known(['Mortise v1'], new Date()),
    });
    await openTab(new FakeMain(sampleSnapshot({ secureMode })), 'Security');
    expect(section('Secure mode').getAllByText('In force, but …').length).toBeGreaterThan(0);
    expect(section('Secure mode').queryByText('In force')).toBeNull();
    expect(section('Secure mode').getByText(/10\.20\.4\.17 stays allowed\./u)).toBeTruthy();
    expect(section('Proof from the other machine').getByText(/Not probed from outside/u)).toBeTruthy();
  });

  it('unknown rules are not shown as no rules', async () => {
    await openTab(
      new FakeMain(
        sampleSnapshot({
          secureMode: unknownSecureMode(unreachable.cause),
          listeners: unreadSurvey(unreachable.cause),
        }),
      ),
      'Security',
    );
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
      secureMode: sampleSecureMode({
        probe: {
          state: 'probed',
          by: 'mortise',
          from: '127.0.0.2',
          at: new Date().toISOString(),
          seen: [{ protocol: 'tcp', port: 49172, saw: 'answered', version: null }],
          untried: [],
        },
      }),
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

  it('drift is said in words, in the header too, and put back with one click', async () => {
    const main = new FakeMain(
      lockedSnapshot({
        secureMode: sampleSecureMode({
          meant: known({ since: new Date().toISOString(), by: 'SITE\\ines' }, new Date()),
          drift: ['The rules of secure mode are gone.'],
        }),
        permissions: permissions(),
      }),
    );
    const { user } = await openTab(main, 'Security');
    expect(section('Secure mode').getByText('The rules of secure mode are gone.')).toBeTruthy();
    expect(screen.getAllByText('No longer as switched on').length).toBeGreaterThan(0);
    await user.click(section('Secure mode').getByRole('button', { name: 'Put the block back' }));
    await screen.findByRole('button', { name: 'Apply' });
    expect(main.sent('secureMode.on.plan')).toEqual([{}]);
  });

  it('an address is allowed for a time, and a slip is caught before anything is asked', async () => {
    const main = new FakeMain(lockedSnapshot({ permissions: permissions() }));
    const { user } = await openTab(main, 'Security');
    const here = section('Addresses that stay allowed');
    await user.type(here.getByRole('textbox', { name: /Address or range/u }), '10.20.4');
    await user.click(here.getByRole('button', { name: 'Allow this address' }));
    expect(here.getByText('This is no address and no range in CIDR notation.')).toBeTruthy();
    await user.type(here.getByRole('textbox', { name: /Address or range/u }), '.17');
    await user.click(here.getByRole('button', { name: 'Allow this address' }));
    await user.type(await screen.findByRole('textbox', { name: /Reason/u }), 'Reports');
    await user.click(screen.getByRole('button', { name: 'Show the plan' }));
    await screen.findByRole('button', { name: 'Apply' });
    expect(main.sent('secureMode.allow.plan')).toMatchObject([
      { allowed: [{ address: '10.20.4.17', until: expect.any(String) as string }], reason: 'Reports' },
    ]);
  });

  it('where Mortise reaches no other machine, it shows what to run there and takes its answer', async () => {
    const main = new FakeMain(lockedSnapshot({ secureMode: sampleSecureMode({ canProbe: false }) }));
    main.answer('secureMode.askProbe', () =>
      succeed({
        nonce: 'K7QD',
        askedAt: new Date().toISOString(),
        addresses: ['10.0.0.5'],
        command: 'mortise probe 10.0.0.5 --nonce K7QD',
        powershell: "$nonce = 'K7QD'",
      }),
    );
    main.answer('secureMode.takeProbe', () => failed(failure('probe-not-one', { cause: 'it was cut short' })));
    const { user } = await openTab(main, 'Security');
    const here = section('Proof from the other machine');
    await user.click(here.getByRole('button', { name: 'Show what to run on another machine' }));
    expect(await here.findByText("$nonce = 'K7QD'")).toBeTruthy();
    expect(here.getByText('mortise probe 10.0.0.5 --nonce K7QD')).toBeTruthy();
    await user.type(here.getByRole('textbox', { name: /Its answer/u }), 'half');
    await user.click(here.getByRole('button', { name: 'Take this answer' }));
    expect((await here.findByRole('alert')).textContent).toContain('it was cut short');
    expect(here.getByRole<HTMLTextAreaElement>('textbox', { name: /Its answer/u }).value).toBe('half');
  });

  it('listeners say who knows of them, where the sources differ and who could not be asked', async () => {
    const listeners = sampleSurvey({
      asked: [
        {
          source: 'sockets',
          found: unknown(
            failure('listeners-unreadable', { source: 'the open sockets', cause: 'no rights' }),
            new Date(),
          ),
        },
      ],
      differences: ['SQL Server listens on TCP 49172, its configuration says 1433.'],
      remotePipes: known(true, new Date()),
    });
    await openTab(new FakeMain(sampleSnapshot({ listeners })), 'Security');
    const here = section('Listeners');
    expect(here.getByText(/What listens here cannot be read from the open sockets/u)).toBeTruthy();
    expect(here.getByText('SQL Server listens on TCP 49172, its configuration says 1433.')).toBeTruthy();
    expect(here.getByText(/Taken \(over file sharing/u)).toBeTruthy();
    expect(here.getAllByText('SQL Server')).toHaveLength(3);
  });

  it('a doubt that only the firewall itself can settle is asked of it by a person', async () => {
    const main = new FakeMain(
      lockedSnapshot({ secureMode: unknownSecureMode(failure('firewall-no-right', { what: 'read' })) }),
    );
    main.answer('secureMode.read', () => succeed(lockedSnapshot({ sequence: 9 })));
    const { user } = await openTab(main, 'Security');
    expect(section('Secure mode').getByText(/may not read the firewall/u)).toBeTruthy();
    await user.click(section('Secure mode').getByRole('button', { name: 'Ask the firewall itself' }));
    expect(main.sent('secureMode.read')).toEqual([{}]);
    expect((await section('Secure mode').findAllByText('In force')).length).toBeGreaterThan(0);
    expect(section('Secure mode').queryByRole('button', { name: 'Ask the firewall itself' })).toBeNull();
  });
});
