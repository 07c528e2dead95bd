import { parseCidr } from 'cidr-tools';

/** Addresses of one family from the first to the last, both in it. */
export interface AddressSpan {
  readonly version: 4 | 6;
  readonly start: bigint;
  readonly end: bigint;
}

/** The widest range that may stay allowed; one that is wider holds most of the network: then nothing is blocked. */
export const widest = { 4: 16, 6: 48 } as const;

const most = { 4: 2n ** 16n, 6: 2n ** 80n } as const;

/** An address, a range in CIDR notation, or what lies between two addresses; undefined for anything else. */
export function spanOf(from: string, to = from): AddressSpan | undefined {
  try {
    const { start, version } = parseCidr(from);
    const last = parseCidr(to);
    return last.version === version && start <= last.end ? { version, start, end: last.end } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether spans that touch or overlap hold more together than the widest range: many narrow ones make a wide one. */
export function tooWide(spans: readonly AddressSpan[]): boolean {
  for (const version of [4, 6] as const) {
    let held: { start: bigint; end: bigint } | undefined;
    const inOrder = spans.filter((each) => each.version === version).toSorted((a, b) => (a.start < b.start ? -1 : 1));
    for (const { start, end } of inOrder) {
      if (held === undefined || start > held.end + 1n) held = { start, end };
      else if (end > held.end) held.end = end;
      if (held.end - held.start + 1n > most[version]) return true;
    }
  }
  return false;
}
