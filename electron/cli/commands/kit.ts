import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { KitCommand } from '../kit-arguments.ts';
import { printFailure } from '../print.ts';
import type { AskingSurroundings } from './command-surroundings.ts';

/** Saves a recovery kit, or takes one in. Main reads and writes the file that the command line named. */
export async function kitCommand(command: KitCommand, around: AskingSurroundings): Promise<ExitCode> {
  const { recoveryKit } = around.client;
  const exporting = command.action === 'export';
  if (!exporting) {
    const chosen = await recoveryKit.choose({});
    if (!chosen.ok) {
      printFailure(chosen.error, { json: around.json, plan: null }, around.output);
      return exitCodeOf(chosen.error.code);
    }
  }
  const passphrase = await around.askSecret(exporting ? 'Passphrase to seal it with: ' : 'Passphrase of the kit: ');
  if (passphrase === undefined) {
    around.output.err('No passphrase was given: type it, or pipe it in as one line.\n');
    return exitCodes.usage;
  }
  if (exporting && around.typed && (await around.askSecret('The passphrase again: ')) !== passphrase) {
    around.output.err('The two passphrases differ. Nothing was saved.\n');
    return exitCodes.usage;
  }
  const call = exporting ? recoveryKit.export : recoveryKit.import;
  return await around.change({ ...call, plan: async () => await call.plan({ passphrase }) });
}
