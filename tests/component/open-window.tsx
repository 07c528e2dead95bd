import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { UserEvent } from '@testing-library/user-event';
import { App } from '#renderer/app.tsx';
import { createSession } from '#renderer/store/session.ts';
import type { Session } from '#renderer/store/session.ts';
import type { FakeMain } from './fake-client.ts';

export interface OpenWindow {
  readonly user: UserEvent;
  readonly session: Session;
  readonly container: HTMLElement;
}

/** Opens Mortise's window on a fake main, and waits until the site is shown. */
export async function openWindow(main: FakeMain): Promise<OpenWindow> {
  const user = userEvent.setup();
  const session = createSession(main.client);
  const { container } = render(<App session={session} />);
  await screen.findByRole('heading', { level: 1 });
  return { user, session, container };
}

/** Opens it in one of its tabs. */
export async function openTab(main: FakeMain, tab: 'General' | 'Database' | 'Security'): Promise<OpenWindow> {
  const opened = await openWindow(main);
  await opened.user.click(screen.getByRole('tab', { name: new RegExp(`^${tab}`, 'u') }));
  return opened;
}
