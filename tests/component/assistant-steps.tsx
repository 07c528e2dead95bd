import { screen, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { FakeMain } from './fake-client.ts';
import { openWindow } from './open-window.tsx';

export const password = 'Sw0rdfish! 23:00';
export const button = (name: string | RegExp) => screen.findByRole('button', { name });
export const radio = (name: RegExp) => screen.findByRole<HTMLInputElement>('radio', { name });
export const part = async (user: UserEvent, name: string) => {
  const track = within(screen.getByRole('list', { name: 'Parts of the assistant' }));
  await user.click(track.getByRole('button', { name }));
};

export async function openAssistant(main = new FakeMain()) {
  const opened = await openWindow(main);
  await opened.user.click(await button('Sites …'));
  await opened.user.click(await button('New site'));
  await screen.findByRole('heading', { level: 1, name: 'New site' });
  return { ...opened, main };
}

/** As far as the server: template, name, host, looked at, trust chosen. */
export async function chooseServer(user: UserEvent) {
  await user.click(await radio(/^Net2/u));
  await user.type(screen.getByLabelText(/Name of the site/u), 'Harbour Office');
  await user.click(await button('Next'));
  await user.type(screen.getByLabelText(/^Host/u), 'localhost');
  await user.click(await button('Look at the server'));
  await screen.findByRole('region', { name: 'What the server shows' });
  await user.click(await radio(/^Encrypted, not verified/u));
}

export async function readDatabases(user: UserEvent) {
  await user.click(await button('Next'));
  await user.type(screen.getByLabelText(/Setup login/u), 'sa');
  await user.type(screen.getByLabelText(/Setup password/u), password);
  await user.click(await button('Read the databases'));
  await radio(/^Net2 ?ONLINE/u);
}

/** As far as the controller table, which is chosen. */
export async function chooseTable(user: UserEvent) {
  await chooseServer(user);
  await readDatabases(user);
  await user.click(await radio(/^Net2 ?ONLINE/u));
  await screen.findByText(/look like a controller table/u);
  await user.click(await button('Next'));
  await user.click(await radio(/^dbo\.ACU, 24 rows/u));
}
