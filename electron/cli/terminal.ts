import { createInterface } from 'node:readline/promises';
import { writeFile } from 'node:fs/promises';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Consent, DocumentSaver } from '#electron/machine/consent.ts';

/** Asks on the terminal; anything but yes is no. Without a terminal nobody can answer, which is no too. */
export async function askOnTerminal(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [yes/No] `);
    return answer.trim().toLowerCase() === 'yes';
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
