import { normalizeCidr, overlapCidr, parseCidr } from 'cidr-tools';
import type { AllowedAddress } from '#shared/secure-mode.ts';

/** Who is let through, as one element of a set. */
export interface AllowedElement {
  readonly given: AllowedAddress;
  readonly version: 4 | 6;
  /** In CIDR notation, IPv4 that was written as IPv6 as what it is. */
  readonly range: string;
  /** Whole seconds until it ends; null where it does not. */
  readonly seconds: number | null;
}

/** IPv4 written as IPv6 (RFC 4291 2.5.5.2): the 96 bits before the address. */
const mapped = 0xff_ffn;

/** One notation for one range; single addresses without a prefix, as nft writes them. */
export function canonical(address: string): { readonly range: string; readonly version: 4 | 6 } {
  const given = parseCidr(address);
  const prefix = Number(given.prefix) - 96;
  const plain =
    given.version === 6 && prefix >= 0 && given.start >> 32n === mapped
      ? `${[24n, 16n, 8n, 0n].map((bits) => (given.start >> bits) & 255n).join('.')}/${prefix}`
      : address;
  const { version } = parseCidr(plain);
  const range = normalizeCidr(plain);
  const whole = version === 4 ? '/32' : '/128';
  return { range: range.endsWith(whole) ? range.slice(0, -whole.length) : range, version };
}

/**
 * Sorts addresses into layers, because elements of one set must not overlap (the kernel refuses them) and each keeps its
 * own end. Those whose time has passed are left out; of two equal ones the longer stays.
 */
export function allowedLayers(allowed: readonly AllowedAddress[], now: Date): readonly (readonly AllowedElement[])[] {
  const layers: AllowedElement[][] = [[]];
  for (const element of withoutDoubles(allowed, now)) {
    const free = layers.find((layer) =>
      layer.every((other) => other.version !== element.version || !overlapCidr(other.range, element.range)),
    );
    if (free === undefined) layers.push([element]);
    else free.push(element);
  }
  return layers;
}

function withoutDoubles(allowed: readonly AllowedAddress[], now: Date): readonly AllowedElement[] {
  const byRange = new Map<string, AllowedElement>();
  for (const given of allowed) {
    const { range, version } = canonical(given.address);
    const seconds = given.until === null ? null : Math.floor((Date.parse(given.until) - now.getTime()) / 1000);
    if (seconds !== null && seconds < 1) continue;
    const other = byRange.get(range)?.seconds;
    if (other === null || (other !== undefined && seconds !== null && other >= seconds)) continue;
    byRange.set(range, { given, version, range, seconds });
  }
  return [...byRange.values()];
}
