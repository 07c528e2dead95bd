import { networkInterfaces } from 'node:os';
import { canonicalAddress } from '#electron/machine/canonical-address.ts';

/** An address that means this machine, or this wire, on every machine: it names none. */
export const isSameEverywhere = (address: string): boolean =>
  /^(?:127\.|0\.|169\.254\.|fe[89ab][0-9a-f]:)/.test(address) || address === '::1' || address === '::';

/** The addresses of this machine under which another one may find it. */
export function machineAddresses(): string[] {
  return ownAddresses().filter((address) => !isSameEverywhere(address));
}

/** Every address of this machine, loopback included. */
export function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return [...new Set(all.flatMap(({ address }) => canonicalAddress(address) ?? []))];
}
