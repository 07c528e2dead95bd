import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed } from '#shared/result.ts';
import { FakeMain } from './fake-client.ts';
import { openTab, openWindow } from './open-window.tsx';
import { sampleSnapshot } from './sample/snapshot.ts';

const password = 'Kn0wn-only-to-the-engineer';

function realSite(): FakeMain {
  const snapshot = sampleSnapshot();
  return new FakeMain({ ...snapshot, site: { ...snapshot.site, kind: 'real' } });
}

/** Whether the password stands anywhere in the page, as text, attribute or what a field holds. */
function onThePage(): boolean {
  const held = [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value);
  return document.documentElement.outerHTML.includes(password) || held.some((value) => value.includes(password));
}

describe('the setup password', () => {
  it('is sent once and not kept', async () => {
    const main = realSite();
    const { user, session } = await openTab(main, 'Database');
    const held: string[] = [];
    session.store.subscribe((state) => held.push(JSON.stringify(state)));
    await user.click(screen.getByRole('button', { name: 'Remove the objects' }));
    await user.type(await screen.findByLabelText(/Setup login/u), 'sa');
    await user.type(screen.getByLabelText(/Setup password/u), password);
    expect(onThePage()).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Show the plan' }));
    await user.click(await screen.findByRole('button', { name: 'Apply' }));
    await screen.findByText('It is done and proved');
    expect(main.sent('site.remove.plan')).toEqual([{ setup: { login: 'sa', password } }]);
    expect(main.calls.filter(({ input }) => JSON.stringify(input).includes(password))).toHaveLength(1);
    expect(held.some((state) => state.includes(password))).toBe(false);
    expect(onThePage()).toBe(false);
  });

  it('is asked for again when a plan must be made again', async () => {
    const main = realSite();
    main.answer('site.remove.plan', () => failed(failure('login-refused', { login: 'sa' })));
    const { user } = await openTab(main, 'Database');
    await user.click(screen.getByRole('button', { name: 'Remove the objects' }));
    await user.type(await screen.findByLabelText(/Setup login/u), 'sa');
    await user.type(screen.getByLabelText(/Setup password/u), password);
    await user.click(screen.getByRole('button', { name: 'Show the plan' }));
    await user.click(await screen.findByRole('button', { name: 'Enter the setup login again' }));
    const field = await screen.findByLabelText<HTMLInputElement>(/Setup password/u);
    expect(field.value).toBe('');
    await user.click(screen.getByRole('button', { name: 'Show the plan' }));
    expect(await screen.findByText('Please enter login and password.')).toBeTruthy();
    expect(main.sent('site.remove.plan')).toHaveLength(1);
  });

  it('is never asked for on the training site', async () => {
    const main = new FakeMain();
    const { user } = await openTab(main, 'Database');
    await user.click(screen.getByRole('button', { name: 'Remove the objects' }));
    await screen.findByRole('button', { name: 'Apply' });
    expect(main.sent('site.remove.plan')).toEqual([{ setup: null }]);
  });

  it('of a lockdown is taken from the page as soon as the plan is asked for', async () => {
    const main = realSite();
    main.answer('lockdown.run.plan', () => new Promise(() => {}));
    const { user } = await openWindow(main);
    await user.click(screen.getByRole('button', { name: 'Start the guided lockdown' }));
    await user.type(await screen.findByLabelText(/Your name/u), 'Ines Okafor');
    await user.type(screen.getByLabelText(/Reason/u), 'Handover');
    await user.type(screen.getByLabelText(/Setup login/u), 'sa');
    await user.type(screen.getByLabelText(/Setup password/u), password);
    await user.click(screen.getByRole('button', { name: 'Show the plan' }));
    await waitFor(() => expect(main.sent('lockdown.run.plan')).toHaveLength(1));
    expect(onThePage()).toBe(false);
  });
});
