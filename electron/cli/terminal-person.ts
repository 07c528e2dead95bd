import { succeed } from '#shared/result.ts';
import { nobodyToAsk } from '#electron/machine/person-to-ask.ts';
import type { PersonToAsk } from '#electron/machine/person-to-ask.ts';
import { askOnTerminal } from './terminal.ts';

/** A terminal that a person sits at: what is typed comes from it, and what is printed goes to it, not into a file. */
interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Up one line, and out with what stands there (ECMA-48: CUU, EL). */
const wipeLine = '\u001B[1A\u001B[2K';

/**
 * Shows a password on the terminal when the person asks for it, and wipes its line once they have entered it. Only
 * where both ends are a terminal: a pipe or a file would keep it.
 */
export const terminalPerson = (
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): PersonToAsk => ({
  handOver: async (task) => {
    if (input.isTTY !== true || output.isTTY !== true) return await nobodyToAsk.handOver(task);
    const { place, instructions, login, secret } = task;
    output.write(`\nThe new password of ${login} has to be entered in ${place}.\n${instructions}\n`);
    if (!(await askOnTerminal('Show it here now?', input, output))) return succeed('cancelled');
    output.write(`${secret.reveal()}\n`);
    const isDone = await askOnTerminal('Has it been entered?', input, output);
    // The question with its answer, then the password.
    output.write(wipeLine + wipeLine);
    return succeed(isDone ? 'done' : 'cancelled');
  },
});
