import { join, resolve } from 'node:path';
import { compose } from '#electron/compose.ts';
import { noChooser } from '#electron/machine/consent.ts';
import { defaultStateFolder } from '#electron/machine/default-paths.ts';
import { openStateFolder } from '#electron/machine/state-folder.ts';
import { Sites } from '#electron/operations/sites/sites.ts';
import { inProcessClient } from '#electron/server/in-process-client.ts';
import { siteFilesIn } from '#electron/site/profile/site-files.ts';
import { SiteLibrary } from '#electron/site/profile/site-library.ts';
import { changesSite, readCommandLine } from './arguments.ts';
import type { CommandLine } from './arguments.ts';
import { probeCommand } from './commands/probe.ts';
import { profileCommand } from './commands/profile.ts';
import type { LibraryQuestion } from './commands/profile.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { help } from './help.ts';
import { printFailure } from './print.ts';
import { changesLibrary } from './profile-arguments.ts';
import { runCommand } from './run-command.ts';
import { passwordAsker, setupPasswordSource } from './setup-password.ts';
import { terminalPerson } from './terminal-person.ts';
import { largestAnswer } from '#electron/probe/answer-block.ts';
import { largestKit } from '#electron/secrets/recovery-kit.ts';
import { askOnTerminal, currentFolderSaver, namedFileChooser, namedFileSaver, terminalConsent } from './terminal.ts';

// The third door to the same contract: understand, compose, ask through the server, answer with an exit code.

const output = {
  out: (text: string) => process.stdout.write(text),
  err: (text: string) => process.stderr.write(text),
};

async function main(): Promise<ExitCode> {
  // Before anything is started.
  const askSecret = passwordAsker();
  const askSetupPassword = setupPasswordSource(process.env, askSecret);
  const read = readCommandLine(process.argv.slice(2));
  if (!read.ok) {
    output.err(`${read.sentence}\n"mortise help" lists the commands and options.\n`);
    return exitCodes.usage;
  }
  const { line } = read;
  if (line.command.name === 'help') {
    output.out(help);
    return exitCodes.done;
  }
  // For a machine that has nothing of a site.
  if (line.command.name === 'probe') return await probeCommand(line.command, line.json, output);
  if (line.command.name === 'profile' && !changesLibrary(line.command)) return await askLibrary(line.command, line);
  const composed = await compose({
    consent: terminalConsent(line.yes),
    person: terminalPerson(),
    saver: line.command.name === 'kit' ? namedFileSaver(line.command.file) : currentFolderSaver,
    ...(line.command.name === 'kit' ? { chooser: namedFileChooser(line.command.file, largestKit) } : {}),
    ...(line.command.name === 'secure-mode' && line.command.to === 'take-probe'
      ? { chooser: namedFileChooser(line.command.file, largestAnswer) }
      : {}),
    ...(line.command.name === 'consumers' ? { searchPlaces: line.command.places.map((place) => resolve(place)) } : {}),
    ...(line.stateFolder === undefined ? {} : { stateFolder: line.stateFolder }),
    ...(line.profile === undefined ? {} : { profilePath: line.profile }),
    ...(line.site === undefined ? {} : { siteId: line.site }),
    training: line.port === undefined ? {} : { port: line.port },
    log: (text) => output.err(`${text}\n`),
  });
  if (!composed.ok) {
    printFailure(composed.error, { json: line.json, plan: changesSite(line.command) ? null : undefined }, output);
    return exitCodeOf(composed.error.code);
  }
  const composition = composed.value;
  const client = inProcessClient(composition, (text) =>
    output.err(`${text}
`),
  );
  try {
    return await runCommand(line, {
      client,
      output,
      ask: askOnTerminal,
      askPassword: askSetupPassword,
      askSecret,
      typed: process.stdin.isTTY,
    });
  } finally {
    await composition.close();
  }
}

/** What needs no site opens none: on a server no training site starts for it. */
async function askLibrary(command: LibraryQuestion, line: CommandLine): Promise<ExitCode> {
  const folder = await openStateFolder(line.stateFolder ?? defaultStateFolder(), { create: true });
  if (!folder.ok) {
    printFailure(folder.error, { json: line.json }, output);
    return exitCodeOf(folder.error.code);
  }
  const library = new SiteLibrary(siteFilesIn(join(folder.value, 'sites')));
  const sites = new Sites({
    library,
    saver: currentFolderSaver,
    chooser: noChooser,
    openSite: undefined,
    siteId: null,
  });
  return await profileCommand(command, { sites, library }, line.json, output);
}

process.exitCode = await main();
