import { answerConsent } from './harness/native-dialogs.ts';
import { servedSite, signalService, signalSite } from './harness/training-site.ts';
import type { OpenWindow } from './harness/window.ts';
import { Header } from './pages/header.ts';
import { LockdownWizard } from './pages/lockdown-wizard.ts';
import { PlanDialog } from './pages/plan-dialog.ts';
import { RotationWizard } from './pages/rotation-wizard.ts';
import { SecurityTab } from './pages/security-tab.ts';
import { PracticeMenu } from './pages/practice-menu.ts';
import { Tabs, tabNames } from './pages/tabs.ts';

/** Every screen in every state worth looking at, in the order in which the tour comes to them. */
export const screens = [
  'security-open',
  'database-open',
  'general-open',
  'assessment',
  'sites',
  'assistant-server',
  'practice',
  'change-plan',
  'rotation-choice',
  'rotation-several',
  'rotation-progress',
  'rotation-outcome',
  'rotation-verified',
  'lockdown-ask',
  'lockdown-plan',
  'lockdown-progress',
  'lockdown-outcome',
  'security-locked',
  'database-locked',
  'general-locked',
  'change-ask',
  'undo-plan',
  'undo-outcome',
  'lockdown-failed',
  'general-failed',
  'security-unreachable',
  'database-unreachable',
  'general-unreachable',
] as const;
export type ScreenName = (typeof screens)[number];

/** The parts of a window that the tour walks through. */
interface Walk {
  readonly opened: OpenWindow;
  readonly visit: (screen: ScreenName) => Promise<void>;
  readonly header: Header;
  readonly tabs: Tabs;
  readonly dialog: PlanDialog;
  readonly wizard: LockdownWizard;
}

/**
 * Walks the real window through a whole day: a site that is open, its lockdown, a lockdown that fails, a server that is
 * gone. Calls back on every screen; the window is of no further use afterwards.
 */
export async function tour(opened: OpenWindow, visit: (screen: ScreenName) => Promise<void>): Promise<void> {
  const { page, app } = opened;
  const walk: Walk = {
    opened,
    visit,
    header: new Header(page),
    tabs: new Tabs(page),
    dialog: new PlanDialog(page),
    wizard: new LockdownWizard(page),
  };
  await walk.header.waitUntilShown();
  await answerConsent(app, 'confirm');
  await openSite(walk);
  await firstVisit(walk);
  await rotation(walk);
  await lockdown(walk);
  await lockedSite(walk);
  await takenBack(walk);
  await failedLockdown(walk);
  await unreachableSite(walk);
}

async function allTabs({ tabs, visit }: Walk, state: 'open' | 'locked' | 'unreachable'): Promise<void> {
  for (const tab of tabNames.toReversed()) {
    await tabs.open(tab);
    await visit(`${tab.toLowerCase() as 'general' | 'database' | 'security'}-${state}`);
  }
}

async function openSite(walk: Walk): Promise<void> {
  const { opened, visit, header, dialog } = walk;
  await allTabs(walk, 'open');
  await header.practise();
  const practice = new PracticeMenu(opened.page);
  await practice.waitUntilShown();
  await visit('practice');
  await practice.leave();
  await opened.page.getByRole('button', { name: 'Prepare this site' }).click();
  await dialog.waitForPlan();
  await visit('change-plan');
  await dialog.close();
}

/** The first visit to a site, and a site that is described with help. */
async function firstVisit({ opened, visit }: Walk): Promise<void> {
  const { page, stateFolder } = opened;
  const button = (name: string) => page.getByRole('button', { name }).first();
  await button('Assess this site').click();
  await page.getByRole('button', { name: 'Assess this site' }).last().click();
  await page.getByText('What next').waitFor();
  await visit('assessment');
  await button('Back to the site').click();
  await button('Sites …').click();
  await button('New site').waitFor();
  await visit('sites');
  await button('New site').click();
  await page.getByRole('radio', { name: /^Training/u }).check();
  await button('Next').click();
  await page.getByRole('textbox', { name: 'Port number' }).fill(String(servedSite(stateFolder)?.port ?? ''));
  await button('Look at the server').click();
  await page.getByRole('heading', { name: 'What the server shows' }).waitFor();
  await visit('assistant-server');
  await button('Close the assistant').click();
  await button('Discard it').click();
  await button('Back to the site').click();
}

/** Both logins of the site are rotated, and the service's own is looked at afterwards; then the former passwords come back. */
async function rotation({ opened, visit, tabs, dialog }: Walk): Promise<void> {
  const { page, stateFolder } = opened;
  const wizard = new RotationWizard(page);
  await tabs.open('Security');
  await wizard.open();
  await wizard.login('mortise_run').check();
  await visit('rotation-choice');
  await wizard.showPlan();
  await visit('rotation-several');
  signalService(stateFolder, 'SIGSTOP');
  await wizard.rotateButton().click();
  await page.getByRole('list', { name: 'Steps for acs_service' }).getByText('Running', { exact: true }).waitFor();
  await visit('rotation-progress');
  signalService(stateFolder, 'SIGCONT');
  await wizard.waitForPart('Result');
  await visit('rotation-outcome');
  await wizard.leave();
  await new SecurityTab(page).verify('acs_service');
  await visit('rotation-verified');
  for (const login of ['acs_service', 'mortise_run']) {
    await page.getByRole('button', { name: `Put back the former password of ${login}` }).click();
    await dialog.waitForPlan();
    await dialog.applyAndClose();
  }
  await tabs.open('General');
}

async function showLockdownPlan({ wizard }: Walk): Promise<void> {
  await wizard.fill('Ines Okafor', 'Handover, order 4711');
  await wizard.showPlan();
}

async function lockdown(walk: Walk): Promise<void> {
  const { opened, visit, wizard } = walk;
  await wizard.start();
  await visit('lockdown-ask');
  await showLockdownPlan(walk);
  await visit('lockdown-plan');
  // The service takes its time to stop, so that the progress stands still while it is looked at.
  signalService(opened.stateFolder, 'SIGSTOP');
  await wizard.apply();
  await wizard.waitForState('Rotate the service login', 'Running');
  await visit('lockdown-progress');
  signalService(opened.stateFolder, 'SIGCONT');
  await wizard.waitForStage('Outcome');
  await visit('lockdown-outcome');
}

async function lockedSite(walk: Walk): Promise<void> {
  const { opened, visit, wizard, dialog } = walk;
  await wizard.leave();
  await allTabs(walk, 'locked');
  await opened.page.getByRole('switch', { name: 'Enable commissioning mode' }).click();
  await visit('change-ask');
  await dialog.close();
}

async function takenBack({ visit, wizard, dialog }: Walk): Promise<void> {
  await wizard.open();
  await wizard.takeEverythingBack();
  await dialog.waitForPlan();
  await visit('undo-plan');
  await dialog.apply();
  await dialog.end();
  await visit('undo-outcome');
  await dialog.close();
  await wizard.leave();
}

async function failedLockdown(walk: Walk): Promise<void> {
  const { opened, visit, header, wizard, dialog } = walk;
  await header.practise();
  const practice = new PracticeMenu(opened.page);
  await practice.switch('on', 'ends as soon as it is started');
  await practice.leave();
  await wizard.start();
  await showLockdownPlan(walk);
  await wizard.apply();
  await wizard.waitForState('Rotate the service login', 'Failed');
  await opened.page.getByRole('button', { name: 'Stop here' }).waitFor();
  await visit('lockdown-failed');
  await wizard.leave();
  await visit('general-failed');
  await header.practise();
  await practice.switch('off', 'ends as soon as it is started');
  await practice.leave();
  await wizard.card().getByRole('button', { name: 'Undo' }).click();
  await dialog.waitForPlan();
  await dialog.applyAndClose();
}

async function unreachableSite(walk: Walk): Promise<void> {
  const { opened, header } = walk;
  signalSite(opened.stateFolder, 'SIGKILL');
  await header.refresh();
  await opened.page.getByText('Unknown').first().waitFor();
  await allTabs(walk, 'unreachable');
}
