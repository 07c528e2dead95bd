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
