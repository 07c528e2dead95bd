import type { Page } from 'playwright-core';

interface Shot {
  readonly scene: string;
  /** What is done before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
}

const click = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const tab = (name: string) => (page: Page) => page.getByRole('tab', { name }).click();

async function switchOff(page: Page): Promise<void> {
  await page.getByRole('switch', { name: 'Enable commissioning mode' }).click();
  await page.getByLabel('Reason').fill('Handover to the customer');
  await click(page, 'Show the plan');
  await page.getByRole('button', { name: /Apply|Try again/u }).waitFor();
}

async function lockdownPlan(page: Page): Promise<void> {
  await click(page, 'Start the guided lockdown');
  await page.getByLabel('Your name').fill('Ines Okafor');
  await page.getByLabel('Reason').fill('Handover, order 4711');
  await click(page, 'Show the plan');
  await page.getByRole('button', { name: 'Lock the site down' }).waitFor();
}

const library = (page: Page) => click(page, 'Sites …');

/** The report, read as Mortise's own login. */
async function assess(page: Page): Promise<void> {
  await click(page, 'Assess this site');
  await page.getByRole('radio', { name: /Mortise’s own login/u }).waitFor();
  await click(page, 'Assess this site');
  await page.getByText('What next').waitFor();
}

const part = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Parts of the assistant' }).getByRole('button', { name }).click();

async function assistantStart(page: Page): Promise<void> {
  await library(page);
  await click(page, 'New site');
  await page.getByRole('radio', { name: /^Net2/u }).check();
  await page.getByLabel('Name of the site').fill('Harbour Office');
}

async function assistantServer(page: Page): Promise<void> {
  await assistantStart(page);
  await click(page, 'Next');
  await page.getByLabel('Host').fill('localhost');
  await click(page, 'Look at the server');
  await page.getByRole('heading', { name: 'What the server shows' }).waitFor();
  await page.getByRole('radio', { name: /^Encrypted, not verified/u }).check();
}

async function assistantDatabase(page: Page): Promise<void> {
  await assistantServer(page);
  await click(page, 'Next');
  await page.getByLabel('Setup login').fill('sa');
  await page.getByLabel('Setup password').fill('not kept');
  await click(page, 'Read the databases');
  await page.getByText(/look like a controller table/u).waitFor();
}

async function assistantTable(page: Page): Promise<void> {
  await assistantDatabase(page);
  await click(page, 'Next');
  await page.getByRole('radio', { name: /^dbo\.ACU, 24 rows/u }).check();
}

async function rotationChoice(page: Page): Promise<void> {
  await tab('Security')(page);
  await click(page, 'Rotate several');
  await page.getByRole('checkbox', { name: /^mortise_run/u }).check();
}

async function rotationPlan(page: Page): Promise<void> {
  await rotationChoice(page);
  await click(page, 'Show the plan');
  await page.getByRole('button', { name: 'Rotate these 2 logins' }).waitFor();
}

async function rotate(page: Page): Promise<void> {
  await rotationPlan(page);
  await click(page, 'Rotate these 2 logins');
}

const menu = (name: string, item: RegExp) => async (page: Page) => {
  await tab('Security')(page);
  await click(page, name);
  await page.getByRole('menuitem', { name: item }).click();
};

/** Every picture of the gallery by its name. */
export const shots: Readonly<Record<string, Shot>> = {
  'general-open': { scene: 'open' },
  'general-locked': { scene: 'locked' },
  'general-drifted': { scene: 'drifted' },
  'general-unreachable': { scene: 'unreachable' },
  'general-large': { scene: 'large' },
  'general-unprepared': { scene: 'unprepared' },
  'general-interrupted': { scene: 'interrupted' },
  'general-running': { scene: 'running' },
  'general-finished': { scene: 'finished' },
  database: { scene: 'open', act: tab('Database') },
  'database-locked': { scene: 'locked', act: tab('Database') },
  security: { scene: 'open', act: tab('Security') },
  'security-locked': { scene: 'locked', act: tab('Security') },
  'security-unreachable': { scene: 'unreachable', act: tab('Security') },
  'security-drifted': {
    scene: 'secure-mode-drifted',
    act: async (page) => {
      await tab('Security')(page);
      await click(page, 'Show what to run on another machine');
      await page.getByText('On a machine that has Mortise').waitFor();
    },
  },
  'change-ask': {
    scene: 'locked',
    act: async (page) => {
      await page.getByRole('switch', { name: 'Enable commissioning mode' }).click();
      await page.getByLabel('Locks again by itself at').fill('18:30');
    },
  },
  'change-plan': { scene: 'open', act: switchOff },
  'change-outcome': {
    scene: 'open',
    act: async (page) => {
      await switchOff(page);
      await click(page, 'Apply');
      await page.getByText('It is done and proved', { exact: true }).waitFor();
    },
  },
  'change-refused': { scene: 'refused', act: switchOff },
  'rotation-plan': {
    scene: 'open',
    act: async (page) => {
      await tab('Security')(page);
      await click(page, 'Rotate the password of acs_service');
      await page.getByRole('button', { name: 'Apply' }).waitFor();
    },
  },
  'rotation-open': { scene: 'rotation-open', act: tab('Security') },
  'rotation-menu': {
    scene: 'open',
    act: async (page) => {
      await tab('Security')(page);
      await click(page, 'More for acs_service');
    },
  },
  'rotation-choice': { scene: 'open', act: rotationChoice },
  'rotation-several': { scene: 'open', act: rotationPlan },
  'rotation-running': {
    scene: 'rotation-running',
    act: async (page) => {
      await rotate(page);
      await page.evaluate(() => window.fakeMain.push('progress', window.rotationProgress(['done', 'running'])));
      await page.getByRole('button', { name: 'Stop at the next safe point' }).waitFor();
    },
  },
  'rotation-outcome': {
    scene: 'open',
    act: async (page) => {
      await rotate(page);
      await page.getByText('What was proved').waitFor();
    },
  },
  'rotation-failed': {
    scene: 'rotation-failed',
    act: async (page) => {
      await rotationPlan(page);
      await click(page, 'Rotate these 2 logins');
      await page.getByText('Not everything was rotated').waitFor();
      await page.evaluate(() => window.fakeMain.push('progress', window.rotationProgress(['done', 'failed'])));
      await page.getByRole('heading', { name: 'mortise_run' }).waitFor();
    },
  },
  'rotation-verified': {
    scene: 'differing',
    act: async (page) => {
      await tab('Security')(page);
      await click(page, 'Verify the password of acs_service');
      await page.getByRole('button', { name: 'Bring into line' }).scrollIntoViewIfNeeded();
    },
  },
  'rotation-adopt': { scene: 'open', act: menu('More for acs_service', /Enter its password/u) },
  'rotation-own': { scene: 'open', act: menu('More for passwords', /Change my own password/u) },
  'kit-export': { scene: 'open', act: menu('More for passwords', /Save a recovery kit/u) },
  'kit-import': {
    scene: 'open',
    act: async (page) => {
      await menu('More for passwords', /Take a recovery kit in/u)(page);
      await click(page, 'Choose the file …');
    },
  },
  'setup-ask': {
    scene: 'real',
    act: async (page) => {
      await tab('Database')(page);
      await click(page, 'Remove the objects');
    },
  },
  'lockdown-ask': { scene: 'open', act: (page) => click(page, 'Start the guided lockdown') },
  'lockdown-plan': { scene: 'open', act: lockdownPlan },
  'lockdown-run': { scene: 'running', act: (page) => click(page, 'Open the lockdown') },
  'lockdown-failed': { scene: 'failed', act: (page) => click(page, 'Open the lockdown') },
  'lockdown-outcome': { scene: 'finished', act: (page) => click(page, 'Open the lockdown') },
  'first-visit': { scene: 'first-visit' },
  'first-visit-unreachable': { scene: 'first-visit-unreachable' },
  rehearsing: { scene: 'rehearsing' },
  'rehearsal-over': { scene: 'rehearsal-over' },
  upgrading: { scene: 'upgrading' },
  'locked-by-time': { scene: 'locked-by-time' },
  'half-prepared': { scene: 'half-prepared' },
  'database-first-visit': { scene: 'first-visit', act: tab('Database') },
  'database-upgrading': { scene: 'upgrading', act: tab('Database') },
  'assessment-ask': {
    scene: 'first-visit-unreachable',
    act: (page) => click(page, 'Assess this site'),
  },
  'assessment-failed': {
    scene: 'first-visit-unreachable',
    act: async (page) => {
      await click(page, 'Assess this site');
      await page.getByLabel('Setup login').fill('sa');
      await page.getByLabel('Setup password').fill('not kept');
      await click(page, 'Assess this site');
      await page.getByText('The report could not be made').waitFor();
    },
  },
  'assessment-report': { scene: 'first-visit', act: assess },
  'assessment-ready': { scene: 'first-visit-ready', act: assess },
  sites: { scene: 'open', act: library },
  'sites-compared': {
    scene: 'open',
    act: async (page) => {
      await library(page);
      await page.getByRole('button', { name: 'Compare', exact: true }).click();
      await page.getByText('GATE-SRV').waitFor();
      await page.getByText('GATE-SRV').scrollIntoViewIfNeeded();
    },
  },
  'sites-empty': { scene: 'only-training', act: library },
  'assistant-start': { scene: 'open', act: assistantStart },
  'assistant-server': { scene: 'open', act: assistantServer },
  'assistant-database': { scene: 'open', act: assistantDatabase },
  'assistant-table': { scene: 'open', act: assistantTable },
  'assistant-logins': {
    scene: 'open',
    act: async (page) => {
      await assistantTable(page);
      await click(page, 'Next');
    },
  },
  'assistant-faults': {
    scene: 'open',
    act: async (page) => {
      await assistantStart(page);
      await part(page, 'Server');
      await part(page, 'Review');
      await page.getByText(/not right yet/u).waitFor();
    },
  },
  'assistant-review': {
    scene: 'open',
    act: async (page) => {
      await assistantTable(page);
      await part(page, 'Review');
      await page.getByText('The profile is whole.').waitFor();
    },
  },
  'assistant-leave-ask': {
    scene: 'open',
    act: async (page) => {
      await assistantStart(page);
      await page.keyboard.press('Escape');
    },
  },
  practice: { scene: 'open', act: (page) => click(page, 'Practise the bad day') },
};

interface Look {
  readonly width: number;
  readonly height: number;
  /** Text size as the window's zoom sets it: 2 halves the room there is. */
  readonly zoom: number;
  readonly colours: 'light' | 'dark';
  readonly forced: boolean;
}

const usual: Look = { width: 1024, height: 768, zoom: 1, colours: 'light', forced: false };

/** In which looks the pictures are taken. */
export const looks: Readonly<Record<string, Look>> = {
  light: usual,
  dark: { ...usual, colours: 'dark' },
  // The smallest window at twice the text.
  zoomed: { ...usual, width: 900, height: 640, zoom: 2 },
  forced: { ...usual, forced: true, colours: 'dark' },
};
