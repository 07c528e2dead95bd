import { act, screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import { FakeMain } from './fake-client.ts';
import { openTab, openWindow } from './open-window.tsx';
import { sampleProgress } from './sample/lockdowns.ts';
import { minutesAgo } from './sample/moments.ts';
import { sampleOutcome, samplePlan } from './sample/plans.ts';
import { lockedSnapshot } from './sample/snapshot.ts';

const enable = () => screen.getByRole('switch', { name: 'Enable commissioning mode' });
const button = (name: string) => screen.findByRole('button', { name });
const said = () => screen.getAllByRole('status').map(({ textContent }) => textContent);
const applied = (main: FakeMain) => main.calls.filter(({ channel }) => channel.endsWith('.apply'));

/** Asks for commissioning off with a reason, and waits for its plan. */
async function planOff(user: UserEvent): Promise<void> {
  await user.click(enable());
  await user.type(await screen.findByLabelText(/Reason/u), 'Handover to the customer');
  await user.click(await button('Show the plan'));
}

describe('every change', () => {
  it('nothing is applied before the plan was shown', async () => {
    const main = new FakeMain();
    const { user } = await openWindow(main);
    await user.click(enable());
    expect(screen.queryByRole('button', { name: 'Apply' })).toBeNull();
    await user.type(await screen.findByLabelText(/Reason/u), 'Handover to the customer');
    expect(screen.queryByRole('button', { name: 'Apply' })).toBeNull();
    await user.click(await button('Show the plan'));
    const apply = await button('Apply');
    expect(main.sent('commissioning.off.plan')).toEqual([{ reason: 'Handover to the customer' }]);
    expect(applied(main)).toEqual([]);
    await user.click(apply);
    expect(applied(main)).toEqual([
      { channel: 'commissioning.off.apply', input: { planId: 'plan-of-commissioning.off' } },
    ]);
  });

  it('shows the exact T-SQL, who notices, the warnings and whether it can be taken back', async () => {
    const { user } = await openWindow(new FakeMain());
    await planOff(user);
    const dialog = within(await screen.findByRole('dialog', { name: 'Plan of commissioning.off' }));
    const [step] = samplePlan('commissioning.off').steps;
    const [change] = step?.changes ?? [];
    const code = dialog.getByRole('group', { name: 'T-SQL in Acs, as mortise_run' });
    expect(code.textContent).toBe(change?.kind === 'tsql' ? change.text : '');
    expect(dialog.getByText(/stops for about 5 seconds/u)).toBeTruthy();
    expect(dialog.getByText('2 controllers are asleep; they are registered as they are.')).toBeTruthy();
    expect(dialog.getByText(/Switch commissioning mode on again, with a reason/u)).toBeTruthy();
  });

  it('its exact T-SQL can be copied', async () => {
    const { user } = await openWindow(new FakeMain());
    await planOff(user);
    await user.click(await button('Copy T-SQL'));
    expect(await navigator.clipboard.readText()).toContain('EXEC mortise.commissioning_off');
    expect(await screen.findByText('Copied', { selector: 'output' })).toBeTruthy();
  });

  it('shows files, rules, services and keychain entries of a rotation', async () => {
    const { user } = await openTab(new FakeMain(), 'Security');
    await user.click(await button('Rotate the password of acs_service'));
    const dialog = within(await screen.findByRole('dialog', { name: 'Plan of rotation.rotate' }));
    expect(dialog.getByRole('group', { name: 'File /var/lib/acs/AcsService.exe.config' }).textContent).toContain(
      '-  connectionString="User ID=acs_service;Password=[secret]"',
    );
    expect(dialog.getByText('Stop')).toBeTruthy();
    expect(dialog.getByText('Start')).toBeTruthy();
    expect(dialog.getByText(/store the new password as pending/u)).toBeTruthy();
  });

  it('a plan has the focus on Cancel, so that Enter changes nothing', async () => {
    const main = new FakeMain();
    const { user } = await openWindow(main);
    await planOff(user);
    await button('Apply');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Cancel'));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(applied(main)).toEqual([]);
  });

  it('gives the focus back to the control from which it was opened', async () => {
    const { user } = await openWindow(new FakeMain());
    enable().focus();
    await user.keyboard(' ');
    await screen.findByRole('dialog');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(enable()));
  });

  it('a reason that is too short is said in words and asks main for nothing', async () => {
    const main = new FakeMain();
    const { user } = await openWindow(main);
    await user.click(enable());
    await user.type(await screen.findByLabelText(/Reason/u), 'x');
    await user.click(await button('Show the plan'));
    expect(await screen.findByText('Please write at least three characters.')).toBeTruthy();
    expect(main.sent('commissioning.off.plan')).toEqual([]);
  });

  it('a change that weakens the site says what Mortise will ask in its own window', async () => {
    const { user } = await openWindow(new FakeMain(lockedSnapshot()));
    await user.click(enable());
    await user.type(await screen.findByLabelText(/Reason/u), 'A reader is replaced');
    await user.click(await button('Show the plan'));
    expect(await screen.findByText('Mortise will ask once more in a window of its own:')).toBeTruthy();
    expect(screen.getByText('Do you really want to weaken this site?')).toBeTruthy();
  });

  it('the time until which commissioning stays on is sent as the next such moment', async () => {
    const main = new FakeMain(lockedSnapshot());
    const { user } = await openWindow(main);
    await user.click(enable());
    await user.type(await screen.findByLabelText(/Reason/u), 'A reader is replaced');
    await user.type(screen.getByLabelText('Locks again by itself at'), '18:30');
    await user.click(await button('Show the plan'));
    await button('Apply');
    const [sent] = main.sent('commissioning.on.plan') as { openUntil: string }[];
    const until = new Date(sent?.openUntil ?? 0);
    expect([until.getHours(), until.getMinutes()]).toEqual([18, 30]);
    expect(until.getTime()).toBeGreaterThan(Date.now());
    expect(until.getTime()).toBeLessThanOrEqual(Date.now() + 86_400_000);
  });

  it('a plan that main refuses to make says why and what to do, and can be asked for again', async () => {
    const main = new FakeMain();
    main.answer('commissioning.off.plan', () => failed(failure('lock-timeout')));
    const { user } = await openWindow(main);
    await planOff(user);
    expect((await screen.findByRole('alert')).textContent).toContain(
      'The controller table is in use by another transaction.',
    );
    expect(screen.getByText(/Wait until the access-control software is idle/u)).toBeTruthy();
    main.answer('commissioning.off.plan', () => succeed(samplePlan('commissioning.off')));
    await user.click(await button('Try again'));
    await button('Apply');
    expect(main.sent('commissioning.off.plan')).toHaveLength(2);
  });

  it('a plan that comes after its dialog was cancelled is not shown', async () => {
    const main = new FakeMain();
    const end = main.hold('commissioning.off.plan');
    const { user } = await openWindow(main);
    await planOff(user);
    await user.click(await button('Cancel'));
    await act(async () => end(succeed(samplePlan('commissioning.off'))));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Apply' })).toBeNull();
  });

  it('a plan is applied once, however often the button is pressed', async () => {
    const main = new FakeMain();
    main.hold('commissioning.off.apply');
    const { user } = await openWindow(main);
    await planOff(user);
    await user.dblClick(await button('Apply'));
    expect(applied(main)).toHaveLength(1);
  });

  it('a plan that was overtaken is not applied again: the new one is shown first', async () => {
    const main = new FakeMain();
    main.answer('commissioning.off.apply', () => failed(failure('plan-outdated', { what: 'a controller was added' })));
    const { user } = await openWindow(main);
    await planOff(user);
    await user.click(await button('Apply'));
    expect((await screen.findByRole('alert')).textContent).toContain('a controller was added');
    await user.click(await button('Show the new plan'));
    await button('Apply');
    expect(applied(main)).toHaveLength(1);
    expect(main.sent('commissioning.off.plan')).toEqual([
      { reason: 'Handover to the customer' },
      { reason: 'Handover to the customer' },
    ]);
  });

  it('a plan that is too old cannot be applied, only made anew', async () => {
    const main = new FakeMain();
    main.answer('commissioning.off.plan', () => succeed(samplePlan('commissioning.off', { expiresAt: minutesAgo(1) })));
    const { user } = await openWindow(main);
    await planOff(user);
    await button('Show the new plan');
    expect(screen.queryByRole('button', { name: 'Apply' })).toBeNull();
    expect(screen.getByText(/older than 10 minutes/u)).toBeTruthy();
  });

  it('an outcome says of every claim whether it was verified, refuted or is unknown, how and when', async () => {
    const main = new FakeMain();
    const at = minutesAgo(1);
    main.answer('commissioning.off.apply', () =>
      succeed(
        sampleOutcome('commissioning.off', {
          claims: [
            { claim: 'The state is off.', verdict: 'verified', method: 'read back', at },
            { claim: 'Nobody else is connected.', verdict: 'refuted', method: 'sessions listed', at },
            { claim: 'No machine reaches it.', verdict: 'unknown', method: 'probe', at },
          ],
        }),
      ),
    );
    const { user } = await openWindow(main);
    await planOff(user);
    await user.click(await button('Apply'));
    const claims = within(await screen.findByRole('list', { name: 'What was proved' })).getAllByRole('listitem');
    expect(claims.map((claim) => claim.textContent)).toEqual([
      expect.stringMatching(/^VerifiedThe state is off\.How: read back · .*1 minute ago/u),
      expect.stringMatching(/^RefutedNobody else is connected\.How: sessions listed/u),
      expect.stringMatching(/^UnknownNo machine reaches it\.How: probe/u),
    ]);
  });
});

describe('a running change', () => {
  const running = sampleProgress(['done', 'running'], { change: 'rotation.rotate', title: 'Rotation' });

  it('shows its steps as main tells them, and reads out the present one', async () => {
    const main = new FakeMain();
    main.hold('rotation.rotate.apply');
    const { user } = await openTab(main, 'Security');
    await user.click(await button('Rotate the password of acs_service'));
    await user.click(await button('Apply'));
    main.push('progress', running);
    const steps = within(await screen.findByRole('list', { name: 'Rotation' })).getAllByRole('listitem');
    expect(steps.map((step) => step.dataset['state'])).toEqual(['done', 'running', 'waiting', 'waiting', 'waiting']);
    expect(said()).toContain('Step 2 of 5: Rotate the password of acs_service');
  });

  it('does not show the steps of an earlier run as its own', async () => {
    const ended = { ...running, ended: { how: 'failed' as const, failure: failure('lock-timeout') } };
    const main = new FakeMain(lockedSnapshot({ operation: ended }));
    main.hold('rotation.rotate.apply');
    const { user } = await openTab(main, 'Security');
    await user.click(await button('Rotate the password of acs_service'));
    await user.click(await button('Apply'));
    expect(await screen.findByText(/^Begun\. If a question of Mortise is open/u)).toBeTruthy();
    expect(screen.queryByRole('list', { name: 'Rotation' })).toBeNull();
  });

  it('can be asked to stop at the next safe point where that exists', async () => {
    const main = new FakeMain();
    main.hold('rotation.rotate.apply');
    const { user } = await openTab(main, 'Security');
    await user.click(await button('Rotate the password of acs_service'));
    await user.click(await button('Apply'));
    main.push('progress', running);
    await user.click(await button('Stop at the next safe point'));
    expect(main.sent('rotation.rotate.cancel')).toEqual([{}]);
    expect(await button('It stops at the next safe point …')).toBeTruthy();
  });

  it('goes on when its dialog is put away, and its outcome can still be seen', async () => {
    const main = new FakeMain();
    const end = main.hold('rotation.rotate.apply');
    const { user } = await openTab(main, 'Security');
    await user.click(await button('Rotate the password of acs_service'));
    await user.click(await button('Apply'));
    await user.click(await button('Put away'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByText('Running now: Rotate the password')).toBeTruthy();
    end(succeed(sampleOutcome('rotation.rotate')));
    await screen.findByText('Finished. Look at the outcome.');
    await user.click(await button('Show'));
    expect(await screen.findByText('It is done and proved')).toBeTruthy();
  });

  it('says what failed and what to do, and is tried again only through a new plan', async () => {
    const main = new FakeMain();
    main.answer('rotation.rotate.apply', () =>
      failed(failure('service-did-not-stop', { service: 'AcsService', seconds: 30 })),
    );
    const { user } = await openTab(main, 'Security');
    await user.click(await button('Rotate the password of acs_service'));
    await user.click(await button('Apply'));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The service AcsService did not stop within 30 s.');
    expect(alert.textContent).toContain('Its password was not touched.');
    await user.click(await button('Try again'));
    await button('Apply');
    expect(applied(main)).toHaveLength(1);
  });

  it('that began before this window was drawn is shown above the tabs', async () => {
    await openWindow(new FakeMain(lockedSnapshot({ operation: running })));
    expect(screen.getByText('Running now: Rotation')).toBeTruthy();
    expect(screen.getByText(/Step 2 of 5/u)).toBeTruthy();
  });

  it('reads its outcome out', async () => {
    const { user } = await openWindow(new FakeMain());
    await planOff(user);
    await waitFor(() => expect(said()).toContain('The plan is ready. Nothing has been changed yet.'));
    await user.click(await button('Apply'));
    await waitFor(() =>
      expect(said()).toContain('It is done and proved. What was planned for commissioning.off is in force.'),
    );
  });

  it('a transport that breaks is a failure in words', async () => {
    const main = new FakeMain();
    main.answer('rotation.rotate.plan', () => Promise.reject(new Error('gone')));
    const { user } = await openTab(main, 'Security');
    await user.click(await button('Rotate the password of acs_service'));
    expect((await screen.findByRole('alert')).textContent).toContain('What was in force stays in force.');
  });
});
