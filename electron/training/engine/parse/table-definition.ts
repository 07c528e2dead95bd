/** Columns and constraints. https://learn.microsoft.com/sql/t-sql/statements/create-table-transact-sql */
import type { ColumnDefinition, Constraint, ReferentialAction, TableElement } from '../ast.ts';
import { isWhole } from './constants.ts';
import { collationName, name, nameHere, nameList, optionalNameList } from './names.ts';
import { Refusal } from './refusal.ts';
import { storageOptions } from './storage-options.ts';
import type { TokenStream } from './token-stream.ts';
import { dataType } from './types.ts';

/** Everything between a table's parentheses, them included. */
export function tableElements(tokens: TokenStream): readonly TableElement[] {
  tokens.expectSymbol('(');
  const elements = [newElement(tokens)];
  while (tokens.acceptSymbol(',')) {
    // A comma may stand before the closing parenthesis.
    if (tokens.atSymbol(')')) break;
    elements.push(newElement(tokens));
  }
  tokens.expectSymbol(')');
  return elements;
}

/** As a table variable has them: its constraints have no names and refer to no other table. */
export function variableElements(tokens: TokenStream): readonly TableElement[] {
  const elements = tokens.parenthesized(newElement);
  for (const { name: named, kind, line } of elements.flatMap(constraintsOf)) {
    const keyword = named === undefined ? 'REFERENCES' : 'CONSTRAINT';
    if (named !== undefined || kind === 'foreign-key')
      throw new Refusal(156, `Incorrect syntax near the keyword '${keyword}'.`, line);
  }
  return elements;
}

function constraintsOf(element: TableElement): readonly Constraint[] {
  return element.kind === 'column' ? element.constraints : [element];
}

/** A default of a column that stands elsewhere is for ALTER TABLE. */
function newElement(tokens: TokenStream): TableElement {
  const element = tableElement(tokens);
  if (element.kind === 'default') throw wrongConstraint(element.line);
  return element;
}

export function tableElement(tokens: TokenStream): TableElement {
  if (tokens.at('INDEX')) throw tokens.outside('an index inside CREATE TABLE');
  return tableConstraint(tokens) ?? column(tokens);
}

/** A constraint that names its columns itself; undefined where none stands. */
function tableConstraint(tokens: TokenStream): Constraint | undefined {
  const { line } = tokens;
  const named = tokens.accept('CONSTRAINT') ? name(tokens) : undefined;
  const constraint =
    key(tokens, named, undefined, line) ?? check(tokens, named, line) ?? foreignKey(tokens, named, line);
  if (constraint !== undefined) return constraint;
  if (tokens.at('DEFAULT')) return defaultFor(tokens, named, line);
  if (named !== undefined) throw tokens.refusal();
  return undefined;
}

function column(tokens: TokenStream): ColumnDefinition {
  return columnWith(tokens, columnPart);
}

/** As ALTER COLUMN has it: constraints are added and dropped by statements of their own. */
export function bareColumn(tokens: TokenStream): ColumnDefinition {
  return columnWith(tokens, typePart);
}

interface ColumnParts {
  readonly name: string;
  nullable: ColumnDefinition['nullable'];
  identity: ColumnDefinition['identity'];
  collation: ColumnDefinition['collation'];
  readonly constraints: Constraint[];
}

type PartReader = (tokens: TokenStream, found: ColumnParts) => boolean;

/** A name, a type, and whatever parts `read` finds behind them, in whatever order they come. */
function columnWith(tokens: TokenStream, read: PartReader): ColumnDefinition {
  const { line } = tokens;
  const named = name(tokens);
  if (tokens.at('AS')) throw tokens.outside('computed columns');
  const type = dataType(tokens);
  const found: ColumnParts = {
    name: named,
    nullable: undefined,
    identity: undefined,
    collation: undefined,
    constraints: [],
  };
  while (read(tokens, found));
  return { kind: 'column', type, ...found, line };
}

const PARTS_ELSEWHERE = [
  'ROWGUIDCOL',
  'SPARSE',
  'FILESTREAM',
  'MASKED',
  'ENCRYPTED',
  'GENERATED',
  'PERSISTED',
  'HIDDEN',
];

/** Whether the column takes NULL, and its collation; false where neither stands. */
function typePart(tokens: TokenStream, found: ColumnParts): boolean {
  if (tokens.atAny(PARTS_ELSEWHERE)) throw tokens.outside(`a column that is ${tokens.peek().word}`);
  if (found.nullable !== undefined && tokens.atAny(['NULL', 'NOT'])) throw tokens.refusal();
  if (tokens.accept('NOT', 'NULL')) found.nullable = false;
  else if (tokens.accept('NULL')) found.nullable = true;
  else if (found.collation === undefined && tokens.accept('COLLATE')) found.collation = collationName(tokens);
  else return false;
  return true;
}

function columnPart(tokens: TokenStream, found: ColumnParts): boolean {
  if (typePart(tokens, found)) return true;
  if (tokens.at('IDENTITY')) {
    if (found.identity !== undefined) throw tokens.outside('a column with IDENTITY twice');
    found.identity = identity(tokens);
    return true;
  }
  const constraint = columnConstraint(tokens, found.name);
  if (constraint?.kind === 'default' && found.constraints.some(({ kind }) => kind === 'default'))
    throw tokens.outside('a column with DEFAULT twice');
  if (constraint !== undefined) found.constraints.push(constraint);
  return constraint !== undefined;
}

function identity(tokens: TokenStream): NonNullable<ColumnDefinition['identity']> {
  tokens.next();
  let found = { seed: 1n, increment: 1n };
  if (tokens.acceptSymbol('(')) {
    const seed = signedInteger(tokens);
    tokens.expectSymbol(',');
    found = { seed, increment: signedInteger(tokens) };
    tokens.expectSymbol(')');
  }
  if (tokens.at('NOT', 'FOR', 'REPLICATION')) throw tokens.outside('NOT FOR REPLICATION');
  return found;
}

function signedInteger(tokens: TokenStream): bigint {
  const sign = tokens.acceptSymbol('-') ? -1n : 1n;
  const token = tokens.next();
  if (!isWhole(token)) throw tokens.refusal(token);
  return sign * BigInt(token.text);
}

function columnConstraint(tokens: TokenStream, columnName: string): Constraint | undefined {
  const { line } = tokens;
  const named = tokens.accept('CONSTRAINT') ? name(tokens) : undefined;
  const constraint =
    key(tokens, named, columnName, line) ??
    check(tokens, named, line) ??
    references(tokens, named, columnName, line) ??
    defaultOf(tokens, named, columnName, line);
  if (constraint === undefined && named !== undefined) throw tokens.refusal();
  return constraint;
}

/** PRIMARY KEY and UNIQUE; `columnName` where it stands behind a column and needs no list. */
function key(
  tokens: TokenStream,
  named: string | undefined,
  columnName: string | undefined,
  line: number,
): Constraint | undefined {
  const kind = tokens.accept('PRIMARY', 'KEY') ? 'primary-key' : tokens.accept('UNIQUE') ? 'unique' : undefined;
  if (kind === undefined) return undefined;
  const order = tokens.acceptAny(['CLUSTERED', 'NONCLUSTERED']);
  const columns = columnName === undefined || tokens.atSymbol('(') ? tokens.parenthesized(keyColumn) : [columnName];
  storageOptions(tokens);
  const clustered = order === undefined ? undefined : order === 'CLUSTERED';
  return { kind, name: named, columns, clustered, line };
}

function keyColumn(tokens: TokenStream): string {
  const named = name(tokens);
  tokens.acceptAny(['ASC', 'DESC']);
  return named;
}

function check(tokens: TokenStream, named: string | undefined, line: number): Constraint | undefined {
  if (!tokens.accept('CHECK')) return undefined;
  tokens.expectSymbol('(');
  const { place } = tokens;
  const condition = tokens.grammar.predicate(tokens);
  const text = tokens.textSince(place);
  tokens.expectSymbol(')');
  return { kind: 'check', name: named, condition, text, line };
}

function foreignKey(tokens: TokenStream, named: string | undefined, line: number): Constraint | undefined {
  if (!tokens.accept('FOREIGN', 'KEY')) return undefined;
  return referencing(tokens, named, nameList(tokens), line);
}

function references(
  tokens: TokenStream,
  named: string | undefined,
  columnName: string,
  line: number,
): Constraint | undefined {
  const spelledOut = tokens.accept('FOREIGN', 'KEY');
  return spelledOut || tokens.at('REFERENCES') ? referencing(tokens, named, [columnName], line) : undefined;
}

function referencing(
  tokens: TokenStream,
  named: string | undefined,
  columns: readonly string[],
  line: number,
): Constraint {
  tokens.expect('REFERENCES');
  const table = nameHere(tokens);
  const referenced = optionalNameList(tokens);
  let onDelete: ReferentialAction | undefined;
  let onUpdate: ReferentialAction | undefined;
  while (tokens.at('ON')) {
    if (onDelete === undefined && tokens.accept('ON', 'DELETE')) onDelete = referentialAction(tokens);
    else if (onUpdate === undefined && tokens.accept('ON', 'UPDATE')) onUpdate = referentialAction(tokens);
    else if (['DELETE', 'UPDATE'].includes(tokens.peek(1).word)) throw tokens.refusal(tokens.peek(1));
    else break;
  }
  const actions = { onDelete: onDelete ?? 'no-action', onUpdate: onUpdate ?? 'no-action' } as const;
  return { kind: 'foreign-key', name: named, columns, table, referenced, ...actions, line };
}

function referentialAction(tokens: TokenStream): ReferentialAction {
  if (tokens.accept('NO', 'ACTION')) return 'no-action';
  if (tokens.accept('CASCADE')) return 'cascade';
  tokens.expect('SET');
  return tokens.expectAny(['NULL', 'DEFAULT']) === 'NULL' ? 'set-null' : 'set-default';
}

function defaultOf(
  tokens: TokenStream,
  named: string | undefined,
  columnName: string,
  line: number,
): Constraint | undefined {
  if (!tokens.accept('DEFAULT')) return undefined;
  const { place } = tokens;
  const value = tokens.grammar.expression(tokens);
  return { kind: 'default', name: named, column: columnName, value, text: tokens.textSince(place), line };
}

/** `DEFAULT value FOR column`, as ALTER TABLE ADD has it. */
function defaultFor(tokens: TokenStream, named: string | undefined, line: number): Constraint {
  tokens.expect('DEFAULT');
  const { place } = tokens;
  const value = tokens.grammar.expression(tokens);
  const text = tokens.textSince(place);
  if (!tokens.accept('FOR')) throw wrongConstraint(line);
  return { kind: 'default', name: named, column: name(tokens), value, text, line };
}

function wrongConstraint(line: number): Refusal {
  return new Refusal(142, `Incorrect syntax for definition of the 'TABLE' constraint.`, line);
}
