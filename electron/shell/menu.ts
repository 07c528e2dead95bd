import { Menu } from 'electron';
import type { BrowserWindow } from 'electron';
import { text } from './text.ts';

/** Text sizes on offer, as factors. Below 100 % nobody at a night-time server needs; above 200 % the page does not fit. */
const sizes = [1, 1.1, 1.25, 1.5, 1.75, 2] as const;

function nextSize(current: number, direction: 1 | -1): number {
  const nearest = sizes.reduce((best, size) => (Math.abs(size - current) < Math.abs(best - current) ? size : best));
  return sizes[sizes.indexOf(nearest) + direction] ?? nearest;
}

/** The menu: what the clipboard needs, and the size of the text. It appears with Alt. */
export function setMenu(window: () => BrowserWindow | undefined): void {
  const resize = (size: (current: number) => number) => () => {
    const contents = window()?.webContents;
    contents?.setZoomFactor(size(contents.getZoomFactor()));
  };
  const larger = resize((current) => nextSize(current, 1));
  const smaller = resize((current) => nextSize(current, -1));
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: text.menu.file, submenu: [{ role: 'quit', label: text.menu.quit }] },
      {
        label: text.menu.edit,
        submenu: [
          { role: 'undo' },
          { role: 'redo' },
          { role: 'cut' },
          { role: 'copy' },
          { role: 'paste' },
          { role: 'selectAll' },
        ],
      },
      {
        label: text.menu.view,
        submenu: [
          { label: text.menu.larger, accelerator: 'CommandOrControl+Plus', click: larger },
          // The same key without Shift, as most keyboards have it.
          {
            label: text.menu.larger,
            accelerator: 'CommandOrControl+=',
            click: larger,
            visible: false,
            acceleratorWorksWhenHidden: true,
          },
          { label: text.menu.smaller, accelerator: 'CommandOrControl+-', click: smaller },
          { label: text.menu.normal, accelerator: 'CommandOrControl+0', click: resize(() => 1) },
        ],
      },
    ]),
  );
}
