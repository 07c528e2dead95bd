import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { DrawnOrNot } from '#renderer/components/drawn-or-not.tsx';
import { SessionProvider } from '#renderer/components/session-context.tsx';
import { createSession } from '#renderer/store/session.ts';
import { en } from '#renderer/text/en.ts';
import { FakeMain } from './fake-client.ts';

describe('a screen with a defect', () => {
  it('says that it could not be drawn, and draws again when asked', async () => {
    // React reports what was caught; here it is expected.
    const report = vi.spyOn(console, 'error').mockReturnValue();
    let broken = true;
    const Part = () => {
      if (broken) throw new Error('a defect');
      return <p>All is well</p>;
    };
    render(
      <SessionProvider session={createSession(new FakeMain().client)} text={en}>
        <DrawnOrNot>
          <Part />
        </DrawnOrNot>
      </SessionProvider>,
    );
    expect(screen.getByRole('alert').textContent).toContain('What was in force stays in force');
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Draw again' }));
    expect(screen.getByText('All is well')).toBeTruthy();
    report.mockRestore();
  });
});
