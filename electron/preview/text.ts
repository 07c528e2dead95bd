/** What the preview host says on its terminal and in pages of its own. */
export const text = {
  noToken: 'This address alone opens nothing: use the one that the terminal of the preview shows.',
  usedTitle: 'This address was used already',
  usedNext: 'It opens one tab, once. The terminal of the preview shows a new one.',
  open: (address: string) => `Mortise's preview is at ${address}`,
  openAgain: (address: string) => `Opened. To open another tab: ${address}`,
  training: 'It shows the training site: simulated, nothing on this machine is changed. Ctrl+C ends it.',
  consentGiven: (title: string) => `preview host, training site only: consent given without a dialog for "${title}"`,
  consentQuestion: (title: string, sentence: string, confirm: string) =>
    `\n${title}\n${sentence}\nType "yes" for "${confirm}", anything else cancels: `,
  saved: (path: string) => `Saved ${path}`,
  notBuilt: 'The page is not built yet. Run "npm run build" first, or start with "npm start".',
  unknownArgument: (name: string) => `The preview does not take the argument ${name}.`,
} as const;
