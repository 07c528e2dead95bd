import type { Locator, Page } from 'playwright-core';

export type TabName = 'General' | 'Database' | 'Security';
export const tabNames: readonly TabName[] = ['General', 'Database', 'Security'];

/** The three tabs. A greyed-out one has that in its name. */
export class Tabs {
  readonly #list: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.#list = page.getByRole('tablist', { name: 'Areas of the site' });
  }

  async names(): Promise<readonly string[]> {
    return (await this.#list.getByRole('tab').allInnerTexts()).map((name) => name.trim());
  }

  /** The name of the tab that is open. */
  async selected(): Promise<string> {
    return (await this.#list.getByRole('tab', { selected: true }).innerText()).trim();
  }

  async open(name: TabName): Promise<void> {
    await this.#list.getByRole('tab', { name: new RegExp(`^${name}`, 'u') }).click();
    await this.#page.getByRole('tabpanel', { name: new RegExp(`^${name}`, 'u') }).waitFor();
  }
}
