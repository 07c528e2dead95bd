import type { Locator, Page } from 'playwright-core';

/** The tab Database: connection, database, Mortise's objects, sessions. */
export class DatabaseTab {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  section(name: string): Locator {
    return this.#page.getByRole('region', { name, exact: true });
  }

  prepareButton(): Locator {
    return this.#page.getByRole('button', { name: 'Prepare this site' });
  }

  removeButton(): Locator {
    return this.#page.getByRole('button', { name: 'Remove the objects' });
  }

  /** Why the whole tab is greyed out; empty when it is not. */
  async whyGreyed(): Promise<string> {
    const reason = this.#page.getByRole('tabpanel').getByRole('status').filter({ hasText: 'Reading stays possible' });
    return (await reason.count()) === 0 ? '' : await reason.innerText();
  }

  /** Each row of the table of sessions as one text. */
  async sessions(): Promise<readonly string[]> {
    const table = this.#page.getByRole('table', { name: 'Sessions on this server, grouped by program' });
    return (await table.getByRole('row').allInnerTexts()).slice(1);
  }
}
