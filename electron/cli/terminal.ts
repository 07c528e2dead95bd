import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { writeFile } from 'node:fs/promises';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Consent, DocumentSaver } from '#electron/machine/consent.ts';

/**
 * Asks on the terminal; anything but yes is no, Ctrl-C and the end of the input too. Without a terminal nobody can
 * answer, which is no as well.
 */
export async function askOnTerminal(
  question: string,
  input: NodeJS.ReadableStream & { readonly isTTY?: boolean } = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<boolean> {
  if (input.isTTY !== true) return false;
  const terminal = createInterface({ input, output });
  // A question whose input ends is never answered by itself.
  const closed = once(terminal, 'close').then(() => undefined);
  try {
    const answer = await Promise.race([terminal.question(`${question} [yes/No] `), closed]);
    if (answer === undefined) output.write('\n');
    return answer?.trim().toLowerCase() === 'yes';
  } catch (error) {
    // How `question` tells of Ctrl-C.
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    output.write('\n');
    return false;
  } finally {
    terminal.close();
  }
}

/** `--yes` was given by the person at the shell, after the plan and its question were printed. */
export function terminalConsent(yes: boolean): Consent {
  return { ask: async ({ sentence }) => yes || (await askOnTerminal(sentence)) };
}

/** Saves into the current folder. */
export const currentFolderSaver: DocumentSaver = {
  save: async ({ suggestedName, content }) => {
    try {
      await writeFile(suggestedName, content, { flag: 'wx' });
      return succeed(suggestedName);
    } catch (error) {
      return failed(
        failure('file-not-saved', { path: suggestedName, cause: error instanceof Error ? error.message : 'unknown' }),
      );
    }
  },
};
