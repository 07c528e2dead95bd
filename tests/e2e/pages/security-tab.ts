import type { Locator, Page } from 'playwright-core';

/** The tab Security: secure mode with its proof, the credentials, the trail. */
export class SecurityTab {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  section(name: string): Locator {
    return this.#page.getByRole('region', { name, exact: true });
  }

  /** Each row of the table of logins as one text. */
  async logins(): Promise<readonly string[]> {
    const table = this.#page.getByRole('table', { name: 'Logins of this site' });
    return (await table.getByRole('row').allInnerTexts()).slice(1);
  }

  async rules(): Promise<readonly string[]> {
    return await this.#page.getByRole('list', { name: 'Rules in force' }).getByRole('listitem').allInnerTexts();
  }

  /** Has the other machine try every listener; answers what stands there then. */
  async probe(): Promise<string> {
    const section = this.section('Proof from the other machine');
    await section.getByRole('button', { name: 'Probe from the other machine' }).click();
    await section.getByText('Did not get through').waitFor();
    return await section.innerText();
  }

  /** Has the trail verified and answers the verdict. */
  async verifyTrail(): Promise<string> {
    const section = this.section('Trail');
    await section.getByRole('button', { name: 'Verify the trail' }).click();
    const verdict = section.getByText(/^The trail (?:holds|does not hold)/u);
    await verdict.waitFor();
    return await verdict.innerText();
  }

  async rotate(login: string): Promise<void> {
    await this.#page.getByRole('button', { name: `Rotate the password of ${login}` }).click();
  }

  /** Has main look where the passwords of a login are; answers what stands there then. */
  async verify(login: string): Promise<string> {
    const panel = this.section(`Where the passwords of ${login} are`);
    await this.#page.getByRole('button', { name: `Verify the password of ${login}` }).click();
    await panel.getByRole('button', { name: 'Verify again' }).waitFor();
    return await panel.innerText();
  }
}
