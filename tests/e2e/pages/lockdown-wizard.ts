import type { Locator, Page } from 'playwright-core';

/** The parts of the guided lockdown's screen. */
export type Stage = 'What will happen' | 'The plan' | 'Progress' | 'Outcome';

/** What the screen says of one claim. */
export interface ShownClaim {
  readonly verdict: string;
  readonly claim: string;
}

/** One step with its state in words: "2. Rotate the service login", "Done". */
export interface ShownStep {
  readonly title: string;
  readonly state: string;
}

/** The guided lockdown: its card in the General tab and its own screen. */
export class LockdownWizard {
  readonly #page: Page;
  readonly #main: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#main = page.getByRole('main');
  }

  /** The card in the General tab. */
  card(): Locator {
    return this.#page.getByRole('region', { name: 'Guided lockdown' });
  }

  async start(): Promise<void> {
    await this.card()
      .getByRole('button', { name: /^Start (?:the guided|another) lockdown$/u })
      .click();
    await this.waitForStage('What will happen');
  }

  async open(): Promise<void> {
    await this.card().getByRole('button', { name: 'Open the lockdown' }).click();
  }

  async leave(): Promise<void> {
    await this.#main.getByRole('button', { name: 'Back to the tabs' }).click();
  }

  async waitForStage(stage: Stage): Promise<void> {
    await this.#main
      .getByRole('list', { name: 'Parts of the guided lockdown' })
      .locator('[aria-current=step]', { hasText: stage })
      .waitFor();
  }

  async fill(engineer: string, reason: string): Promise<void> {
    await this.#main.getByRole('textbox', { name: 'Your name' }).fill(engineer);
    await this.#main.getByRole('textbox', { name: 'Reason' }).fill(reason);
  }

  /** The login that is chosen for the rotation. */
  async login(): Promise<string> {
    return await this.#main.getByRole('combobox', { name: 'Login whose password is rotated' }).inputValue();
  }

  async showPlan(): Promise<void> {
    await this.#main.getByRole('button', { name: 'Show the plan' }).click();
    await this.lockButton().waitFor();
  }

  lockButton(): Locator {
    return this.#main.getByRole('button', { name: 'Lock the site down' });
  }

  /** What the plan shows of one kind: statements, changes of files. */
  async planned(kind: 'T-SQL' | 'File'): Promise<readonly string[]> {
    return await this.#main.getByRole('group', { name: new RegExp(`^${kind} `, 'u') }).allInnerTexts();
  }

  async text(): Promise<string> {
    return await this.#main.innerText();
  }

  /** Applies the plan that is shown; the progress follows. */
  async apply(): Promise<void> {
    await this.lockButton().click();
    await this.waitForStage('Progress');
  }

  async steps(): Promise<readonly ShownStep[]> {
    const items = this.#main.getByRole('list', { name: 'Steps of the lockdown' }).locator('> li');
    return await items.evaluateAll((steps) =>
      steps.map((step) => {
        const [title, state] = step.querySelectorAll(':scope > div:last-child > div:first-child > span');
        return { title: title?.textContent ?? '', state: state?.textContent ?? '' };
      }),
    );
  }

  /** The state of the step whose title holds this. Empty while there is no such step. */
  async stateOf(title: string): Promise<string> {
    return (await this.steps()).find((step) => step.title.includes(title))?.state ?? '';
  }

  async waitForState(title: string, state: string): Promise<void> {
    const steps = this.#main.getByRole('list', { name: 'Steps of the lockdown' }).locator('> li');
    const [step, word] = [steps.filter({ hasText: title }), this.#page.getByText(state, { exact: true })];
    await step.filter({ has: word }).first().waitFor();
  }

  /** The claims of the outcome; each step repeats its own further down. */
  async claims(): Promise<readonly ShownClaim[]> {
    const items = this.#main.getByRole('list', { name: 'What was proved' }).first().locator('> li');
    return await items.evaluateAll((claims) =>
      claims.map((claim) => ({
        verdict: claim.querySelector('span')?.textContent ?? '',
        claim: claim.querySelector('p')?.textContent ?? '',
      })),
    );
  }

  /** Saves the summary and answers what the screen says of it. */
  async save(format: 'HTML' | 'JSON'): Promise<string> {
    const summary = this.#main.getByRole('region', { name: 'Summary for the customer' });
    await summary.getByRole('button', { name: `Save as ${format}` }).click();
    const said = summary.getByRole('status').filter({ hasText: `.${format.toLowerCase()}` });
    await said.waitFor();
    return await said.innerText();
  }

  async takeEverythingBack(): Promise<void> {
    await this.#main.getByRole('button', { name: 'Take everything back' }).click();
  }
}
