import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import { FakeMain } from './fake-client.ts';
import { openWindow } from './open-window.tsx';
import { readyAssessment, sampleAssessment } from './sample/assessment.ts';
import { firstVisit, sampleSnapshot, unreachable } from './sample/snapshot.ts';

const button = (name: string | RegExp) => screen.findByRole('button', { name });
const assess = async () => (await screen.findAllByRole('button', { name: 'Assess this site' }))[0] ?? document.body;

/** Opens a real site and reads it as Mortise's own login. */
async function openReport(main = new FakeMain(firstVisit())) {
  const opened = await openWindow(main);
  await opened.user.click(await assess());
  await opened.user.click(await assess());
  await screen.findByRole('list', { name: 'What can be done here' });
  return { ...opened, main };
}

describe('the General tab of a real site that is not prepared', () => {
  it('leads to the assessment before everything else', async () => {
    await openWindow(new FakeMain(firstVisit()));
    const [first] = within(screen.getByRole('tabpanel')).getAllByRole('region');
    const steps = within(first ?? document.body);
    expect(steps.getByRole('heading', { name: 'First steps at this site' })).toBeTruthy();
    expect(steps.getAllByRole('listitem').map((step) => within(step).getByRole('heading').textContent)).toEqual([
      'Assess this site',
      'Give Mortise a login of its own',
      'Prepare the database',
    ]);
  });

  it('leads there too when nothing can be read yet, offers to create the login, and does not say what nobody knows', async () => {
    await openWindow(new FakeMain(firstVisit({ server: unreachable, commissioning: unreachable })));
    const [first] = within(screen.getByRole('tabpanel')).getAllByRole('region');
    const steps = within(first ?? document.body);
    expect(steps.getByRole('heading', { name: 'The state of this site is not known' })).toBeTruthy();
    expect(steps.getByRole('button', { name: 'Create Mortise’s login' })).toBeTruthy();
    expect(screen.queryByText(/Nothing is enforced/u)).toBeNull();
    expect(steps.queryByRole('button', { name: 'Prepare this site' })).toBeNull();
  });

  it('does not lead there at the training site, but still offers it', async () => {
    await openWindow(new FakeMain(sampleSnapshot()));
    expect(screen.queryByRole('heading', { name: 'First steps at this site' })).toBeNull();
    expect(await button('Assess this site')).toBeTruthy();
  });
});

describe('the assessment', () => {
  it('reads nothing before somebody asked for it', async () => {
    const main = new FakeMain(firstVisit());
    const { user } = await openWindow(main);
    await user.click(await assess());
    await screen.findByRole('radio', { name: /Mortise’s own login/u });
    expect(main.sent('assessment.run')).toEqual([]);
  });

  it('is read as Mortise’s own login where that gets in', async () => {
    const { main } = await openReport();
    expect(main.sent('assessment.run')).toEqual([{ setup: null }]);
  });

  it('is read as a login that is typed, whose password stays nowhere', async () => {
    const main = new FakeMain(firstVisit({ server: unreachable, commissioning: unreachable }));
    const { user, session } = await openWindow(main);
    await user.click(await assess());
    await user.type(await screen.findByLabelText(/Setup login/u), 'sa');
    await user.type(screen.getByLabelText(/Setup password/u), 'Sw0rdfish!');
    await user.click(await assess());
    await screen.findByRole('list', { name: 'What can be done here' });
    expect(main.sent('assessment.run')).toEqual([{ setup: { login: 'sa', password: 'Sw0rdfish!' } }]);
    expect(document.body.innerHTML).not.toContain('Sw0rdfish!');
    expect(JSON.stringify(session.store.getState())).not.toContain('Sw0rdfish!');
  });

  it('asks for the login in words when it is missing', async () => {
    const main = new FakeMain(firstVisit({ server: unreachable, commissioning: unreachable }));
    const { user } = await openWindow(main);
    await user.click(await assess());
    await user.click(await assess());
    expect(await screen.findByText('Please enter login and password.')).toBeTruthy();
    expect(main.sent('assessment.run')).toEqual([]);
  });

  it('asks for no login at the training site', async () => {
    const main = new FakeMain();
    const { user } = await openWindow(main);
    await user.click(await assess());
    await screen.findByRole('heading', { level: 2, name: 'Assess this site' });
    expect(screen.queryByRole('radio')).toBeNull();
  });

  it('says that it reads while it reads', async () => {
    const main = new FakeMain(firstVisit());
    main.hold('assessment.run');
    const { user } = await openWindow(main);
    await user.click(await assess());
    await user.click(await assess());
    expect((await screen.findByText(/Nothing is changed …/u)).closest('output')).toBeTruthy();
  });

  it('says why there is no report and what to do, and can be asked again', async () => {
    const main = new FakeMain(firstVisit());
    main.answer('assessment.run', () => failed(failure('login-refused', { login: 'sa' })));
    const { user } = await openWindow(main);
    await user.click(await assess());
    await user.click(await assess());
    expect((await screen.findByRole('alert')).textContent).toContain('SQL Server refused the login sa.');
    main.answer('assessment.run', () => succeed(sampleAssessment()));
    await user.click(await assess());
    expect(await screen.findByRole('list', { name: 'What can be done here' })).toBeTruthy();
  });
});

describe('the report', () => {
  it('gives its three verdicts first, each in a word and a sentence', async () => {
    await openReport();
    const cards = within(screen.getByRole('list', { name: 'What can be done here' })).getAllByRole('listitem');
    expect(cards.map((card) => card.textContent)).toEqual([
      expect.stringMatching(/^Commissioning modeBlockedA procedure/u),
      expect.stringMatching(/^Credential rotationReady1 login/u),
      expect.stringMatching(/^Secure modeUnknownThe listeners/u),
    ]);
  });

  it('a verdict that it leaves out is unknown, never ready', async () => {
    const main = new FakeMain(firstVisit());
    main.answer('assessment.run', () => succeed(sampleAssessment({ verdicts: [] })));
    await openReport(main);
    const cards = within(screen.getByRole('list', { name: 'What can be done here' })).getAllByRole('listitem');
    expect(cards.map((card) => card.dataset['state'])).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('lists by area, the areas in which something stands in the way before the others', async () => {
    await openReport();
    const areas = screen
      .getAllByRole('region')
      .map((region) => within(region).queryAllByRole('heading')[0]?.textContent);
    expect(areas.filter((title) => title !== undefined)).toEqual([
      'Commissioning mode',
      'What next',
      'Statements that a trigger breaks (error 334)',
      'Encryption',
      'Listeners',
      'Models that the next version drops',
      'In order',
      'Report',
    ]);
  });

  it('what could not be read looks unlike what is in order', async () => {
    await openReport();
    const finding = screen.getByRole('heading', { name: 'The listeners could not be read' }).closest('li');
    expect(finding?.dataset['severity']).toBe('unknown');
    expect(finding?.querySelector('[data-tone]')?.getAttribute('data-tone')).toBe('unknown');
    expect(screen.getByText('1 could not be read')).toBeTruthy();
  });

  it('folds away what is in order, counted, and shows it on demand', async () => {
    const { user } = await openReport();
    const folded = screen.getByRole('heading', { name: 'No such statement in the plan cache', hidden: true });
    const details = folded.closest('details');
    expect(details?.open).toBe(false);
    await user.click(within(details ?? document.body).getByText('1 in order'));
    expect(details?.open).toBe(true);
  });

  it('says of each finding what to do, and what was read on demand', async () => {
    const { user } = await openReport();
    expect(screen.getByText(/Leave the guard of updates out in the profile/u)).toBeTruthy();
    const evidence = screen.getByText(/dbo\.usp_RegisterAcu, line 14/u).closest('details');
    expect(evidence?.open).toBe(false);
    await user.click(within(evidence ?? document.body).getByText('What was read (1 line)'));
    expect(evidence?.open).toBe(true);
  });

  it('goes on with what stands in the way, or with preparing when nothing does', async () => {
    const blocked = await openReport();
    expect(screen.getByText(/Start with what stands in the way/u)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Prepare this site' })).toBeNull();
    blocked.main.answer('assessment.run', () => succeed(readyAssessment()));
    const [again] = screen.getAllByRole('button', { name: 'Assess again' });
    await blocked.user.click(again ?? document.body);
    await blocked.user.click(await assess());
    await blocked.user.click(await button('Prepare this site'));
    expect(await screen.findByRole('dialog', { name: 'Prepare this site' })).toBeTruthy();
  });

  it('goes on with Mortise’s own login where that does not get in yet', async () => {
    const main = new FakeMain(firstVisit({ server: unreachable, commissioning: unreachable }));
    main.answer('assessment.run', () => succeed(readyAssessment()));
    const { user } = await openWindow(main);
    await user.click(await assess());
    await user.type(await screen.findByLabelText(/Setup login/u), 'sa');
    await user.type(screen.getByLabelText(/Setup password/u), 'Sw0rdfish!');
    await user.click(await assess());
    await user.click(await button('Create Mortise’s login'));
    expect(await screen.findByRole('dialog', { name: 'Create Mortise’s login' })).toBeTruthy();
  });

  it.each([
    ['HTML', 'html'],
    ['JSON', 'json'],
  ])('is saved as %s where main asks', async (name, format) => {
    const { user, main } = await openReport();
    await user.click(await button(`Save as ${name}`));
    expect(await screen.findByText('Saved to /home/engineer/assessment.html')).toBeTruthy();
    expect(main.sent('assessment.save')).toEqual([{ format }]);
  });

  it('stays when one goes back to the site and returns', async () => {
    const { user, main } = await openReport();
    await user.click(await button('Back to the site'));
    await user.click(await assess());
    expect(await screen.findByRole('list', { name: 'What can be done here' })).toBeTruthy();
    expect(main.sent('assessment.run')).toHaveLength(1);
  });

  it('is made and saved by keyboard alone', async () => {
    const main = new FakeMain(firstVisit());
    const { user } = await openWindow(main);
    (await assess()).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement?.tagName).toBe('H2'));
    await user.tab();
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: /Mortise’s own login/u }));
    await user.tab();
    await user.keyboard('{Enter}');
    await screen.findByRole('list', { name: 'What can be done here' });
    await waitFor(() => expect(document.activeElement?.tagName).toBe('H2'));
    for (let presses = 0; presses < 40 && document.activeElement?.textContent !== 'Save as JSON'; presses += 1)
      await user.tab();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(main.sent('assessment.save')).toEqual([{ format: 'json' }]));
  });
});
