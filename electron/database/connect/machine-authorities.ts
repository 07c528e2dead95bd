import tls from 'node:tls';

let found: readonly string[] | undefined;

/**
 * The CAs that this machine trusts, as PEM: the system's own, in which a company's CA stands, not the list that is built
 * into Node. Undefined where this runtime cannot read them; its own list counts then.
 */
export function machineAuthorities(): readonly string[] | undefined {
  if (typeof tls.getCACertificates !== 'function') return undefined;
  found ??= tls.getCACertificates('system');
  return found;
}
