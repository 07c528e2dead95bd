/** Moments before now, for samples: the screens show how long ago something was. */
export const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
export const hoursAgo = (hours: number): string => minutesAgo(hours * 60);
export const daysAgo = (days: number): string => hoursAgo(days * 24);
export const inMinutes = (minutes: number): string => minutesAgo(-minutes);
