import { isIP } from 'node:net';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { isLoopback } from '#shared/site-profile.ts';
import type { ServerAddress } from '#shared/site-profile.ts';
import { askBrowser } from './browser.ts';
import type { Surroundings } from './surroundings.ts';
import { codeOf, within } from './within.ts';

/** Where a server's bytes go: found once, before anything is sent. */
export type Route =
  | { readonly kind: 'tcp'; readonly addresses: readonly string[]; readonly port: number }
  | { readonly kind: 'pipe'; readonly path: string };

/** `[::1]` is how an IPv6 address is written before a port; everything else wants it bare. */
export const plainHost = (host: string) => /^\[(.+)\]$/.exec(host)?.[1] ?? host;

/**
 * Finds the way to a server: the addresses of its name, the port of its instance. Where its certificate is not verified,
 * every address must be this machine's own, whatever the name says.
 */
export async function findRoute(server: ServerAddress, surroundings: Surroundings): Promise<Result<Route>> {
  const { transport, trust } = server;
  const host = plainHost(server.host);
  const unverified = trust.kind === 'loopback-unverified';
  const elsewhere = (address: string) => failed(failure('unverified-elsewhere', { host, address }));
  if (unverified && !isLoopback(server.host)) return elsewhere('another machine');
  if (transport.kind === 'pipe') {
    const remote = /^[\\/]{2}(?![.?][\\/])/.test(transport.pipe);
    return unverified && remote ? elsewhere(transport.pipe) : succeed({ kind: 'pipe', path: transport.pipe });
  }
  const addresses = await addressesOf(host, surroundings);
  if (!addresses.ok) return addresses;
  const foreign = addresses.value.find((address) => !isOwnAddress(address));
  if (unverified && foreign !== undefined) return elsewhere(foreign);
  if (transport.kind === 'tcp') return succeed({ kind: 'tcp', addresses: addresses.value, port: transport.port });
  return await routeOfInstance(host, transport.instance, addresses.value, surroundings);
}

/** 127.0.0.0/8 and ::1, the first also as IPv6 writes it. */
export const isOwnAddress = (address: string) =>
  /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/i.test(address) || address === '::1';

async function addressesOf(
  host: string,
  { lookup, limits }: Surroundings,
): Promise<Result<readonly [string, ...string[]]>> {
  if (isIP(host) !== 0) return succeed<readonly [string, ...string[]]>([host]);
  const unknown = (cause: string) => failed(failure('name-not-found', { host, cause }));
  try {
    const found = await within(limits.lookup, lookup(host));
    if (found === undefined) return unknown(`no name server answered within ${limits.lookup / 1000} s`);
    const [first, ...others] = found;
    return first === undefined ? unknown('it has no address') : succeed([first, ...others] as const);
  } catch (error) {
    return unknown(causes[codeOf(error)] ?? codeOf(error));
  }
}

const causes: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no name server has an address for it',
  EAI_AGAIN: 'no name server can be asked now',
  ENODATA: 'it has no address',
};

/** Asks at every address of the name until one answers: the Browser listens on one protocol only more often than not. */
async function routeOfInstance(
  host: string,
  instance: string,
  addresses: readonly [string, ...string[]],
  surroundings: Surroundings,
): Promise<Result<Route>> {
  const [first, ...others] = addresses;
  let port = await askBrowser({ host, address: first, instance }, surroundings);
  for (const address of others) {
    if (port.ok || port.error.code !== 'browser-silent') break;
    port = await askBrowser({ host, address, instance }, surroundings);
  }
  return port.ok ? succeed({ kind: 'tcp', addresses, port: port.value }) : port;
}
