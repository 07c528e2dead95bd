import type { Locator, Page } from 'playwright-core';

/** The table of controllers in the General tab. */
export class ControllersTable {
  readonly #section: Locator;

  constructor(page: Page) {
    this.#section = page.getByRole('region', { name: 'Controllers', exact: true });
  }

  /** How many of a kind the counts above the table say; 0 where the kind is not mentioned. */
  async count(kind: 'Total' | 'Bound' | 'New' | 'Changed' | 'Missing' | 'Asleep' | 'Unsupported'): Promise<number> {
    const terms = await this.#section.locator('dt').allInnerTexts();
    const place = terms.indexOf(kind);
    return place === -1 ? 0 : Number(await this.#section.locator('dd').nth(place).innerText());
  }

  /** The rows as a reader hears them, without the head. */
  async rows(): Promise<readonly string[]> {
    const table = this.#section.getByRole('table', { name: 'Controllers of this site' });
    return (await table.getByRole('row').allInnerTexts()).slice(1);
  }

  async filter(words: string): Promise<void> {
    await this.#section.getByRole('searchbox', { name: 'Filter controllers' }).fill(words);
  }
}
