import type { Token } from './tokens.ts';

export interface TableName {
  readonly database: string;
  readonly schema: string;
  readonly table: string;
}

const same = (a: string, b: string) => a.localeCompare(b, 'en', { sensitivity: 'accent' }) === 0;

/** A name of up to four parts; `db..table` has an empty one. */
export function nameAt(tokens: readonly Token[], from: number): readonly string[] | undefined {
  const parts: string[] = [];
  let at = from;
  for (;;) {
    const token = tokens[at];
    if (token?.kind === 'word' || token?.kind === 'name') {
      parts.push(token.kind === 'word' ? token.written : token.value);
      at += 1;
    } else if (token?.value === '.' && parts.length > 0) parts.push('');
    else return undefined;
    if (tokens[at]?.value !== '.' || tokens[at]?.kind !== 'symbol') return parts;
    at += 1;
  }
}

/**
 * Whether a statement that writes to `target` writes to the table: by its name, by an alias of the statement, or through a
 * common table expression in the tokens `before` it.
 */
export function meansTable(
  target: readonly string[],
  statement: readonly Token[],
  before: readonly Token[],
  table: TableName,
): boolean {
  return isTable(target, table) || isAliasOf(target, statement, table) || isExpressionOver(target, before, table);
}

function isAliasOf(target: readonly string[], statement: readonly Token[], table: TableName): boolean {
  const [alias, ...more] = target;
  if (alias === undefined || more.length > 0) return false;
  // UPDATE c SET ... FROM dbo.Controllers AS c
  for (const [at, token] of statement.entries()) {
    if (token.kind !== 'word' || !['FROM', 'JOIN', 'APPLY'].includes(token.value)) continue;
    if (aliasedSources(statement, at + 1).some((source) => isTable(source.name, table) && same(source.alias, alias)))
      return true;
  }
  return false;
}

/** WITH old AS (SELECT ... FROM dbo.Controllers) DELETE FROM old: such an expression is written through. */
function isExpressionOver(target: readonly string[], before: readonly Token[], table: TableName): boolean {
  const [name, ...more] = target;
  if (name === undefined || more.length > 0) return false;
  const opening = before.findIndex(
    (token, at) =>
      same(token.kind === 'name' ? token.value : token.written, name) &&
      before[at + 1]?.value === 'AS' &&
      before[at + 2]?.value === '(',
  );
  if (opening === -1) return false;
  const inside = before.slice(opening + 3);
  const source = inside.findIndex(({ kind, value }) => kind === 'word' && value === 'FROM');
  const over = source === -1 ? undefined : nameAt(inside, source + 1);
  return over !== undefined && isTable(over, table);
}

/** The sources from here on that have an alias, as far as they stand in one list. */
function aliasedSources(statement: readonly Token[], from: number) {
  const sources: { readonly name: readonly string[]; readonly alias: string }[] = [];
  let at = from;
  for (;;) {
    const name = nameAt(statement, at);
    if (name === undefined) return sources;
    at += name.length * 2 - 1 - name.filter((part) => part === '').length;
    if (statement[at]?.value === 'AS') at += 1;
    const alias = statement[at];
    if (alias?.kind === 'word' || alias?.kind === 'name') {
      sources.push({ name, alias: alias.kind === 'word' ? alias.written : alias.value });
      at += 1;
    }
    if (statement[at]?.value !== ',') return sources;
    at += 1;
  }
}

function isTable(name: readonly string[], { database, schema, table }: TableName): boolean {
  const [last = '', schemaPart, databasePart, serverPart] = name.toReversed();
  if (!same(last, table) || serverPart !== undefined) return false;
  if (schemaPart !== undefined && schemaPart !== '' && !same(schemaPart, schema)) return false;
  return databasePart === undefined || databasePart === '' || same(databasePart, database);
}
