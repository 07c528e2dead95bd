import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import { FakeMain } from './fake-client.ts';
import { openWindow } from './open-window.tsx';
import { didNotStart, sampleLockdown, sampleProgress } from './sample/lockdowns.ts';
import { sampleOutcome } from './sample/plans.ts';
import { lockedSnapshot, permissions, sampleSnapshot } from './sample/snapshot.ts';

const everything = permissions();
const button = (name: string) => screen.findByRole('button', { name });
const stage = () => document.querySelector('[aria-current=step]')?.textContent;
const stepStates = () =>
  within(screen.getByRole('list', { name: 'Steps of the lockdown' }))
    .getAllByRole('listitem')
    .flatMap((item) => item.dataset['state'] ?? []);

describe('the guided lockdown', () => {
  it('is led by keyboard alone from the start to the summary and back again', async () => {
    const main = new FakeMain();
    const end = main.hold('lockdown.run.apply');
    const { user } = await openWindow(main);
    const tabTo = async (element: HTMLElement) => {
      for (let presses = 0; presses < 60 && document.activeElement !== element; presses += 1) await user.tab();
      expect(document.activeElement).toBe(element);
    };

    await tabTo(screen.getByRole('button', { name: 'Start the guided lockdown' }));
    await user.keyboard('{Enter}');
    expect(stage()).toBe('What will happen');
    expect(document.activeElement?.textContent).toBe('Guided lockdown');
    await tabTo(screen.getByLabelText(/Your name/u));
    await user.keyboard('Ines Okafor');
    await tabTo(screen.getByLabelText(/Reason/u));
    await user.keyboard('Handover, order 4711');
    await tabTo(screen.getByRole('button', { name: 'Show the plan' }));
    await user.keyboard('{Enter}');

    const lock = await button('Lock the site down');
    expect(stage()).toBe('The plan');
    expect(main.sent('lockdown.run.plan')).toEqual([
      { engineer: 'Ines Okafor', reason: 'Handover, order 4711', login: 'acs_service', setup: null },
    ]);
    expect(main.sent('lockdown.run.apply')).toEqual([]);
    await tabTo(lock);
    await user.keyboard('{Enter}');

    await waitFor(() => expect(stage()).toBe('Progress'));
    main.pushSnapshot({ lockdown: sampleLockdown('running') });
    main.push('progress', sampleProgress(['done', 'done', 'running']));
    await waitFor(() => expect(stepStates()).toEqual(['done', 'done', 'running', 'waiting', 'waiting']));
    const said = screen.getAllByRole('status').map(({ textContent }) => textContent);
    expect(said).toContain('Step 3 of 5: Switch commissioning mode off');

    main.pushSnapshot({ ...lockedSnapshot({ lockdown: sampleLockdown('finished'), permissions: everything }) });
    end(succeed(sampleOutcome('lockdown.run')));
    await waitFor(() => expect(stage()).toBe('Outcome'));
    await tabTo(await button('Save as HTML'));
    await user.keyboard('{Enter}');
    expect(await screen.findByText('Saved to /home/engineer/summary.html')).toBeTruthy();
    expect(main.sent('lockdown.saveSummary')).toEqual([{ format: 'html' }]);

    await tabTo(await button('Take everything back'));
    await user.keyboard('{Enter}');
    await button('Apply');
    expect(main.sent('lockdown.undo.plan')).toEqual([{ setup: null }]);
    expect(main.sent('lockdown.undo.apply')).toEqual([]);
  });

  it('a failed step says what happened and offers retry, take back and stop here', async () => {
    const main = new FakeMain(sampleSnapshot({ lockdown: sampleLockdown('failed'), permissions: everything }));
    const { user } = await openWindow(main);
    const card = within(screen.getByRole('region', { name: 'Guided lockdown' }));
    expect(card.getByText(didNotStart.sentence)).toBeTruthy();
    expect(card.getByText(didNotStart.next)).toBeTruthy();
    for (const [name, channel] of [
      ['Retry', 'lockdown.resume.plan'],
      ['Undo', 'lockdown.undo.plan'],
      ['Stop here', 'lockdown.stop.plan'],
    ] as const) {
      await user.click(card.getByRole('button', { name }));
      await button('Apply');
      expect(main.sent(channel)).toHaveLength(1);
      await user.click(await button('Cancel'));
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    }
    expect(main.calls.some(({ channel }) => channel.endsWith('.apply'))).toBe(false);
  });

  it('a step that fails while it is watched offers the same three ways', async () => {
    const main = new FakeMain();
    main.answer('lockdown.run.apply', () => {
      main.pushSnapshot({ lockdown: sampleLockdown('failed'), permissions: everything });
      return failed(didNotStart);
    });
    const { user } = await openWindow(main);
    await user.click(await button('Start the guided lockdown'));
    await user.type(await screen.findByLabelText(/Your name/u), 'Ines');
    await user.type(screen.getByLabelText(/Reason/u), 'Handover');
    await user.click(await button('Show the plan'));
    await user.click(await button('Lock the site down'));
    expect(await button('Retry')).toBeTruthy();
    const [alert, ...others] = screen.getAllByRole('alert');
    expect(alert?.textContent).toContain(`Rotate the password of acs_service: ${didNotStart.sentence}`);
    expect(others).toEqual([]);
    expect(await button('Undo')).toBeTruthy();
    expect(await button('Stop here')).toBeTruthy();
    expect(stepStates()).toEqual(['done', 'failed', 'waiting', 'waiting', 'waiting']);
  });

  it('that could not begin says why and leads back to the form with what was typed', async () => {
    const main = new FakeMain();
    main.answer('lockdown.run.apply', () => failed(failure('busy', { holder: 'SITE\\omar', since: '14:02' })));
    const { user } = await openWindow(main);
    await user.click(await button('Start the guided lockdown'));
    await user.type(await screen.findByLabelText(/Your name/u), 'Ines');
    await user.type(screen.getByLabelText(/Reason/u), 'Handover');
    await user.click(await button('Show the plan'));
    await user.click(await button('Lock the site down'));
    expect((await screen.findByRole('alert')).textContent).toContain('SITE\\omar is changing this site since 14:02.');
    await user.click(await button('Back'));
    expect((await screen.findByLabelText<HTMLInputElement>(/Your name/u)).value).toBe('Ines');
  });

  it('an interrupted one leads the General tab', async () => {
    await openWindow(
      new FakeMain(sampleSnapshot({ lockdown: sampleLockdown('interrupted'), permissions: everything })),
    );
    const sections = within(screen.getByRole('tabpanel')).getAllByRole('region');
    const first = sections[0];
    expect(first?.getAttribute('aria-labelledby')).toBe(screen.getByRole('heading', { name: 'Guided lockdown' }).id);
    expect(screen.getByText('The lockdown was interrupted')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Continue' })).toBeTruthy();
  });

  it('stops at the next safe point when asked', async () => {
    const main = new FakeMain(
      sampleSnapshot({ lockdown: sampleLockdown('running'), operation: sampleProgress(['done', 'running']) }),
    );
    const { user } = await openWindow(main);
    await user.click(await button('Open the lockdown'));
    await user.click(await button('Stop at the next safe point'));
    expect(main.sent('lockdown.run.cancel')).toEqual([{}]);
  });

  it('is only called proved while no claim of it was refuted or left open', async () => {
    const finished = sampleLockdown('finished');
    const [first, ...rest] = finished.steps;
    if (!first) throw new Error('The sample has steps.');
    const doubtful = { ...first, claims: first.claims.map((claim) => ({ ...claim, verdict: 'unknown' as const })) };
    const lockdown = { ...finished, steps: [doubtful, ...rest] };
    await openWindow(new FakeMain(lockedSnapshot({ lockdown, permissions: everything })));
    expect(screen.queryByText('The lockdown was finished and every claim was proved')).toBeNull();
    expect(screen.getByText('The lockdown ended, but not every claim was proved')).toBeTruthy();
  });

  it('that has an outcome can be followed by another one', async () => {
    const snapshot = lockedSnapshot({ lockdown: sampleLockdown('undone'), permissions: everything });
    const { user } = await openWindow(new FakeMain(snapshot));
    await user.click(await button('Open the lockdown'));
    expect(stage()).toBe('Outcome');
    await user.click(await button('Back to the tabs'));
    await user.click(await button('Start another lockdown'));
    expect(stage()).toBe('What will happen');
    expect(screen.getByLabelText(/Your name/u)).toBeTruthy();
  });

  it('that was begun after an earlier one shows its own outcome when it was taken back', async () => {
    const main = new FakeMain(lockedSnapshot({ lockdown: sampleLockdown('undone'), permissions: everything }));
    const { user } = await openWindow(main);
    await user.click(await button('Start another lockdown'));
    await user.type(await screen.findByLabelText(/Your name/u), 'Ines');
    await user.type(screen.getByLabelText(/Reason/u), 'Handover');
    await user.click(await button('Show the plan'));
    await user.click(await button('Lock the site down'));
    await waitFor(() => expect(stage()).toBe('Outcome'));
    await user.click(await button('Take everything back'));
    await user.click(await button('Apply'));
    await user.click(await button('Close'));
    expect(stage()).toBe('Outcome');
  });

  it('leaves the page within reach of screen readers when a dialog on its screen is closed', async () => {
    const main = new FakeMain(lockedSnapshot({ lockdown: sampleLockdown('finished'), permissions: everything }));
    const { user } = await openWindow(main);
    await user.click(await button('Open the lockdown'));
    await user.click(await button('Take everything back'));
    await button('Apply');
    // Fluent hides the page behind a dialog some time after it has opened, and shows it some time after it has closed.
    await waitFor(() => expect(document.querySelector('main')?.closest('[aria-hidden=true]')).not.toBeNull());
    await user.click(await button('Cancel'));
    await waitFor(() => expect(document.querySelector('main')?.closest('[aria-hidden=true]')).toBeNull());
  });

  it('asks for a name, a reason and a login before it plans', async () => {
    const main = new FakeMain();
    const { user } = await openWindow(main);
    await user.click(await button('Start the guided lockdown'));
    await user.click(await button('Show the plan'));
    expect(screen.getByText('Please enter your name.')).toBeTruthy();
    expect(screen.getByText('Please write at least three characters.')).toBeTruthy();
    expect(main.sent('lockdown.run.plan')).toEqual([]);
  });
});
