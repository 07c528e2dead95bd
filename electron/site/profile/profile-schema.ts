import { z } from 'zod';
import { siteProfileShape } from '#shared/site-profile.ts';

/** The part of JSON Schema that the profile's schema uses. */
export interface ProfileSchema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, ProfileSchema>>;
  readonly items?: ProfileSchema;
  readonly anyOf?: readonly ProfileSchema[];
  readonly oneOf?: readonly ProfileSchema[];
  readonly const?: unknown;
}

/** The profile's shape as JSON Schema, for editors. What its parts must agree in stands in no schema. */
export function profileJsonSchema(): ProfileSchema & Readonly<Record<string, unknown>> {
  return z.toJSONSchema(siteProfileShape, { io: 'input' }) as ProfileSchema & Readonly<Record<string, unknown>>;
}

/** `docs/site-profile.schema.json`, word for word. */
export const profileJsonSchemaText = (): string => `${JSON.stringify(profileJsonSchema(), null, 2)}\n`;

let shape: ProfileSchema | undefined;

/** The schema of one place; undefined where the shape has no such place. Of a choice, the branch that the value chose. */
export function schemaAt(path: readonly PropertyKey[], profile: unknown): ProfileSchema | undefined {
  shape ??= profileJsonSchema();
  let at: ProfileSchema | undefined = shape;
  let value = profile;
  for (const key of path) {
    at = chosen(at, value);
    at = typeof key === 'number' ? at?.items : propertyOf(at, String(key));
    value = inside(value, key);
    if (at === undefined) return undefined;
  }
  return at;
}

/** The keys that may stand at a place. */
export function keysAt(path: readonly PropertyKey[], profile: unknown): readonly string[] {
  const value = path.reduce<unknown>(inside, profile);
  return Object.keys(chosen(schemaAt(path, profile), value)?.properties ?? {});
}

const propertyOf = (schema: ProfileSchema | undefined, key: string) =>
  schema?.properties !== undefined && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;

export function inside(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<PropertyKey, unknown>>)[key]
    : undefined;
}

function chosen(schema: ProfileSchema | undefined, value: unknown): ProfileSchema | undefined {
  const branches = (schema?.oneOf ?? schema?.anyOf)?.filter(({ type }) => type !== 'null');
  if (branches === undefined) return schema;
  return branches.length === 1 ? branches[0] : branches.find((branch) => fits(branch, value));
}

const fits = ({ properties }: ProfileSchema, value: unknown) =>
  properties?.['kind']?.const !== undefined && properties['kind'].const === inside(value, 'kind');
