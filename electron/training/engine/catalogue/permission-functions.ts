import type { ScalarFunction, Surroundings } from '../registry.ts';
import { findDatabase, findLogin, findSchema, objectById } from '../storage/names.ts';
import { sameName } from '../values/collation.ts';
import { int, nvarchar, sysname } from '../values/types.ts';
import { findNamedObject, splitName } from './text-names.ts';

/** HAS_PERMS_BY_NAME. https://learn.microsoft.com/sql/t-sql/functions/has-perms-by-name-transact-sql */

/** What ANY is tried with, by class. */
const ANY: Readonly<Record<string, readonly string[]>> = {
  SERVER: ['CONNECT SQL', 'VIEW SERVER STATE', 'VIEW ANY DEFINITION', 'ALTER ANY LOGIN', 'CONTROL SERVER'],
  DATABASE: ['CONNECT', 'SELECT', 'EXECUTE', 'VIEW DEFINITION', 'ALTER', 'CONTROL'],
  SCHEMA: ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'EXECUTE', 'REFERENCES', 'VIEW DEFINITION', 'ALTER', 'CONTROL'],
  OBJECT: ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'EXECUTE', 'REFERENCES', 'VIEW DEFINITION', 'ALTER', 'CONTROL'],
};

interface Question {
  readonly securable: string | undefined;
  readonly permission: string;
  readonly column: string | undefined;
}

/** 1, 0, or NULL where the securable or the class is unknown. */
type Answer = boolean | undefined;

function onServer({ permission }: Question, { rights }: Surroundings): Answer {
  return rights.onServer(permission);
}

function onDatabase({ securable, permission }: Question, { model, database, rights }: Surroundings): Answer {
  const named = securable === undefined ? database : findDatabase(model, unquoted(securable));
  if (named === undefined) return undefined;
  return rights.mayEnter(named) && rights.onDatabase(permission, named);
}

function onSchema({ securable, permission }: Question, { database, rights }: Surroundings): Answer {
  const schema = securable === undefined ? undefined : findSchema(database, unquoted(securable));
  return schema === undefined ? undefined : rights.onSchema(permission, schema.schemaId, database);
}

function onObject({ securable, permission, column }: Question, surroundings: Surroundings): Answer {
  const found = securable === undefined ? undefined : findNamedObject(securable, surroundings, undefined);
  if (found === undefined) return undefined;
  const { database, object } = found;
  if (column === undefined) return surroundings.rights.onObject(permission, object.objectId, database);
  const table = objectById(database, object.objectId);
  const columns = table?.kind === 'table' ? table.columns : [];
  // A column's name stands as it is: brackets would be a part of it.
  const columnId = columns.find((one) => sameName(one.name, column))?.columnId;
  return columnId === undefined
    ? undefined
    : surroundings.rights.onColumn(permission, object.objectId, columnId, database);
}

/** A login's own permissions: whoever may alter any login may do all of it here. */
function onLogin({ securable, permission }: Question, { model, rights }: Surroundings): Answer {
  const login = securable === undefined ? undefined : findLogin(model, unquoted(securable));
  if (login === undefined) return undefined;
  if (permission === 'VIEW DEFINITION') return rights.seesLogin(login);
  return rights.onServer('ALTER ANY LOGIN');
}

const CLASSES: Readonly<Record<string, (question: Question, surroundings: Surroundings) => Answer>> = {
  SERVER: onServer,
  DATABASE: onDatabase,
  SCHEMA: onSchema,
  OBJECT: onObject,
  LOGIN: onLogin,
};

function unquoted(name: string): string {
  return splitName(name)?.at(-1) ?? name;
}

function ask(classWord: string, question: Question, surroundings: Surroundings): Answer {
  const judge = CLASSES[classWord];
  if (judge === undefined) return undefined;
  if (question.permission !== 'ANY') return judge(question, surroundings);
  const answers = (ANY[classWord] ?? []).map((permission) => judge({ ...question, permission }, surroundings));
  return answers.every((answer) => answer === undefined) ? undefined : answers.includes(true);
}

export const permissionFunctions: readonly ScalarFunction[] = [
  {
    name: 'HAS_PERMS_BY_NAME',
    minimumArguments: 3,
    maximumArguments: 5,
    parameters: [sysname, nvarchar(60), sysname, sysname, nvarchar(60)],
    type: int,
    evaluate([securable, classWord, permission, subSecurable, subClass], surroundings) {
      if (typeof permission !== 'string') return null;
      const word = typeof classWord === 'string' ? classWord.trimEnd().toUpperCase() : 'SERVER';
      if (typeof subClass === 'string' && subClass.trimEnd().toUpperCase() !== 'COLUMN') return null;
      const question = {
        securable: typeof securable === 'string' ? securable : undefined,
        permission: permission.trimEnd().toUpperCase(),
        column: typeof subSecurable === 'string' ? subSecurable : undefined,
      };
      const answer = ask(word, question, surroundings);
      return answer === undefined ? null : Number(answer);
    },
  },
];
