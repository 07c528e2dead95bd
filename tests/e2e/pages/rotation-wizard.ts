import type { Locator, Page } from 'playwright-core';

/** The parts of the wizard's screen. */
export type RotationPart = 'Logins' | 'The plan' | 'Progress' | 'Result';

/** What the screen says of one claim. */
export interface ShownClaim {
  readonly verdict: string;
  readonly claim: string;
}

/** The wizard in which passwords are rotated: logins, plan, progress, result. */
export class RotationWizard {
  readonly #main: Locator;

  constructor(page: Page) {
    this.#main = page.getByRole('main');
  }

  /** From the Security tab. */
  async open(): Promise<void> {
    await this.#main.getByRole('button', { name: 'Rotate several' }).click();
    await this.waitForPart('Logins');
  }

  async waitForPart(part: RotationPart): Promise<void> {
    await this.#main
      .getByRole('list', { name: 'Parts of the rotation' })
      .locator('[aria-current=step]', { hasText: part })
      .waitFor();
  }

  login(name: string): Locator {
    return this.#main.getByRole('checkbox', { name: new RegExp(`^${name}`, 'u') });
  }

  async showPlan(): Promise<void> {
    await this.#main.getByRole('button', { name: 'Show the plan' }).click();
    await this.rotateButton().waitFor();
  }

  rotateButton(): Locator {
    return this.#main.getByRole('button', { name: /^Rotate (?:this login|these \d+ logins)$/u });
  }

  /** What the plan shows of one kind: statements, changes of files. */
  async planned(kind: 'T-SQL' | 'File'): Promise<readonly string[]> {
    return await this.#main.getByRole('group', { name: new RegExp(`^${kind} `, 'u') }).allInnerTexts();
  }

  async text(): Promise<string> {
    return await this.#main.innerText();
  }

  /** The states of one login's steps in words, in order. */
  async states(login: string): Promise<readonly string[]> {
    const steps = this.#main.getByRole('list', { name: `Steps for ${login}` }).locator('> li');
    return await steps.evaluateAll((all) => all.map((step) => step.getAttribute('data-state') ?? ''));
  }

  async claims(): Promise<readonly ShownClaim[]> {
    const items = this.#main.getByRole('list', { name: 'What was proved' }).locator('> li');
    return await items.evaluateAll((claims) =>
      claims.map((claim) => ({
        verdict: claim.querySelector('span')?.textContent ?? '',
        claim: claim.querySelector('p')?.textContent ?? '',
      })),
    );
  }

  async leave(): Promise<void> {
    await this.#main.getByRole('button', { name: 'Back to the Security tab' }).first().click();
  }
}
