import type { Page } from 'playwright-core';
import { PlanDialog } from './plan-dialog.ts';

/** The training site's menu of bad days. */
export class PracticeMenu {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async waitUntilShown(): Promise<void> {
    await this.#page.getByRole('list', { name: 'Faults that can be practised' }).waitFor();
  }

  /** Switches the fault whose title holds this, through its plan like every change. */
  async switch(to: 'on' | 'off', title: string): Promise<void> {
    await this.waitUntilShown();
    await this.#page.getByRole('button', { name: new RegExp(`^Switch ${to}: .*${title}`, 'u') }).click();
    const dialog = new PlanDialog(this.#page);
    await dialog.waitForPlan();
    await dialog.applyAndClose();
  }

  async leave(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Back to the tabs' }).click();
  }
}
