import { isIP } from 'node:net';
import { parseCidr } from 'cidr-tools';

/** Addresses of one family from the first to the last, both in it. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly start: bigint;
  readonly end: bigint;
}

const bits = { 4: 32n, 6: 128n } as const;

/** Every address of a family. */
export const wholeFamily = (family: 4 | 6): AddressRange => ({ family, start: 0n, end: (1n << bits[family]) - 1n });

/** An address, or a range in CIDR notation. Throws where it is neither: it has passed the schema before. */
export function rangeOf(text: string): AddressRange {
  const { version, start, end } = parseCidr(text);
  return { family: version, start, end };
}

const ones = (mask: bigint) => mask.toString(2).replace(/0+$/u, '').length;

/** "a.b.c.d/255.255.255.0" as a length; undefined where its bits are not all at the front. */
function lengthOf(mask: string): number | undefined {
  const { start } = parseCidr(mask);
  const length = start === 0n ? 0 : ones(start);
  return start === ((1n << BigInt(length)) - 1n) << BigInt(32 - length) ? length : undefined;
}

function subnet(address: string, behind: string): AddressRange | undefined {
  const family = isIP(address);
  const length =
    isIP(behind) === 4 && family === 4 ? lengthOf(behind) : /^\d{1,3}$/u.test(behind) ? Number(behind) : undefined;
  if ((family !== 4 && family !== 6) || length === undefined || length > Number(bits[family])) return undefined;
  return rangeOf(`${address}/${length}`);
}

/** An address, "first-last", "address/length" or "address/mask" ([MS-GPFAS] 2.2.2.9 to 2.2.2.12); undefined for others. */
export function parseRange(text: string): AddressRange | undefined {
  if (text.includes('%')) return undefined;
  const [first, last, ...more] = text.split('-');
  if (first === undefined || more.length > 0) return undefined;
  if (last === undefined) {
    const [address, behind, ...rest] = text.split('/');
    if (address === undefined || rest.length > 0 || isIP(address) === 0) return undefined;
    return behind === undefined ? rangeOf(address) : subnet(address, behind);
  }
  if (isIP(first) === 0 || isIP(first) !== isIP(last)) return undefined;
  const [from, to] = [rangeOf(first), rangeOf(last)];
  return from.start <= to.start ? { family: from.family, start: from.start, end: to.start } : undefined;
}

function addressText(family: 4 | 6, address: bigint): string {
  const [width, count, base] = family === 4 ? [8n, 4, 10] : [16n, 8, 16];
  const groups = Array.from({ length: count }, (_, index) =>
    ((address >> (width * BigInt(count - 1 - index))) & ((1n << width) - 1n)).toString(base),
  );
  return groups.join(family === 4 ? '.' : ':');
}

/** "first-last", as Windows Firewall takes it. */
export const rangeText = ({ family, start, end }: AddressRange) =>
  `${addressText(family, start)}-${addressText(family, end)}`;

/** The addresses of a family that are in none of the ranges, as few ranges as possible, in order. */
export function without(family: 4 | 6, ranges: readonly AddressRange[]): readonly AddressRange[] {
  const whole = wholeFamily(family);
  const left: AddressRange[] = [];
  let next = whole.start;
  const taken = ranges.filter((range) => range.family === family);
  for (const { start, end } of taken.toSorted((one, other) => (one.start < other.start ? -1 : 1))) {
    if (start > next) left.push({ family, start: next, end: start - 1n });
    if (end + 1n > next) next = end + 1n;
  }
  if (next <= whole.end) left.push({ family, start: next, end: whole.end });
  return left;
}

/** A range as the fewest blocks of CIDR notation; a block of one address is that address. */
export function cidrsOf({ family, start, end }: AddressRange): readonly string[] {
  const width = bits[family];
  const blocks: string[] = [];
  let next = start;
  while (next <= end) {
    let length: bigint = width;
    // Twice as large, as long as it begins where such a block may begin and does not go over the end.
    for (let larger = length - 1n; larger >= 0n; larger -= 1n) {
      const size = 1n << (width - larger);
      if (next % size !== 0n || next + size - 1n > end) break;
      length = larger;
    }
    blocks.push(length === width ? shortText(family, next) : `${shortText(family, next)}/${length}`);
    next += 1n << (width - length);
  }
  return blocks;
}

const shortText = (family: 4 | 6, address: bigint) => parseCidr(addressText(family, address)).ip;
