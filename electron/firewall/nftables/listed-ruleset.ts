import { z } from 'zod';

const inTable = { family: z.string(), table: z.string() };

const table = z.looseObject({ family: z.string(), name: z.string(), flags: z.unknown().optional() });
const chain = z.looseObject({
  ...inTable,
  name: z.string(),
  type: z.string().optional(),
  hook: z.string().optional(),
  prio: z.number().optional(),
  policy: z.string().optional(),
});
const set = z.looseObject({
  ...inTable,
  name: z.string(),
  type: z.unknown(),
  flags: z.unknown().optional(),
  elem: z.array(z.unknown()).optional(),
});
const expression = z.record(z.string(), z.unknown());
const rule = z.looseObject({
  ...inTable,
  chain: z.string(),
  comment: z.string().optional(),
  expr: z.array(z.union([expression, z.string()])).default([]),
});

/** What `nft -j list ruleset` answers, in the order in which the kernel goes through it. */
const listing = z.object({ nftables: z.array(z.record(z.string(), z.unknown())).min(1) });

export type ListedTable = z.infer<typeof table>;
export type ListedChain = z.infer<typeof chain>;
export type ListedSet = z.infer<typeof set>;
export type Expression = z.infer<typeof expression> | string;
export type ListedRule = z.infer<typeof rule>;

export interface Ruleset {
  readonly tables: readonly ListedTable[];
  readonly chains: readonly ListedChain[];
  readonly sets: readonly ListedSet[];
  readonly rules: readonly ListedRule[];
  /** Kinds of objects besides these, with the table that they are in. */
  readonly others: readonly { readonly kind: string; readonly family: string; readonly table: string }[];
}

/** Undefined for anything that is not the whole answer of nft: cut short, empty, or of another form. */
export function parseRuleset(output: string): Ruleset | undefined {
  let json: unknown;
  try {
    json = JSON.parse(output);
  } catch {
    return undefined;
  }
  const read = listing.safeParse(json);
  // Every answer of nft begins with what version wrote it; an empty list is none.
  if (!read.success || !read.data.nftables.some((each) => 'metainfo' in each)) return undefined;
  const tables: ListedTable[] = [];
  const chains: ListedChain[] = [];
  const sets: ListedSet[] = [];
  const rules: ListedRule[] = [];
  const others: Ruleset['others'][number][] = [];
  for (const object of read.data.nftables) {
    const [[kind, value] = ['', undefined]] = Object.entries(object);
    if (kind === 'metainfo') continue;
    if (kind === 'table') {
      const one = table.safeParse(value);
      if (!one.success) return undefined;
      tables.push(one.data);
    } else if (kind === 'chain') {
      const one = chain.safeParse(value);
      if (!one.success) return undefined;
      chains.push(one.data);
    } else if (kind === 'set') {
      const one = set.safeParse(value);
      if (!one.success) return undefined;
      sets.push(one.data);
    } else if (kind === 'rule') {
      const one = rule.safeParse(value);
      if (!one.success) return undefined;
      rules.push(one.data);
    } else {
      const one = z.looseObject({ family: z.string(), table: z.string().default('') }).safeParse(value);
      others.push({ kind, family: one.success ? one.data.family : '', table: one.success ? one.data.table : '' });
    }
  }
  return { tables, chains, sets, rules, others };
}

/** Text of a value that does not depend on the order of its keys, of a set, or on what was counted. */
export function normalised(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(normalised).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .map(([key, each]) => {
      if (key === 'counter') return '"counter"';
      if (key === 'set' && Array.isArray(each)) return `"set":[${each.map(normalised).toSorted().join(',')}]`;
      return `${JSON.stringify(key)}:${normalised(each)}`;
    })
    .toSorted();
  return `{${entries.join(',')}}`;
}
