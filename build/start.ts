import path from 'node:path';
import { build } from './start/built.ts';
import { findDisplay } from './start/display.ts';
import { launchPreview, launchWindow } from './start/launch.ts';
import { findRuntime } from './start/runtime.ts';

// npm start: the window where it can be had, else the same page in a browser, with the reason in one sentence.
// Options: --preview (the browser anyway), and those of the window and the preview (--training-port=N and so on).

const root = path.join(import.meta.dirname, '..');
const given = process.argv.slice(2);
const wantsPreview = given.includes('--preview');
const args = given.filter((argument) => argument !== '--preview');

const say = (line: string) => {
  console.log(line);
};

/** What the window needs, or why it cannot be opened. */
async function findWindow() {
  if (wantsPreview) return { why: 'you asked for it' };
  const display = await findDisplay(process.platform, process.env);
  if (!display.present) return { why: display.why };
  const runtime = await findRuntime(root, process.env, say);
  return runtime.found
    ? { executable: runtime.executable, wayland: display.protocol === 'wayland' }
    : { why: runtime.why };
}

async function preview(why: string): Promise<number> {
  say(`Mortise opens as a preview in the browser: ${why}.`);
  // The preview knows nothing but the training site, so it needs not be told.
  return (await built)
    ? launchPreview(
        root,
        args.filter((argument) => argument !== '--training'),
      )
    : 1;
}

async function start(): Promise<number> {
  const found = await findWindow();
  if ('why' in found) return preview(found.why);
  if (!(await built)) return 1;
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (asRoot) say("Started as root, so Chromium's sandbox is off (--no-sandbox). Start it as yourself to have it on.");
  const ended = await launchWindow({ root, ...found, asRoot, args });
  return ended.how === 'exit' ? ended.code : preview(ended.why);
}

// The build and the search for a window do not need each other.
const built = build(root);
// A name that cannot be resolved would hold the process open for seconds after all is done.
process.exit(await start());
