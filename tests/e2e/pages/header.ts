import type { Locator, Page } from 'playwright-core';

/** The three states of the site that stand above every screen. */
export interface Pills {
  readonly commissioning: string;
  readonly secureMode: string;
  readonly connection: string;
}

/** The header, as a screen reader meets it: the site's name, its three states, and how fresh they are. */
export class Header {
  readonly #page: Page;
  readonly #banner: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#banner = page.getByRole('banner');
  }

  async waitUntilShown(): Promise<void> {
    await this.#page.getByRole('heading', { level: 1 }).waitFor();
  }

  async text(): Promise<string> {
    return await this.#banner.innerText();
  }

  /** The words of the three states: "On", "In force", "Encrypted, verified". */
  async pills(): Promise<Pills> {
    const items = await this.#banner
      .getByRole('list', { name: 'State of the site' })
      .getByRole('listitem')
      .allInnerTexts();
    const word = (title: string) => items.find((item) => item.startsWith(`${title}:`))?.slice(title.length + 2) ?? '';
    return {
      commissioning: word('Commissioning'),
      secureMode: word('Secure mode'),
      connection: word('Connection'),
    };
  }

  /** Has the site read again and waits until it was. */
  async refresh(): Promise<void> {
    await this.#banner.getByRole('button', { name: 'Refresh' }).click();
    await this.#banner.getByRole('button', { name: 'Refresh' }).waitFor();
  }

  async practise(): Promise<void> {
    await this.#banner.getByRole('button', { name: 'Practise the bad day' }).click();
  }
}
