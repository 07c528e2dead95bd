import type { DatabaseModel } from '../model.ts';
import type { Surroundings } from '../registry.ts';
import { findDatabase, findSchema, principalById } from '../storage/names.ts';
import { sameName } from '../values/collation.ts';
import { objectsOf, owningId, type CatalogueObject } from './objects.ts';

/** Names that come as text, as the functions of the catalogue take them: `N'[dbo].[Controllers]'`. */

const PART = /\s*(?:\[((?:[^\]]|\]\])+)\]|"((?:[^"]|"")+)"|([^.[\]"]*))\s*(?:\.|$)/uy;
const MOST_PARTS = 4;

/** The parts of a name, the last one last; undefined where the text is no name. Left-out parts are empty. */
export function splitName(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length || parts.length === 0) {
    const found = PART.exec(text);
    if (found === null) return undefined;
    const [whole, bracketed, quoted, plain] = found;
    parts.push(bracketed?.replaceAll(']]', ']') ?? quoted?.replaceAll('""', '"') ?? (plain ?? '').trim());
    if (!whole.endsWith('.')) break;
    if (PART.lastIndex >= text.length) return undefined;
  }
  const last = parts.at(-1);
  return PART.lastIndex < text.length || parts.length > MOST_PARTS || last === undefined || last === ''
    ? undefined
    : parts;
}

export interface NamedObject {
  readonly database: DatabaseModel;
  readonly object: CatalogueObject;
}

/** The object of that name which the asker sees, of one of the kinds where some are given. */
export function findNamedObject(
  text: string,
  surroundings: Surroundings,
  code: string | undefined,
): NamedObject | undefined {
  const parts = splitName(text);
  const name = parts?.at(-1);
  if (parts === undefined || name === undefined || parts.length === MOST_PARTS) return undefined;
  const database = databaseNamed(parts.at(-3), surroundings);
  if (database === undefined || !surroundings.rights.mayEnter(database)) return undefined;
  const candidates = objectsOf(database).filter(
    (object) => sameName(object.name, name) && (code === undefined || object.code === code.trim().toUpperCase()),
  );
  const schemas = schemasToSearch(parts.at(-2), database, surroundings);
  const object = schemas
    .map((schemaId) => candidates.find((candidate) => candidate.schemaId === schemaId))
    .find((found) => found !== undefined);
  if (object === undefined || !surroundings.rights.seesObject(owningId(object), database)) return undefined;
  return { database, object };
}

export function databaseNamed(name: string | undefined, surroundings: Surroundings): DatabaseModel | undefined {
  if (name === undefined || name === '') return surroundings.database;
  return findDatabase(surroundings.model, name);
}

/** The named schema, or the asker's default one and then dbo. */
function schemasToSearch(
  name: string | undefined,
  database: DatabaseModel,
  surroundings: Surroundings,
): readonly number[] {
  if (name !== undefined && name !== '') {
    const schema = findSchema(database, name);
    return schema === undefined ? [] : [schema.schemaId];
  }
  const userId = surroundings.rights.userId(database);
  const user = userId === undefined ? undefined : principalById(database, userId);
  return ['dbo', user?.defaultSchema]
    .toReversed()
    .flatMap((schema) => (schema === undefined ? [] : [findSchema(database, schema)]))
    .flatMap((schema) => (schema === undefined ? [] : [schema.schemaId]));
}
