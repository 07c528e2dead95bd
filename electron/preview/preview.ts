import path from 'node:path';
import { compose } from '#electron/compose.ts';
import { defaultStateFolder } from '#electron/machine/default-paths.ts';
import { openPageFiles } from '#electron/server/page/page-files.ts';
import type { PageFiles } from '#electron/server/page/page-files.ts';
import { folderSaver } from './folder-saver.ts';
import { openBrowser } from './open-browser.ts';
import { startPreviewHost } from './preview-host.ts';
import { readPreviewOptions } from './preview-options.ts';
import { consentWithoutDialog, terminalConsent } from './terminal-consent.ts';
import { text } from './text.ts';

// The development host without Electron: the same page and the same contract in a browser, on the training site only.

const say = (line: string) => {
  console.log(line);
};

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

function builtPage(): PageFiles {
  try {
    return openPageFiles(path.join(import.meta.dirname, '../../out/renderer'));
  } catch {
    return fail(text.notBuilt);
  }
}

const given = readPreviewOptions(process.argv.slice(2));
if (!given.understood) fail(text.unknownArgument(given.refused));
const { options } = given;
const files = builtPage();
const stateFolder = options.stateFolder ?? defaultStateFolder();

const composed = await compose({
  consent: process.stdin.isTTY ? terminalConsent(process.stdin, process.stdout) : consentWithoutDialog(say),
  saver: folderSaver(path.join(stateFolder, 'reports'), say),
  stateFolder,
  trainingOnly: true,
  training: {
    ...(options.trainingPort === undefined ? {} : { port: options.trainingPort }),
    ...(options.controllers === undefined ? {} : { controllers: options.controllers }),
  },
  log: say,
});
if (!composed.ok) fail(`${composed.error.sentence} ${composed.error.next}`);
const composition = composed.value;

const host = await startPreviewHost({
  composition,
  files,
  log: say,
  onOpened: (nextAddress) => {
    say(text.openAgain(nextAddress));
  },
});
say(text.open(host.address()));
say(text.training);
if (options.browser) openBrowser(host.address());

let ending = false;
async function end(): Promise<void> {
  // A second Ctrl+C does not wait for the operation's next safe point; the journals resume.
  if (ending) process.exit(130);
  ending = true;
  await host.close();
  await composition.close();
  process.exit(0);
}
process.on('SIGINT', () => void end());
process.on('SIGTERM', () => void end());
