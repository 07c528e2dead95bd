import { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow, MessageBoxOptions, OpenDialogOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { askBeforeClosing } from '#electron/shell/close.ts';
import { consentDialog } from '#electron/shell/consent-dialog.ts';
import { openDialog } from '#electron/shell/open-dialog.ts';
import { codeOf, valueOf } from '#tests/unit/shared/result-of.ts';

const asked: MessageBoxOptions[] = [];
/** Which button the person presses, by its words; none of them closes the dialog. */
let press = '';

/** Which file the person chooses; undefined cancels. */
let chosen: string | undefined;

vi.mock('electron', () => ({
  dialog: {
    showOpenDialog: async (_window: unknown, options: OpenDialogOptions) => {
      expect(options.properties).toEqual(['openFile']);
      return { canceled: chosen === undefined, filePaths: chosen === undefined ? [] : [chosen] };
    },
    showMessageBox: async (_window: unknown, options: MessageBoxOptions) => {
      asked.push(options);
      const button = options.buttons?.indexOf(press) ?? -1;
      return { response: button < 0 ? options.cancelId : button, checkboxChecked: false };
    },
  },
}));

class FakeWindow extends EventEmitter {
  destroyed = false;
  isDestroyed() {
    return this.destroyed;
  }
  destroy() {
    this.destroyed = true;
  }
  /** What Electron does when somebody closes the window; true where the window stays. */
  pressClose(): boolean {
    let stays = false;
    this.emit('close', { preventDefault: () => (stays = true) });
    return stays;
  }
}

const asWindow = (fake: FakeWindow) => fake as unknown as BrowserWindow;

beforeEach(() => {
  asked.length = 0;
  press = '';
});

describe('The consent dialog', () => {
  const question = {
    title: 'Switch secure mode off',
    sentence: 'Other machines reach the server.',
    confirm: 'Switch off',
  };

  it('cancels by Enter, by Escape and when it is closed', async () => {
    const consent = consentDialog(() => asWindow(new FakeWindow()));
    expect(await consent.ask(question)).toBe(false);
    const [options] = asked;
    expect(options?.type).toBe('warning');
    expect(options?.buttons?.[options.defaultId ?? -1]).toBe('Cancel');
    expect(options?.buttons?.[options.cancelId ?? -1]).toBe('Cancel');
    expect(options?.message).toBe(question.title);
    expect(options?.detail).toBe(question.sentence);
  });

  it('agrees only by the button that names what will be done', async () => {
    press = question.confirm;
    expect(await consentDialog(() => asWindow(new FakeWindow())).ask(question)).toBe(true);
  });

  it('is a no where there is no window to ask in', async () => {
    press = question.confirm;
    const gone = new FakeWindow();
    gone.destroy();
    expect(await consentDialog(() => undefined).ask(question)).toBe(false);
    expect(await consentDialog(() => asWindow(gone)).ask(question)).toBe(false);
    expect(asked).toEqual([]);
  });
});

function openWindow({ busy }: { readonly busy: boolean }) {
  const window = new FakeWindow();
  const put: string[] = [];
  const reachSafePoint = { now: () => undefined as void };
  const site = {
    isBusy: () => busy,
    close: () =>
      new Promise<void>((resolve) => {
        put.push('asked to end');
        reachSafePoint.now = resolve;
      }),
  };
  askBeforeClosing(asWindow(window), () => site);
  return { window, put, reachSafePoint };
}

describe('Closing the window', () => {
  it('asks while an operation runs, and stays open by default', async () => {
    const { window, put } = openWindow({ busy: true });
    expect(window.pressClose()).toBe(true);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]?.buttons?.[asked[0].defaultId ?? -1]).toBe('Keep open');
    expect(put).toEqual([]);
    expect(window.destroyed).toBe(false);
    // It asks again the next time.
    await vi.waitFor(() => {
      window.pressClose();
      expect(asked).toHaveLength(2);
    });
  });

  it('after a yes waits for the safe point before the window goes', async () => {
    press = 'Stop and close';
    const { window, put, reachSafePoint } = openWindow({ busy: true });
    window.pressClose();
    await vi.waitFor(() => expect(put).toEqual(['asked to end']));
    expect(window.destroyed).toBe(false);
    // Pressing close again meanwhile neither asks nor ends it early.
    expect(window.pressClose()).toBe(true);
    reachSafePoint.now();
    await vi.waitFor(() => expect(window.destroyed).toBe(true));
    expect(asked).toHaveLength(1);
    expect(put).toHaveLength(1);
  });

  it('does not ask when nothing runs, and puts the site away all the same', async () => {
    const { window, put, reachSafePoint } = openWindow({ busy: false });
    window.pressClose();
    await vi.waitFor(() => expect(put).toEqual(['asked to end']));
    reachSafePoint.now();
    await vi.waitFor(() => expect(window.destroyed).toBe(true));
    expect(asked).toEqual([]);
  });

  it('lets a window go whose site was never opened', () => {
    const window = new FakeWindow();
    askBeforeClosing(asWindow(window), () => undefined);
    expect(window.pressClose()).toBe(false);
  });
});

const choose = async () => await openDialog(() => asWindow(new FakeWindow())).choose('profile');

describe('The dialog that opens a profile', () => {
  it('answers the bytes of the file that was chosen, and never more than a profile has', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mortise-open-'));
    try {
      chosen = join(folder, 'a.json');
      await writeFile(chosen, '{}');
      expect(valueOf(await choose())).toEqual({ path: chosen, bytes: new TextEncoder().encode('{}') });
      await writeFile(chosen, Buffer.alloc(10_000_000));
      expect(valueOf(await choose())?.bytes.length).toBe(256 * 1024 + 1);
      chosen = folder;
      expect(codeOf(await choose())).toBe('file-unreadable');
      chosen = '/dev/zero';
      expect(codeOf(await choose())).toBe('file-unreadable');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('answers nothing when it is cancelled, or where there is no window', async () => {
    chosen = undefined;
    expect(valueOf(await choose())).toBeNull();
    chosen = '/etc/hostname';
    expect(valueOf(await openDialog(() => undefined).choose('profile'))).toBeNull();
  });
});
