/** A socket's address as people write it: an IPv4 client of a socket that listens on both shows as ::ffff:1.2.3.4. */
export function plainAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:/i, '');
}
