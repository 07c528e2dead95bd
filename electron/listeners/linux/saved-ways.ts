import type { Listener } from '#shared/secure-mode.ts';
import { whileServerIsSilent } from '../leads-to-server.ts';
import { Unreadable } from '../source-reading.ts';
import { everyPort, inBoth, isIn } from './port-ranges.ts';
import type { PortRange } from './port-ranges.ts';
import { understand } from './saved-rule.ts';
import type { Asked, UnderstoodRule } from './saved-rule.ts';
import type { SavedTable } from './saved-table.ts';
import { listenersOf, portsBetween } from './translated.ts';

/** What a packet must be to come to where it is: the conditions of all rules on the way there. */
interface Way {
  readonly protocol: 'tcp' | 'udp' | undefined;
  readonly address: string | undefined;
  readonly ports: readonly PortRange[];
}

/** A way that ends at another place than the packet was sent to. */
interface PassedOnWay extends Way {
  readonly to: PortRange | undefined;
  /** The chain of the rule that passes on. */
  readonly chain: string;
}

/** The kernel takes no more jumps one within another than a few dozen; more are a table that is none. */
const deepest = 100;
/** A machine with ten thousand services stays below. */
const mostRules = 2_000_000;

/**
 * Where the rules of a table pass on what other machines send, from PREROUTING on. Rules that end a packet's way before
 * are taken for ones that do not, and conditions that are not understood for ones that hold: too many ports, never too
 * few.
 */
function waysThrough(table: SavedTable, name: string): readonly PassedOnWay[] {
  const understood = new Map<string, readonly UnderstoodRule[]>();
  const rulesOf = (chain: string) => {
    const rules =
      understood.get(chain) ?? (table.get(chain) ?? []).map((rule) => understand(rule, table, `${name} ${chain}`));
    understood.set(chain, rules);
    return rules;
  };
  const been = new Set<string>();
  const found = new Map<string, PassedOnWay>();
  let seen = 0;
  const walk = (chain: string, way: Way, depth: number): void => {
    const visit = JSON.stringify([chain, way]);
    if (been.has(visit)) return;
    been.add(visit);
    for (const { asked, fate } of rulesOf(chain)) {
      seen += 1;
      if (seen > mostRules || depth > deepest) throw new Unreadable(`the rules of ${name} are too many to follow`);
      if (fate.kind === 'goes-on') continue;
      const further = narrowed(way, asked);
      if (further === undefined) continue;
      if (fate.kind === 'chain') walk(fate.chain, further, depth + 1);
      else {
        const passed = { ...further, to: fate.to, chain };
        found.set(JSON.stringify(passed), passed);
      }
    }
  };
  walk('PREROUTING', { protocol: undefined, address: undefined, ports: everyPort }, 0);
  return [...found.values()];
}

/** The way behind one more condition; undefined where nothing for SQL Server comes through. */
function narrowed(way: Way, { protocol, address, ports }: Asked): Way | undefined {
  if (protocol === 'neither' || (way.protocol !== undefined && protocol !== undefined && way.protocol !== protocol))
    return undefined;
  const both = ports.reduce(inBoth, way.ports);
  if (both.length === 0) return undefined;
  return { protocol: protocol ?? way.protocol, address: address ?? way.address, ports: both };
}

/**
 * The ports at which a table of iptables passes on what leads to a port that SQL Server says. Unreadable where SQL Server
 * says nothing and anything is passed on, or where the ports are too many to list.
 */
export function listenersThrough(
  table: SavedTable,
  { name, family }: { readonly name: string; readonly family: 'ip' | 'ip6' },
  said: readonly Listener[],
): readonly Listener[] {
  const ways = waysThrough(table, name);
  if (ways.length > 0 && said.length === 0) throw new Unreadable(whileServerIsSilent);
  return ways.flatMap(({ protocol, address = family === 'ip6' ? '::' : '0.0.0.0', ports, to, chain }) =>
    (['tcp', 'udp'] as const)
      .filter((each) => protocol === undefined || each === protocol)
      .flatMap((each) => {
        const wanted = said.filter((listener) => listener.protocol === each).map(({ port }) => port);
        const leading =
          to === undefined
            ? wanted.filter((port) => isIn(port, ports)).map((port): PortRange => [port, port])
            : wanted.some((port) => isIn(port, [to]))
              ? ports
              : [];
        const listed = new Set(leading.flatMap((range) => portsBetween(range, `${name} ${chain}`)));
        return listenersOf({ protocol: each, address, ports: [...listed] });
      }),
  );
}
