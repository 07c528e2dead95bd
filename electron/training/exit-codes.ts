/** How the site's process says why it ended, to whoever started it. */
export const exitCodes = {
  ended: 0,
  failed: 1,
  /** Another process serves the folder already. */
  served: 20,
  portTaken: 21,
  diskFull: 22,
} as const;
