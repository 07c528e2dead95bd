import { expect } from 'vitest';
import type { OpenWindow } from '#tests/e2e/harness/window.ts';
import { Header } from '#tests/e2e/pages/header.ts';
import { Tabs } from '#tests/e2e/pages/tabs.ts';

/** Opens the site that is kept in the library, as a person does, and goes to its Security tab. */
export async function openHarbourOffice({ page }: OpenWindow): Promise<void> {
  const header = new Header(page);
  await header.waitUntilShown();
  await page.getByRole('button', { name: 'Sites …' }).click();
  await page
    .getByRole('button', { name: /^Open.*Harbour office/u })
    .first()
    .click();
  await expect.poll(() => header.text()).toContain('Harbour office');
  await new Tabs(page).open('Security');
}
