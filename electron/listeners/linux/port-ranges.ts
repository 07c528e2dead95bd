/** Ports from the first to the second, both included. */
export type PortRange = readonly [from: number, to: number];

const most = 65_535;

/** Every port there is. */
export const everyPort: readonly PortRange[] = [[0, most]];

/** The ports that are in both. */
export function inBoth(one: readonly PortRange[], other: readonly PortRange[]): readonly PortRange[] {
  return one.flatMap(([from, to]) =>
    other.flatMap(([otherFrom, otherTo]): readonly PortRange[] => {
      const [first, last] = [Math.max(from, otherFrom), Math.min(to, otherTo)];
      return first > last ? [] : [[first, last]];
    }),
  );
}

/** The ports that are in none of them. */
export function allBut(ranges: readonly PortRange[]): readonly PortRange[] {
  return ranges.reduce<readonly PortRange[]>(
    (left, [from, to]) =>
      inBoth(
        left,
        (
          [
            [0, from - 1],
            [to + 1, most],
          ] satisfies PortRange[]
        ).filter(([first, last]) => first <= last),
      ),
    everyPort,
  );
}

export const isIn = (port: number, ranges: readonly PortRange[]) =>
  ranges.some(([from, to]) => port >= from && port <= to);

/** `N`, `N<mark>M`, `N<mark>` or `<mark>M`, as iptables writes ports; undefined where it is something else. */
export function portRange(said: string, mark: ':' | '-'): PortRange | undefined {
  const [first = '', last = first, ...rest] = said.split(mark);
  const isOpen = said.includes(mark);
  if (rest.length > 0 || (first === '' && last === '')) return undefined;
  if (![first, last].every((each) => /^\d{1,5}$/u.test(each) || (isOpen && each === ''))) return undefined;
  const [from, to] = [first === '' ? 0 : Number(first), last === '' ? most : Number(last)];
  return from > to || to > most ? undefined : [from, to];
}
