/** The one way in and the one way out between page and main. */
export const callChannel = 'mortise';
export const pushChannel = 'mortise:push';
