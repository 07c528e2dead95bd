/** Words that several screens share. */
export const words = {
  cancel: 'Cancel',
  close: 'Close',
  back: 'Back',
  retry: 'Try again',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Could not be copied. Select the text and press Ctrl+C.',
  unknown: 'Unknown',
  none: 'None',
  never: 'Never',
  reading: 'Reading …',
  /** A point in time with how far away it is: "14:05 (3 minutes ago)". */
  momentWithHint: (moment: string, hint: string) => `${moment} (${hint})`,
  triedAt: 'Tried',
  whatToDo: 'What to do:',
  notAllowedNow: 'Not possible now:',
  saveHtml: 'Save as HTML',
  saveJson: 'Save as JSON',
  savedTo: (path: string) => `Saved to ${path}`,
  notSaved: 'Not saved: you cancelled.',
  saving: 'Saving …',
} as const;
