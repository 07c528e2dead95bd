import type { BlockedPort, Finding } from '#shared/secure-mode.ts';
import type { Expression, ListedRule } from './listed-ruleset.ts';

/** What a rule does to the block that passes packets on after our chain saw them, and in what words. */
export interface Passing {
  readonly effect: Finding['effect'];
  readonly sentence: string;
}

/** The name of a statement of a rule, and what belongs to it. */
export const statement = (expression: Expression): readonly [kind: string, value: unknown] =>
  typeof expression === 'string' ? [expression, null] : (Object.entries(expression)[0] ?? ['', null]);

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (Object.entries(value).find(([key]) => key === name) ?? [])[1]
    : undefined;

/**
 * Judges a redirection or translation. Our chain dropped what came for a blocked port of this machine; what came for
 * another port, another protocol, or an address that others route through this machine, it did not.
 */
export function passesOn(
  rule: ListedRule,
  expression: Expression,
  where: string,
  blocked: readonly BlockedPort[],
): Passing | undefined {
  const [kind, value] = statement(expression);
  if (kind !== 'redirect' && kind !== 'dnat' && kind !== 'tproxy') return undefined;
  const port = field(value, 'port');
  const address = field(value, 'addr');
  const untold: Passing = {
    effect: 'doubts',
    sentence: `A rule passes ports on, and whether to a blocked one cannot be told (${where}).`,
  };
  if (port !== undefined && typeof port !== 'number') return untold;
  // One that is looked up may bring its port with it.
  if (port === undefined && typeof address === 'object' && address !== null) return untold;
  const isBlocked = (each: BlockedPort) =>
    blocked.some((other) => other.protocol === each.protocol && other.port === each.port);

  const arriving = arrivingPorts(rule);
  const ending = (arriving ?? blocked).filter((each) => isBlocked({ ...each, port: port ?? each.port }));
  const through = blocked.some((each) => each.port === port);
  if (arriving === undefined ? port !== undefined && !through : ending.length === 0) return undefined;
  // Without a port of its own what arrives stays with it, and our chain dropped it if it was for this machine.
  const open = port !== undefined && (arriving === undefined || !ending.every(isBlocked));
  if (open) {
    return {
      effect: kind === 'dnat' || arriving === undefined ? 'doubts' : 'weakens',
      sentence: `A rule passes another port on to the blocked port ${port} (${where}).`,
    };
  }
  if (rule.expr.some(isForThisMachine)) return undefined;
  return {
    effect: 'doubts',
    sentence: `A rule passes on what is for addresses of others, perhaps to a blocked port of this machine (${where}).`,
  };
}

/** The ports that a rule is for, where it names them one by one; `th` is for both protocols. */
function arrivingPorts({ expr }: ListedRule): readonly BlockedPort[] | undefined {
  for (const expression of expr) {
    const [kind, value] = statement(expression);
    const payload = field(field(value, 'left'), 'payload');
    if (kind !== 'match' || field(payload, 'field') !== 'dport') continue;
    const op = field(value, 'op');
    if (op !== '==' && op !== 'in') return undefined;
    const right = field(value, 'right');
    const set: unknown = typeof right === 'number' ? [right] : field(right, 'set');
    if (!Array.isArray(set)) return undefined;
    const ports = set.filter((each) => typeof each === 'number');
    if (ports.length !== set.length) return undefined;
    const protocol = field(payload, 'protocol');
    const protocols = (['tcp', 'udp'] as const).filter((one) => protocol === one || protocol === 'th');
    // Ports of another protocol lead to none of those that are blocked.
    return ports.flatMap((port) => protocols.map((one) => ({ protocol: one, port })));
  }
  return undefined;
}

/** Only what is for an address of this machine itself: our chain saw it as such. */
function isForThisMachine(expression: Expression): boolean {
  const [kind, value] = statement(expression);
  const fib = field(field(value, 'left'), 'fib');
  const flags = field(fib, 'flags');
  return (
    kind === 'match' &&
    field(value, 'op') === '==' &&
    field(value, 'right') === 'local' &&
    field(fib, 'result') === 'type' &&
    (Array.isArray(flags) ? flags : [flags]).includes('daddr')
  );
}
