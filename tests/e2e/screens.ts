import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setup } from './harness/global-setup.ts';
import { setLook, usual } from './harness/look.ts';
import type { Look } from './harness/look.ts';
import { root } from './harness/root.ts';
import { openWindow } from './harness/window.ts';
import type { OpenWindow } from './harness/window.ts';
import { screens, tour } from './tour.ts';
import type { ScreenName } from './tour.ts';

/**
 * Takes the pictures of docs/screens from the real window on the training site.
 *
 *   npm run screens [-- FOLDER]
 *
 * `<screen>-<light|dark>.png` is 1100x800, as the window opens; `-light-1024` the same at 1024x768; the tabs also in
 * forced colours and with text of 200 %.
 */
const folder = path.resolve(process.argv[2] ?? path.join(root, 'docs/screens'));

const small = { width: 1024, height: 768 } as const;
const looks: Readonly<Record<string, Look>> = {
  light: usual,
  dark: { ...usual, colours: 'dark' },
  'light-1024': { ...usual, ...small },
};
const looksOfTabs: Readonly<Record<string, Look>> = {
  forced: { ...usual, colours: 'dark', forced: true },
  'zoomed-1024': { ...usual, ...small, zoom: 2 },
};
const isTab = (screen: ScreenName) => /^(?:general|database|security)-(?:open|locked)$/u.test(screen);

/** Bytes that a picture should not exceed, so that a clone stays small. */
const mostBytes = 160_000;

/** The window as it is: the page's own screenshot knows nothing of the size of the text. */
async function photograph({ app }: OpenWindow): Promise<Buffer> {
  const png = await app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.toPNG().toString('base64') ?? '';
  });
  return Buffer.from(png, 'base64');
}

const end = await setup();
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const opened = await openWindow();
let taken = 0;
try {
  await tour(opened, async (screen) => {
    for (const [name, look] of Object.entries({ ...looks, ...(isTab(screen) ? looksOfTabs : {}) })) {
      await setLook(opened, look);
      const file = path.join(folder, `${screen}-${name}.png`);
      const picture = await photograph(opened);
      await writeFile(file, picture);
      if (picture.length > mostBytes) console.log(`${file} is large: ${picture.length} bytes`);
      taken += 1;
    }
    await setLook(opened, usual);
  });
} finally {
  await opened.close();
  end();
}
console.log(`${taken} pictures of ${screens.length} screens in ${folder}`);
