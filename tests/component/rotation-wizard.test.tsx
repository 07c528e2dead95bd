import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { known } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import { FakeMain } from './fake-client.ts';
import { openTab } from './open-window.tsx';
import type { OpenWindow } from './open-window.tsx';
import { sampleLogins } from './sample/logins.ts';
import { daysAgo } from './sample/moments.ts';
import { sampleOutcome, samplePlan } from './sample/plans.ts';
import { openRotation, rotationProgress } from './sample/rotations.ts';
import { permissions, sampleSnapshot } from './sample/snapshot.ts';

const button = (name: string | RegExp) => screen.findByRole('button', { name });
const tick = (name: RegExp) => screen.getByRole<HTMLInputElement>('checkbox', { name });
const part = () => screen.getByRole('list', { name: 'Parts of the rotation' }).querySelector('[aria-current=step]');

async function openWizard(main: FakeMain): Promise<OpenWindow> {
  const opened = await openTab(main, 'Security');
  await opened.user.click(await button('Rotate several'));
  return opened;
}

/** Ticks Mortise's own login too, and goes on to the plan of both. */
async function planBoth(main: FakeMain): Promise<OpenWindow> {
  const opened = await openWizard(main);
  await opened.user.click(tick(/^mortise_run/u));
  await opened.user.click(await button('Show the plan'));
  await button('Rotate these 2 logins');
  return opened;
}

describe('the rotation wizard', () => {
  it('proposes what has a published default or a password older than a year, and nothing else', async () => {
    const logins = sampleLogins();
    const old = { ...logins[0], name: 'acs_old', passwordSetAt: daysAgo(366), role: 'service' as const };
    const young = { ...old, name: 'acs_young', passwordSetAt: daysAgo(364) };
    await openWizard(
      new FakeMain(sampleSnapshot({ logins: known([...logins, old, young] as typeof logins, new Date()) })),
    );
    expect(tick(/^acs_service/u).checked).toBe(true);
    expect(tick(/^acs_old/u).checked).toBe(true);
    expect(tick(/^acs_young/u).checked).toBe(false);
    expect(tick(/^mortise_run/u).checked).toBe(false);
  });

  it('a login that cannot be rotated is greyed out with its reason', async () => {
    await openWizard(new FakeMain());
    expect(tick(/^acs_reports/u).disabled).toBe(true);
    expect(tick(/^acs_reports/u).checked).toBe(false);
    expect(screen.getByText('Cannot be rotated: it is locked out')).toBeTruthy();
  });

  it('asks main for nothing while no login is ticked, and says so', async () => {
    const main = new FakeMain();
    const { user } = await openWizard(main);
    await user.click(tick(/^acs_service/u));
    await user.click(await button('Show the plan'));
    expect((await screen.findByRole('alert')).textContent).toBe('Tick at least one login.');
    expect(main.calls.filter(({ channel }) => channel.startsWith('rotation.'))).toEqual([]);
  });

  it('one login is a rotation, several are one rotation each', async () => {
    const main = new FakeMain();
    const { user } = await openWizard(main);
    await user.click(await button('Show the plan'));
    await button('Rotate this login');
    expect(main.sent('rotation.rotate.plan')).toEqual([{ login: 'acs_service' }]);
    await user.click(await button('Back'));
    await user.click(tick(/^mortise_run/u));
    await user.click(await button('Show the plan'));
    await button('Rotate these 2 logins');
    expect(main.sent('rotation.rotateMany.plan')).toEqual([{ logins: ['mortise_run', 'acs_service'] }]);
  });

  it('shows statement, file and services before anything is changed, and applies that plan and no other', async () => {
    const main = new FakeMain();
    const { user } = await planBoth(main);
    expect(screen.getByRole('group', { name: /^T-SQL/u }).textContent).toContain('ALTER LOGIN');
    expect(screen.getByRole('group', { name: /^File/u }).textContent).toContain('Password=[secret]');
    expect(screen.getByText(/stops for about 5 seconds/u)).toBeTruthy();
    expect(main.calls.filter(({ channel }) => channel.endsWith('.apply'))).toEqual([]);
    await user.click(await button('Rotate these 2 logins'));
    expect(main.sent('rotation.rotateMany.apply')).toEqual([{ planId: 'plan-of-rotation.rotateMany' }]);
  });

  it('names whoever notices once, with all that happens to it', async () => {
    const main = new FakeMain();
    const affected = [
      { who: 'AcsService', how: 'Stopped and started again.' },
      { who: 'Report Designer', how: 'Is refused at its next login.' },
      { who: 'AcsService', how: 'Stopped and started again.' },
      { who: 'AcsService', how: 'Reads its file anew.' },
    ];
    main.answer('rotation.rotateMany.plan', () => succeed(samplePlan('rotation.rotateMany', { affected })));
    await planBoth(main);
    const terms = screen.getAllByRole('term').map(({ textContent }) => textContent);
    expect(terms).toEqual(['AcsService', 'Report Designer']);
    expect(screen.getAllByText('Stopped and started again.')).toHaveLength(1);
    expect(screen.getByText('Reads its file anew.')).toBeTruthy();
  });

  it('what can be ticked stands above what cannot', async () => {
    const [run, service, reports] = sampleLogins();
    await openWizard(
      new FakeMain(
        sampleSnapshot({ logins: known([reports, run, service] as ReturnType<typeof sampleLogins>, new Date()) }),
      ),
    );
    expect(screen.getAllByRole<HTMLInputElement>('checkbox').map(({ disabled }) => disabled)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('follows every login step by step', async () => {
    const main = new FakeMain();
    main.hold('rotation.rotateMany.apply');
    const { user } = await planBoth(main);
    await user.click(await button('Rotate these 2 logins'));
    act(() => main.push('progress', rotationProgress(['done', 'done', 'done', 'running'])));
    const first = within(screen.getByRole('list', { name: 'Steps for acs_service' }));
    expect(first.getAllByText('Done')).toHaveLength(3);
    const second = within(screen.getByRole('list', { name: 'Steps for mortise_run' }));
    expect(second.getByText('1. Change it on the server')).toBeTruthy();
    expect(second.getAllByText('Waiting')).toHaveLength(2);
    expect(screen.getByRole('heading', { name: 'acs_service' }).parentElement?.textContent).toContain('Rotated');
    expect(screen.getByRole('heading', { name: 'mortise_run' }).parentElement?.textContent).toContain('Running');
  });

  it('stops at the next safe point when it is asked to', async () => {
    const main = new FakeMain();
    main.hold('rotation.rotateMany.apply');
    const { user } = await planBoth(main);
    await user.click(await button('Rotate these 2 logins'));
    act(() => main.push('progress', rotationProgress(['running'])));
    await user.click(await button('Stop at the next safe point'));
    expect(main.sent('rotation.rotateMany.cancel')).toEqual([{}]);
    expect(await button('It stops at the next safe point …')).toBeTruthy();
  });

  it('goes on while the person looks at the tabs, stays in sight there, and leads back to its result', async () => {
    const main = new FakeMain();
    const end = main.hold('rotation.rotateMany.apply');
    const { user } = await planBoth(main);
    await user.click(await button('Rotate these 2 logins'));
    await user.click(await button('Back to the Security tab'));
    expect(screen.getByText('Running now: Rotate the passwords')).toBeTruthy();
    act(() => end(succeed(sampleOutcome('rotation.rotateMany'))));
    await user.click(await button('Show'));
    await waitFor(() => expect(part()?.textContent).toBe('Result'));
    expect(screen.getByText('It is done and proved')).toBeTruthy();
  });

  it('ends with what was proved, claim by claim, and never says it better than that', async () => {
    const main = new FakeMain();
    const { claims } = sampleOutcome('rotation.rotateMany');
    const doubtful = {
      claim: 'AcsService logged in again',
      verdict: 'unknown' as const,
      method: 'Its session',
      at: daysAgo(0),
    };
    main.answer('rotation.rotateMany.apply', () =>
      succeed(sampleOutcome('rotation.rotateMany', { claims: [...claims, doubtful] })),
    );
    const { user } = await planBoth(main);
    await user.click(await button('Rotate these 2 logins'));
    const proved = within(await screen.findByRole('list', { name: 'What was proved' }));
    expect(proved.getAllByRole('listitem').map((item) => item.querySelector('span')?.textContent)).toEqual([
      'Verified',
      'Unknown',
    ]);
    await user.click(screen.getAllByRole('button', { name: 'Back to the Security tab' })[1] as HTMLElement);
    expect(screen.getByRole('region', { name: 'Credentials' })).toBeTruthy();
  });

  it('a failure says what to do, how far each login came, and offers the two ways on of what stands open', async () => {
    const main = new FakeMain();
    main.answer('rotation.rotateMany.apply', () =>
      failed(failure('rotated-in-part', { done: 1, all: 2, what: 'mortise_run: the keychain is locked.' })),
    );
    const { user } = await planBoth(main);
    act(() => main.push('progress', rotationProgress(['done', 'done', 'done', 'failed'])));
    await user.click(await button('Rotate these 2 logins'));
    act(() => main.push('progress', rotationProgress(['done', 'done', 'done', 'failed'])));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Not everything was rotated');
    expect(alert.textContent).toContain('the keychain is locked');
    expect(screen.getByRole('list', { name: 'Steps for mortise_run' })).toBeTruthy();
    act(() => main.pushSnapshot({ openRotation: openRotation({ login: 'mortise_run' }) }));
    expect(await button('Carry on')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Show the new plan|Try again/u })).toBeNull();
  });

  it('a plan that was refused leads back to the choice with the ticks as they were', async () => {
    const main = new FakeMain();
    main.answer('rotation.rotateMany.plan', () => failed(failure('secret-unknown', { login: 'mortise_run' })));
    const { user } = await openWizard(main);
    await user.click(tick(/^mortise_run/u));
    await user.click(await button('Show the plan'));
    await screen.findByText('No plan was made');
    await user.click(await button('Back'));
    expect(tick(/^mortise_run/u).checked).toBe(true);
    expect(tick(/^acs_service/u).checked).toBe(true);
  });

  it('can be gone through by keyboard alone', async () => {
    const main = new FakeMain();
    const { user } = await openTab(main, 'Security');
    (await button('Rotate several')).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Rotate passwords'));
    await user.tab();
    expect(document.activeElement).toBe(tick(/^mortise_run/u));
    await user.keyboard(' ');
    await user.tab();
    await user.tab();
    expect(document.activeElement?.textContent).toBe('Show the plan');
    await user.keyboard('{Enter}');
    await button('Rotate these 2 logins');
    await waitFor(() => expect(part()?.textContent).toBe('The plan'));
    (await button('Rotate these 2 logins')).focus();
    await user.keyboard('{Enter}');
    await screen.findByText('It is done and proved');
    expect(document.activeElement?.textContent).toBe('Rotate passwords');
  });

  it('is greyed out with the reason where main does not allow it', async () => {
    const main = new FakeMain(
      sampleSnapshot({ permissions: permissions({ 'rotation.rotateMany': 'No login of this site can be rotated.' }) }),
    );
    const { user } = await openTab(main, 'Security');
    await user.click(await button('Rotate several'));
    expect(screen.queryByRole('list', { name: 'Parts of the rotation' })).toBeNull();
    expect(screen.getByText(/No login of this site can be rotated\./u)).toBeTruthy();
  });
});

describe('a rotation that stands open', () => {
  it('leads the Security tab with what main found out, and carries on or takes back through a plan', async () => {
    const main = new FakeMain(sampleSnapshot({ openRotation: openRotation() }));
    const { user } = await openTab(main, 'Security');
    const open = within(screen.getByRole('region', { name: 'Unfinished rotation' }));
    expect(open.getByText(/stopped in the step "deploy"/u)).toBeTruthy();
    await user.click(open.getByRole('button', { name: 'Carry on' }));
    await button('Apply');
    expect(main.sent('rotation.reconcile.plan')).toEqual([{ login: 'acs_service' }]);
    await user.click(await button('Cancel'));
    await user.click(await button('Take it back'));
    await button('Apply');
    expect(main.sent('rotation.restore.plan')).toEqual([{ login: 'acs_service' }]);
  });

  it('one on its way back is not called a way forward', async () => {
    await openTab(new FakeMain(sampleSnapshot({ openRotation: openRotation({ direction: 'back' }) })), 'Security');
    const open = within(screen.getByRole('region', { name: 'Unfinished rotation' }));
    expect(open.getByRole('button', { name: 'Carry on taking it back' })).toBeTruthy();
    expect(open.queryByRole('button', { name: 'Carry on' })).toBeNull();
  });

  it('says to go to the General tab while a lockdown is unfinished', async () => {
    const why = 'A guided lockdown is not finished: continue it, take it back or stop it first.';
    const main = new FakeMain(
      sampleSnapshot({ openRotation: openRotation(), permissions: permissions({ 'rotation.rotate': why }) }),
    );
    const { user } = await openTab(main, 'Security');
    const open = within(screen.getByRole('region', { name: 'Unfinished rotation' }));
    expect(open.getByText(why)).toBeTruthy();
    expect(open.queryByRole('button', { name: 'Carry on' })).toBeNull();
    await user.click(open.getByRole('button', { name: 'Go to the General tab' }));
    expect(screen.getByRole('tab', { selected: true }).textContent).toContain('General');
  });

  it('is not called unfinished while it runs', async () => {
    await openTab(
      new FakeMain(sampleSnapshot({ openRotation: openRotation(), operation: rotationProgress(['running']) })),
      'Security',
    );
    expect(screen.queryByRole('region', { name: 'Unfinished rotation' })).toBeNull();
  });
});
