import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '#electron/cli/exit-codes.ts';
import { root } from './harness/root.ts';
import { openWindow, ownEnvironment } from './harness/window.ts';
import type { OpenWindow } from './harness/window.ts';
import { Header } from './pages/header.ts';
import { LockdownWizard } from './pages/lockdown-wizard.ts';
import { PracticeMenu } from './pages/practice-menu.ts';

// That a second window brings the first one to the front is held in window.test.ts. Here: another program of Mortise.

let opened: OpenWindow;
let header: Header;
let wizard: LockdownWizard;

beforeAll(async () => {
  opened = await openWindow();
  header = new Header(opened.page);
  wizard = new LockdownWizard(opened.page);
  await header.waitUntilShown();
});
afterAll(async () => {
  // Its rotation would go on to its next safe point first.
  await opened.kill();
  await opened.close();
});

/** The command line on the window's own state folder. */
async function mortise(...args: readonly string[]): Promise<{ readonly code: number | null; readonly told: string }> {
  const { stateFolder } = opened;
  const child = spawn(
    process.execPath,
    [path.join(root, 'electron/cli/mortise.ts'), ...args, '--state', stateFolder, '--yes'],
    { cwd: root, env: ownEnvironment(stateFolder), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let told = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (told += text.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, told };
}

describe('The command line beside an open window', () => {
  it('changes the site while the window only looks, and the window shows it after a refresh', async () => {
    expect(await mortise('prepare')).toMatchObject({ code: exitCodes.done });
    await header.refresh();
    await expect.poll(async () => (await header.pills()).commissioning).toBe('On');
  });

  it('is refused while the window changes the site, and is told who does and since when', async () => {
    // The window waits for the service long enough for the command line to come in between.
    await header.practise();
    const practice = new PracticeMenu(opened.page);
    await practice.switch('on', 'starts, but does not log in');
    await practice.leave();
    await wizard.start();
    await wizard.fill('Ines Okafor', 'Handover, order 4711');
    await wizard.showPlan();
    await wizard.apply();
    const begun = new Date();
    await expect.poll(() => wizard.stateOf('Rotate the service login'), { timeout: 30_000 }).toBe('Running');

    const answer = await mortise('commissioning', 'off', '--reason', 'From the command line');
    expect(answer.code, answer.told).toBe(exitCodes.busy);
    expect(answer.told).toContain(userInfo().username);
    expect(answer.told).toContain(String(begun.getUTCFullYear()));
    expect(await wizard.stateOf('Rotate the service login')).not.toBe('Failed');
  });
});
