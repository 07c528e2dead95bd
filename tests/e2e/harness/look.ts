import type { OpenWindow } from './window.ts';

/** How a person has set up screen and system. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly colours: 'light' | 'dark';
  /** Colours that the system forces, as Windows does in its high-contrast themes. */
  readonly forced: boolean;
  /** Size of the text as the window's menu sets it: 2 is 200 %. */
  readonly zoom: number;
}

export const usual: Look = { width: 1100, height: 800, colours: 'light', forced: false, zoom: 1 };

/** Gives the window this look and waits until the page has followed. */
export async function setLook({ app, page }: OpenWindow, look: Look): Promise<void> {
  await page.emulateMedia({
    colorScheme: look.colours,
    forcedColors: look.forced ? 'active' : 'none',
    reducedMotion: 'reduce',
  });
  await app.evaluate(
    ({ BrowserWindow }, { width, height, zoom }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setContentSize(width, height);
      window?.webContents.setZoomFactor(zoom);
    },
    { width: look.width, height: look.height, zoom: look.zoom },
  );
  const wanted = Math.round(look.width / look.zoom);
  await page.waitForFunction((width) => Math.abs(innerWidth - width) <= 1, wanted);
  // Fluent moves and fades things for up to 300 ms.
  await page.waitForTimeout(350);
}
