/** The page's own scheme and host: `app://mortise/`. */
export const appScheme = 'app';
export const appHost = 'mortise';
export const startAddress = `${appScheme}://${appHost}/`;

/** Whether an address is of our own page. It is parsed and compared part by part, never by prefix. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === `${appScheme}:` &&
    url.hostname === appHost &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
}
