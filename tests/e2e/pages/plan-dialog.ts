import type { Locator, Page } from 'playwright-core';

/** The one dialog in which every change is asked for, shown, applied and judged. */
export class PlanDialog {
  readonly #page: Page;
  readonly #dialog: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#dialog = page.getByRole('dialog');
  }

  /** The title of the dialog that is open. */
  async title(): Promise<string> {
    return await this.#dialog.getByRole('heading').first().innerText();
  }

  async isOpen(): Promise<boolean> {
    return (await this.#dialog.count()) > 0;
  }

  async text(): Promise<string> {
    return await this.#dialog.innerText();
  }

  /** Gives the reason, where one is asked for, and waits for the plan. */
  async showPlan(reason: string): Promise<void> {
    await this.#dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await this.#dialog.getByRole('button', { name: 'Show the plan' }).click();
    await this.waitForPlan();
  }

  async waitForPlan(): Promise<void> {
    await this.#dialog.getByRole('button', { name: 'Apply' }).waitFor();
  }

  /** The T-SQL that the plan shows, block by block. */
  async statements(): Promise<readonly string[]> {
    return await this.#dialog.getByRole('group', { name: /^T-SQL/u }).allInnerTexts();
  }

  async apply(): Promise<void> {
    await this.#dialog.getByRole('button', { name: 'Apply' }).click();
  }

  /** Waits until it ended, whichever way, and answers what the dialog says then. */
  async end(): Promise<string> {
    await this.#dialog.getByRole('button', { name: 'Close', exact: true }).waitFor();
    return await this.text();
  }

  async close(): Promise<void> {
    await this.#dialog.getByRole('button', { name: /^(?:Close|Cancel|Put away)$/u }).click();
    await this.waitUntilClosed();
  }

  /** Until the page behind it can be reached again, too. */
  async waitUntilClosed(): Promise<void> {
    await this.#dialog.waitFor({ state: 'detached' });
    await this.#page.getByRole('banner').waitFor();
  }

  /** Applies the plan that is shown and closes the dialog when it has ended; answers what it said. */
  async applyAndClose(): Promise<string> {
    await this.apply();
    const said = await this.end();
    await this.close();
    return said;
  }
}
