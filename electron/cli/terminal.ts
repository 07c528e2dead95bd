import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { writeFile } from 'node:fs/promises';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Consent, DocumentSaver, FileChooser } from '#electron/machine/consent.ts';
import { readNamedFile } from '#electron/machine/trusted-file.ts';

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

/** Writes a new file, readable by this account only; one that is there is never overwritten. */
async function saveNew(path: string, content: string): Promise<Result<string | null>> {
  try {
    await writeFile(path, content, { flag: 'wx', mode: 0o600 });
    return succeed(path);
  } catch (error) {
    return failed(failure('file-not-saved', { path, cause: error instanceof Error ? error.message : 'unknown' }));
  }
}

/** Saves into the current folder. */
export const currentFolderSaver: DocumentSaver = {
  save: async ({ suggestedName, content }) => await saveNew(suggestedName, content),
};

/** Saves to the file that the command line named. */
export const namedFileSaver = (path: string): DocumentSaver => ({
  save: async ({ content }) => await saveNew(path, content),
});

/** The file that the command line named, of at most so many bytes. */
export const namedFileChooser = (path: string, mostBytes: number): FileChooser => ({
  choose: async () => {
    const bytes = await readNamedFile(path, mostBytes);
    return bytes.ok ? succeed({ path, bytes: bytes.value }) : bytes;
  },
});
