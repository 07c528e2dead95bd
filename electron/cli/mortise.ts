import { compose } from '#electron/compose.ts';
import { inProcessClient } from '#electron/server/in-process-client.ts';
import { changesSite, readCommandLine } from './arguments.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { help } from './help.ts';
import { printFailure } from './print.ts';
import { runCommand } from './run-command.ts';
import { askPassword } from './setup-password.ts';
import { askOnTerminal, currentFolderSaver, terminalConsent } from './terminal.ts';

// The third door to the same contract: understand, compose, ask through the server, answer with an exit code.

const output = {
  out: (text: string) => process.stdout.write(text),
  err: (text: string) => process.stderr.write(text),
};

async function main(): Promise<ExitCode> {
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
  const composed = await compose({
    consent: terminalConsent(line.yes),
    saver: currentFolderSaver,
    ...(line.stateFolder === undefined ? {} : { stateFolder: line.stateFolder }),
    ...(line.profile === undefined ? {} : { profilePath: line.profile }),
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
    return await runCommand(line, { client, output, ask: askOnTerminal, askPassword });
  } finally {
    await composition.close();
  }
}

process.exitCode = await main();
