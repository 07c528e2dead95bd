import { z } from 'zod';
import type { AllowedAddress, BlockedPort, Finding } from '#shared/secure-mode.ts';
import { tooWide } from './address-spans.ts';
import type { AddressSpan } from './address-spans.ts';
import { dropPorts, letThrough, throughLoopback } from './block-ruleset.ts';
import { normalised } from './listed-ruleset.ts';
import type { Expression, ListedRule, Ruleset } from './listed-ruleset.ts';
import { allowedSetOf, chainName, chainOptions, family, portSets, tableName } from './names.ts';
import { inOrder } from './rule-words.ts';
import { addressElements, addressSpans, portElements } from './set-elements.ts';

export interface OwnTable {
  readonly blocked: readonly BlockedPort[];
  readonly allowed: readonly AllowedAddress[];
  readonly findings: readonly Finding[];
}

const again = 'Switch secure mode on again (Restore): its rules are written anew.';

const ours = (each: { readonly family: string; readonly table: string }) =>
  each.family === family && each.table === tableName;

/** What a rule of somebody else in our chain does to what follows it. */
type Effect = 'nothing' | 'lets some through' | 'lets all through' | 'cannot be told';

/** Judges the table inet mortise; undefined where there is none. */
export function ownTable(ruleset: Ruleset, at: Date): OwnTable | undefined {
  const table = ruleset.tables.find((each) => each.family === family && each.name === tableName);
  if (table === undefined) return undefined;
  const findings: Finding[] = [];
  const find = (effect: Finding['effect'], sentence: string) => findings.push({ effect, sentence, next: again });

  // Mortise sets no flag; nft 1.0.6 writes "inet_service" for one that is dormant.
  const off = table.flags !== undefined;
  if (off) find('voids', 'The table inet mortise is switched off (dormant), or carries a flag that is not Mortise’s.');

  const chains = ruleset.chains.filter(ours);
  const chain = chains.find(({ name }) => name === chainName);
  const hooked =
    chain !== undefined &&
    chain.type === chainOptions.type &&
    chain.hook === chainOptions.hook &&
    chain.prio === chainOptions.prio;
  if (chain === undefined) find('voids', 'The chain of Mortise is gone from the table inet mortise.');
  else if (!hooked) find('voids', 'The chain of Mortise no longer stands where packets come in (prerouting, -310).');
  else if (chain.policy !== chainOptions.policy) {
    find('weakens', 'The policy of the chain of Mortise was changed: this machine itself may be cut off.');
  }
  if (chains.some(({ name }) => name !== chainName)) {
    find('doubts', 'There is a chain in the table inet mortise that Mortise did not write.');
  }
  for (const kind of new Set(ruleset.others.filter(ours).map((each) => each.kind))) {
    find('doubts', `There is a ${kind} in the table inet mortise that Mortise did not write.`);
  }

  const read = judgeRules(ruleset, at, find);
  const inForce = !off && hooked;
  return {
    blocked: inForce ? read.blocked : [],
    allowed: inForce ? read.allowed : [],
    findings,
  };
}

function judgeRules(
  ruleset: Ruleset,
  at: Date,
  find: (effect: Finding['effect'], sentence: string) => unknown,
): Pick<OwnTable, 'blocked' | 'allowed'> {
  const sets = new Map(ruleset.sets.filter(ours).map((set) => [set.name, set]));
  const known = new Map<string, string>([[normalised(throughLoopback), 'loopback']]);
  for (const protocol of ['tcp', 'udp'] as const) known.set(normalised(dropPorts(protocol)), protocol);
  for (const name of sets.keys()) {
    const allowed = allowedSetOf(name);
    if (allowed !== undefined) known.set(normalised(letThrough(allowed.version, name)), name);
  }

  const seen = new Set<string>();
  const dropped = new Set<string>();
  let open = false;
  for (const rule of ruleset.rules.filter((each) => ours(each) && each.chain === chainName)) {
    const which = known.get(normalised(rule.expr));
    if (which !== undefined) {
      seen.add(which);
      if ((which === 'tcp' || which === 'udp') && !open) dropped.add(which);
      continue;
    }
    if (dropped.size === 2) continue;
    const effect = effectOf(rule);
    const text = 'There is a rule before the drop in the chain of Mortise that Mortise did not write';
    if (effect === 'lets some through') find('weakens', `${text}; it lets some machines through.`);
    if (effect === 'lets all through') find('voids', `${text}; it lets traffic past.`);
    if (effect === 'cannot be told') find('doubts', `${text}; what it does is not known.`);
    if (effect === 'lets all through' || effect === 'cannot be told') open = true;
  }

  const ports: BlockedPort[] = [];
  for (const protocol of ['tcp', 'udp'] as const) {
    const held = portElements(sets.get(portSets[protocol])?.elem ?? []);
    if (held === undefined) find('doubts', `The ${protocol.toUpperCase()} ports that Mortise drops cannot be told.`);
    if (!seen.has(protocol)) find('voids', `The rule that drops the ${protocol.toUpperCase()} ports is gone.`);
    else if (dropped.has(protocol)) ports.push(...(held ?? []).map((port) => ({ protocol, port })));
  }
  if (!seen.has('loopback')) find('weakens', 'The rule that lets this machine itself through is gone.');
  const allowed: AllowedAddress[] = [];
  const spans: AddressSpan[] = [];
  let told = true;
  for (const [name, set] of sets) {
    const elements = set.elem ?? [];
    if (allowedSetOf(name) === undefined || elements.length === 0) continue;
    if (!seen.has(name)) {
      find('weakens', `The rule that lets allowed addresses through is gone (${name}).`);
      continue;
    }
    const held = addressSpans(elements);
    spans.push(...(held ?? []));
    const addresses = addressElements(elements, at);
    if (held !== undefined && addresses !== undefined) allowed.push(...addresses);
    else {
      find('doubts', `Who is let through cannot be told: ${name} holds what is not written as Mortise does.`);
      told = false;
    }
  }
  const wide = tooWide(spans);
  if (wide) find('voids', 'The addresses that are let through hold most of the network.');
  return { blocked: told && !wide ? ports : [], allowed: inOrder(allowed) };
}

/** Expressions that decide nothing by themselves. */
const idle: ReadonlySet<string> = new Set(['counter', 'log', 'limit', 'quota', 'comment']);

function effectOf({ expr }: ListedRule): Effect {
  const kinds = expr.map(kindOf);
  if (kinds.every((kind) => kind === 'match' || idle.has(kind) || kind === 'drop' || kind === 'reject'))
    return 'nothing';
  const rest = kinds.filter((kind) => !idle.has(kind) && kind !== 'match');
  if (rest.length !== 1) return 'cannot be told';
  const [verdict = ''] = rest;
  if (verdict !== 'accept' && verdict !== 'return') return 'cannot be told';
  return sourcesOf(expr);
}

const kindOf = (expression: Expression): string =>
  typeof expression === 'string' ? expression : (Object.keys(expression)[0] ?? '');

/** Only machines of few addresses: some that somebody else allowed. A range that holds most of the network is all. */
function sourcesOf(expr: ListedRule['expr']): Effect {
  const right = expr.map(sourceOf).find((each) => each !== undefined);
  if (right === undefined) return 'lets all through';
  const spans = addressSpans(right);
  if (spans === undefined) return 'cannot be told';
  return tooWide(spans) ? 'lets all through' : 'lets some through';
}

const source = z.object({
  match: z.object({
    op: z.literal('=='),
    left: z.strictObject({
      payload: z.strictObject({ protocol: z.enum(['ip', 'ip6']), field: z.literal('saddr') }),
    }),
    right: z.unknown(),
  }),
});

const sourceOf = (expression: Expression): unknown => source.safeParse(expression).data?.match.right;
