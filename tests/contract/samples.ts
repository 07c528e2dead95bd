import { z } from 'zod';
import { siteProfileSchema } from '#shared/site-profile.ts';
import { certificate, profileSamples } from './profile-samples.ts';

/** The part of JSON Schema that zod writes for the contract. Anything else is an error, never a silent gap. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly format?: string;
  readonly pattern?: string;
  readonly allOf?: readonly Schema[];
  readonly $ref?: string;
  /** Whole values that fit, where the parts of a value must agree with each other, which JSON Schema cannot say. */
  readonly examples?: readonly unknown[];
  readonly minLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
}

const written = new WeakMap<z.ZodType, Schema>();

/** Schemas whose rules go beyond JSON Schema, with values that keep them. */
const agreeing: ReadonlyMap<unknown, readonly unknown[]> = new Map([[siteProfileSchema, profileSamples]]);

/** Values of places that take any JSON: nothing that is JSON is wrong there. */
const anything = new WeakSet<object>();

/** Words of the field for texts that follow a pattern; the first one that fits is taken. */
const words = ['a word', 'word', 'int', '2026', certificate] as const;

/** Texts of a format that JSON Schema or zod has a name for. */
const byFormat: Readonly<Record<string, string>> = {
  'date-time': '2026-01-02T03:04:05.678Z',
  ipv4: '192.0.2.7',
  ipv6: '2001:db8::7',
  cidrv4: '192.0.2.0/28',
  cidrv6: '2001:db8::/64',
};

function textFor({ format, pattern, allOf = [], minLength }: Schema): string {
  const formatted = byFormat[format ?? ''];
  if (formatted !== undefined) return formatted;
  const rules = [pattern, ...allOf.map((each) => each.pattern)].filter((each) => each !== undefined);
  const word = words.find((each) => rules.every((rule) => new RegExp(rule, 'u').test(each)));
  if (word === undefined) throw new Error(`no word is known for ${rules.join(' and ')}`);
  return word.padEnd(minLength ?? 0, 'x');
}

function anyJson(): object {
  const value = { any: ['JSON', 1, null] };
  anything.add(value);
  return value;
}

function schemaOf(type: z.ZodType): Schema {
  const before = written.get(type);
  if (before !== undefined) return before;
  const schema = z.toJSONSchema(type, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const examples = agreeing.get(zodSchema);
      if (examples !== undefined) jsonSchema.examples = [...examples];
    },
  }) as Schema;
  written.set(type, schema);
  return schema;
}

/** The branches of a choice; a list of types is one too. */
function branchesOf(schema: Schema): readonly Schema[] | undefined {
  const { type } = schema;
  if (Array.isArray(type)) return (type as readonly string[]).map((one) => ({ ...schema, type: one }));
  return schema.anyOf ?? schema.oneOf;
}

/** How many samples it takes to walk through every branch of every choice at least once. */
function widest(schema: Schema): number {
  if (schema.examples !== undefined) return schema.examples.length;
  const branches = branchesOf(schema) ?? [];
  const below = [
    ...branches,
    ...Object.values(schema.properties ?? {}),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []),
  ];
  return Math.max(1, branches.length, schema.enum?.length ?? 0, ...below.map(widest));
}

function sample(schema: Schema, turn: number): unknown {
  if (schema.examples !== undefined) return schema.examples[turn % schema.examples.length];
  // The only schema of the contract that refers to itself is that of any JSON.
  if (schema.$ref !== undefined) return anyJson();
  const branches = branchesOf(schema);
  if (branches !== undefined) {
    const branch = branches[turn % branches.length];
    if (branch === undefined) throw new Error('a choice without branches');
    return sample(branch, turn);
  }
  if ('const' in schema) return schema.const;
  if (schema.enum !== undefined) return schema.enum[turn % schema.enum.length];
  switch (schema.type) {
    case 'object':
      return sampleObject(schema, turn);
    case 'array':
      // An empty list, where it may be one, and lists of two, so that both are seen.
      return schema.items === undefined || (turn % 2 === 1 && (schema.minItems ?? 0) === 0)
        ? []
        : [sample(schema.items, 0), sample(schema.items, turn + 1)];
    case 'string':
      return textFor(schema);
    case 'integer':
    case 'number':
      return (schema.minimum ?? schema.exclusiveMinimum ?? 0) + 1;
    case 'boolean':
      return turn % 2 === 0;
    case 'null':
      return null;
    default:
      throw new Error(`no sample is known for ${JSON.stringify(schema)}`);
  }
}

function sampleObject(schema: Schema, turn: number): unknown {
  const made: Record<string, unknown> = {};
  for (const [key, property] of Object.entries(schema.properties ?? {})) made[key] = sample(property, turn);
  if (typeof schema.additionalProperties === 'object') {
    const names = schema.propertyNames?.enum ?? ['a word'];
    for (const name of names) made[String(name)] = sample(schema.additionalProperties, turn);
  }
  return made;
}

/** Values that fit the schema and together pass through each of its branches. */
export function fittingSamples(type: z.ZodType): readonly unknown[] {
  const schema = schemaOf(type);
  return Array.from({ length: widest(schema) }, (_, turn) => sample(schema, turn));
}

export interface Misfit {
  /** What is wrong with it, for the test's message. */
  readonly what: string;
  readonly value: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value of a kind that no place with such a sample takes: a function's worth of wrongness as plain data. */
function wrongKind(value: unknown): unknown {
  if (isObject(value)) return 'text where an object belongs';
  return { an: 'object where something else belongs' };
}

/**
 * Every way to spoil a value in one place, at every depth: a key that is missing, one too many, a value of the wrong
 * kind. `replace` rebuilds the whole value around the spoiled place.
 */
export function misfitsOf(fitting: unknown): readonly Misfit[] {
  const found: Misfit[] = [];
  const spoil = (value: unknown, place: string, replace: (spoiled: unknown) => unknown): void => {
    if (isObject(value) && anything.has(value)) return;
    found.push({ what: `${place}: wrong kind`, value: replace(wrongKind(value)) });
    if (Array.isArray(value)) {
      const items = value as readonly unknown[];
      items.slice(0, 1).forEach((item, index) => {
        spoil(item, `${place}.${index}`, (spoiled) => replace(items.with(index, spoiled)));
      });
    }
    if (!isObject(value)) return;
    found.push({ what: `${place}: a key too many`, value: replace({ ...value, unheardOf: 1 }) });
    for (const key of Object.keys(value)) {
      const { [key]: _, ...rest } = value;
      found.push({ what: `${place}.${key}: missing`, value: replace(rest) });
      spoil(value[key], `${place}.${key}`, (spoiled) => replace({ ...value, [key]: spoiled }));
    }
  };
  spoil(fitting, 'the whole', (spoiled) => spoiled);
  return found;
}
