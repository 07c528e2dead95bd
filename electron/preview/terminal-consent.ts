import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import type { Consent } from '#electron/machine/consent.ts';
import { text } from './text.ts';

/** Asks on the terminal that the preview was started from, which the page cannot answer. Only "yes" is yes. */
export const terminalConsent = (input: Readable, output: Writable): Consent => ({
  ask: async ({ title, sentence, confirm }) => {
    const terminal = createInterface({ input, output });
    try {
      const answer = await terminal.question(text.consentQuestion(title, sentence, confirm));
      return answer.trim().toLowerCase() === 'yes';
    } finally {
      terminal.close();
    }
  },
});

/** Where nobody sits at a terminal: yes, and says so. The preview shows the training site only, so nothing is weakened. */
export const consentWithoutDialog = (log: (line: string) => void): Consent => ({
  ask: async ({ title }) => {
    log(text.consentGiven(title));
    return true;
  },
});
