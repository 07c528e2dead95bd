import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { profileJsonSchema, profileJsonSchemaText } from '#electron/site/profile/profile-schema.ts';
import type { ProfileSchema } from '#electron/site/profile/profile-schema.ts';

/** Every place of the schema that a person writes a value at, with its path. */
function placesOf(schema: ProfileSchema, path: string): readonly (readonly [string, ProfileSchema])[] {
  const inside = Object.entries(schema.properties ?? {}).map(([key, below]) => [`${path}.${key}`, below] as const);
  const branches = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  return [
    ...inside,
    ...inside.flatMap(([place, below]) => placesOf(below, place)),
    ...branches.flatMap((branch) => placesOf(branch, path)),
    ...(schema.items === undefined
      ? []
      : [[`${path}[]`, schema.items] as const, ...placesOf(schema.items, `${path}[]`)]),
  ];
}

describe('The JSON Schema of profiles', () => {
  it('in the documentation is the one of the code ("mortise profile schema" writes it)', async () => {
    const written = await readFile(join(import.meta.dirname, '../../../../docs/site-profile.schema.json'), 'utf8');
    expect(written).toBe(profileJsonSchemaText());
  });

  it('says at every place what belongs there', () => {
    const places = placesOf(profileJsonSchema(), 'profile');
    expect(places.length).toBeGreaterThan(40);
    expect(places.filter(([, { description }]) => description === undefined).map(([path]) => path)).toEqual([]);
  });

  it('takes no key that a profile does not have', () => {
    const objects = placesOf(profileJsonSchema(), 'profile').filter(([, { properties }]) => properties !== undefined);
    for (const [path, schema] of objects) expect(schema, path).toHaveProperty('additionalProperties', false);
  });
});
