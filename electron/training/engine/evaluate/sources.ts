import { assertNever } from '#shared/assert-never.ts';
import type { ObjectName, TableHint, TableSource } from '../ast.ts';
import type { DatabaseModel, FunctionModel, Row, TableModel, ViewModel } from '../model.ts';
import { findTableFunction } from '../registry.ts';
import type { Surroundings, SystemTableFunction, SystemView } from '../registry.ts';
import { ownerOf } from '../storage/names.ts';
import { scan } from '../storage/table-rows.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import { sameName, findCollation } from '../values/collation.ts';
import { isText } from '../values/facts.ts';
import { readLocks } from './access.ts';
import type { Binding } from './binding.ts';
import type { BoundColumn, BoundQuery, Coercion } from './bound.ts';
import { coerce, combinedCoercion, commonTypeOf } from './coercion.ts';
import { bindConditions } from './conditions.ts';
import { declaredType } from './declared-type.ts';
import type { BoundLeaf, BoundSource } from './joins.ts';
import { parsedFunction, parsedView } from './modules.ts';
import { resolveName } from './resolve.ts';
import type { Variable } from './run.ts';
import { Scope, type ScopeColumn } from './scope.ts';

/** From what stands in FROM to rows. `binding.scope` is the query around. */
export function bindSource(node: TableSource, binding: Binding): BoundSource {
  switch (node.kind) {
    case 'table':
      return bindNamedTable(node, binding);
    case 'table-variable': {
      const table = binding.frame.tableVariables.get(node.name.toLowerCase());
      if (!table) throw sqlError(1087, node.name);
      return tableLeaf(table, node.alias ?? node.name, undefined, undefined, () => {});
    }
    case 'derived-table':
      return queryLeaf(binding.query(node.query), node.alias, node.columns);
    case 'values-table':
      return valuesLeaf(node, binding);
    case 'table-function':
      return functionLeaf(node, binding);
    case 'join':
      return bindJoin(node, binding);
    case 'apply': {
      const left = binding.source(node.left);
      const scope = new Scope(left.columns, binding.scope);
      const right = binding.with({ scope }).source(node.right);
      const columns = [...left.columns, ...asNullable(right.columns, node.type === 'outer')];
      return { kind: 'apply', outer: node.type === 'outer', columns, left, right };
    }
    default:
      return assertNever(node);
  }
}

function bindJoin(node: Extract<TableSource, { kind: 'join' }>, binding: Binding): BoundSource {
  const left = binding.source(node.left);
  const right = binding.source(node.right);
  refuseSameNames(left.columns, right.columns);
  const columns = [
    ...asNullable(left.columns, node.type === 'right' || node.type === 'full'),
    ...asNullable(right.columns, node.type === 'left' || node.type === 'full'),
  ];
  const scope = new Scope(columns, binding.scope);
  const on = node.on === undefined ? undefined : bindConditions(node.on, binding.with({ scope }), scope);
  return { kind: 'join', type: node.type, columns, left, right, on, correlated: scope.usesOuter };
}

function asNullable(columns: readonly ScopeColumn[], nullable: boolean): readonly ScopeColumn[] {
  return nullable ? columns.map((column) => ({ ...column, nullable: true })) : columns;
}

/** 1013: two tables under one name need correlation names. */
export function refuseSameNames(left: readonly ScopeColumn[], right: readonly ScopeColumn[]): void {
  const taken = new Map(left.map((column) => [exposedName(column), column.qualifier]));
  const clash = right.find((column) => column.qualifier !== '' && taken.has(exposedName(column)));
  if (clash) throw sqlError(1013, taken.get(exposedName(clash)) ?? '', clash.qualifier);
}

function exposedName(column: ScopeColumn): string {
  return `${column.schema ?? ''}.${column.qualifier}`.toLowerCase();
}

function bindNamedTable(node: Extract<TableSource, { kind: 'table' }>, binding: Binding): BoundSource {
  const [single = '', ...more] = node.name.parts;
  if (more.length === 0) {
    const cte = binding.ctes.get(single.toLowerCase());
    if (cte) {
      const query = cte.binding.query(cte.table.query);
      return queryLeaf(query, node.alias ?? single, cte.table.columns, cte.table.name);
    }
    const transition = transitionTable(single, node.alias, binding);
    if (transition) return transition;
  }
  const found = resolveName(node.name, binding);
  const alias = node.alias ?? node.name.parts.at(-1) ?? '';
  const schema = node.alias === undefined ? node.name.parts.at(-2) : undefined;
  if (found.kind === 'temporary') return tableLeaf(found.table, alias, undefined, undefined, () => {});
  if (found.kind === 'system-view') return systemLeaf(found.view, alias, schema, binding);
  if (found.object.kind === 'table') {
    return storedLeaf(found.object, found.database, found.resource, node.hints, alias, schema, binding);
  }
  if (found.object.kind === 'view') return viewLeaf(found.object, found.database, found.resource, alias, binding);
  throw sqlError(208, node.name.parts.join('.'));
}

/** `inserted` and `deleted` inside a trigger. */
function transitionTable(name: string, alias: string | undefined, binding: Binding): BoundLeaf | undefined {
  const { trigger } = binding.frame;
  if (!trigger || binding.module) return undefined;
  const rows = sameName(name, 'inserted') ? trigger.inserted : sameName(name, 'deleted') ? trigger.deleted : undefined;
  if (!rows) return undefined;
  const columns = tableColumns(trigger.table, alias ?? name, undefined, undefined);
  return { kind: 'leaf', columns, correlated: false, table: undefined, reached: () => {}, rows: () => rows };
}

export function storedLeaf(
  table: TableModel,
  database: DatabaseModel,
  resource: string,
  hints: readonly TableHint[],
  alias: string,
  schema: string | undefined,
  binding: Binding,
): BoundLeaf {
  const touch = binding.uses(database, table, 'SELECT');
  const { isolation } = binding.frame.settings;
  return tableLeaf(table, alias, schema, touch, (rowKey) =>
    binding.needs.locks.push(...readLocks(resource, hints, isolation, rowKey)),
  );
}

export function tableLeaf(
  table: TableModel,
  alias: string,
  schema: string | undefined,
  touch: ((columnId: number, name: string) => void) | undefined,
  reached: (rowKey: string | undefined) => void,
): BoundLeaf {
  return {
    kind: 'leaf',
    columns: tableColumns(table, alias, schema, touch),
    correlated: false,
    table,
    reached,
    *rows() {
      for (const [, row] of scan(table)) yield row;
    },
  };
}

export function tableColumns(
  table: TableModel,
  qualifier: string,
  schema: string | undefined,
  touch: ((columnId: number, name: string) => void) | undefined,
): readonly ScopeColumn[] {
  return table.columns.map((column) => ({
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    coercion: columnCoercion(column.collation),
    qualifier,
    schema,
    touch: touch && (() => touch(column.columnId, column.name)),
  }));
}

export function columnCoercion(collation: string | undefined): Coercion | undefined {
  return collation === undefined ? undefined : { collation: findCollation(collation), strength: 'implicit' };
}

function systemLeaf(view: SystemView, alias: string, schema: string | undefined, binding: Binding): BoundLeaf {
  const { surroundings } = binding;
  demandRight(view, surroundings);
  const columns = systemColumns(view, alias, schema, surroundings);
  const rows = (): Iterable<Row> => view.rows(surroundings);
  return { kind: 'leaf', columns, correlated: false, table: undefined, reached: () => {}, rows };
}

/** Error 300 without the right that a view or function of the system asks for. */
function demandRight({ requires }: Pick<SystemView, 'requires'>, surroundings: Surroundings): void {
  if (!requires) return;
  const { rights } = surroundings;
  const allowed =
    requires.on === 'server' ? rights.onServer(requires.permission) : rights.onDatabase(requires.permission);
  if (allowed) return;
  const database = requires.on === 'server' ? 'master' : surroundings.database.name;
  throw sqlError(300, requires.permission, requires.on === 'server' ? 'server' : database, database);
}

function systemColumns(
  { columns }: Pick<SystemView, 'columns'>,
  alias: string,
  schema: string | undefined,
  { model }: Surroundings,
): readonly ScopeColumn[] {
  const coercion = columnCoercion(model.instance.collation);
  return columns.map((column) => ({
    name: column.name,
    type: column.type,
    nullable: column.nullable ?? true,
    coercion: isText(column.type) ? coercion : undefined,
    qualifier: alias,
    schema,
    touch: undefined,
  }));
}

/** sys.dm_exec_sql_text and its like. Like every inline function it is asked anew for each row of what it is applied to. */
function systemFunctionLeaf(
  called: SystemTableFunction,
  node: Extract<TableSource, { kind: 'table-function' }>,
  binding: Binding,
): BoundLeaf {
  const { surroundings } = binding;
  demandRight(called, surroundings);
  if (node.arguments.length > called.parameters.length) throw sqlError(8144, called.name);
  const args = called.parameters.map((type, index) => {
    const given = node.arguments[index];
    if (!given) throw sqlError(313, node.name.parts.join('.'));
    return coerce(binding.expression(given), type);
  });
  return {
    kind: 'leaf',
    columns: systemColumns(called, node.alias ?? called.name, undefined, surroundings),
    correlated: args.some((arg) => arg.constant === undefined),
    table: undefined,
    reached: () => {},
    rows: (outer) =>
      called.rows(
        args.map((arg) => arg.evaluate(outer ?? { row: [], outer: undefined })),
        surroundings,
      ),
  };
}

/** A query as a table. Column names come from the list behind the alias, else from the query; 8155 where there is none. */
function queryLeaf(query: BoundQuery, alias: string, names: readonly string[], cte?: string): BoundLeaf {
  if (names.length > 0 && names.length !== query.columns.length) {
    throw sqlError(names.length < query.columns.length ? 8158 : 8159, cte ?? alias);
  }
  const columns = query.columns.map((column, index) => ({
    ...scopeColumn(column, alias),
    name: names[index] ?? column.name,
  }));
  const seen = new Set<string>();
  for (const [index, { name }] of columns.entries()) {
    if (name === '') throw sqlError(8155, index + 1, cte ?? alias);
    if (seen.has(name.toLowerCase())) throw sqlError(8156, name, cte ?? alias);
    seen.add(name.toLowerCase());
  }
  return {
    kind: 'leaf',
    columns,
    correlated: query.correlated,
    table: undefined,
    reached: () => {},
    rows: (outer) => query.rows(outer),
  };
}

function scopeColumn(column: BoundColumn, qualifier: string): ScopeColumn {
  const coercion: Coercion | undefined = column.coercion && { ...column.coercion, strength: 'implicit' };
  return { ...column, coercion, qualifier, schema: undefined, touch: undefined };
}

function valuesLeaf(node: Extract<TableSource, { kind: 'values-table' }>, binding: Binding): BoundLeaf {
  const scope = new Scope([], binding.scope);
  const inner = binding.with({ scope });
  const rows = node.rows.map((row) => row.map((one) => inner.expression(one)));
  const width = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== width)) throw sqlError(10_709);
  if (node.columns.length !== width) throw sqlError(node.columns.length < width ? 8158 : 8159, node.alias);
  const byColumn = node.columns.map((name, index) => {
    const all = rows.flatMap((row) => row[index] ?? []);
    const type = commonTypeOf(all);
    const coercion = isText(type) ? combinedCoercion(all, 'VALUES') : undefined;
    return { values: all.map((one) => coerce(one, type)), column: { name, type, nullable: true, coercion } };
  });
  return {
    kind: 'leaf',
    columns: byColumn.map(({ column }) => scopeColumn(column, node.alias)),
    correlated: scope.usesOuter,
    table: undefined,
    reached: () => {},
    rows: (outer) =>
      rows.map((_, index) => byColumn.map(({ values }) => values[index]?.evaluate({ row: [], outer }) ?? null)),
  };
}

function viewLeaf(
  view: ViewModel,
  database: DatabaseModel,
  resource: string,
  alias: string,
  binding: Binding,
): BoundLeaf {
  binding.uses(database, view, 'SELECT');
  binding.needs.locks.push({ resource, mode: 'Sch-S', duration: 'statement' });
  const parsed = parsedView(view);
  const module = { database, schemaId: view.schemaId, owner: ownerOf(database, view.schemaId) };
  const inner = binding.with({ module, scope: undefined, ctes: new Map(), parameters: new Map() });
  return queryLeaf(inner.query(parsed.query), alias, parsed.columns);
}

/** An inline function is a view with parameters: its query is bound with them in place of variables. */
function functionLeaf(node: Extract<TableSource, { kind: 'table-function' }>, binding: Binding): BoundLeaf {
  const [schema, last = ''] = node.name.parts.slice(-2);
  const system = node.name.parts.length > 1 && sameName(schema ?? '', 'sys') ? findTableFunction(last) : undefined;
  if (system) return systemFunctionLeaf(system, node, binding);
  const found = resolveName(node.name, binding);
  if (found.kind !== 'object' || found.object.kind !== 'function') throw sqlError(208, node.name.parts.join('.'));
  const { database, object, resource } = found;
  binding.uses(database, object, 'SELECT');
  binding.needs.locks.push({ resource, mode: 'Sch-S', duration: 'statement' });
  const parsed = parsedFunction(object);
  const args = bindArguments(object, parsed.parameters.length, node, binding);
  const slots = parsed.parameters.map((parameter, index) => {
    const type = declaredType(parameter.type, 'declaration');
    const given = args[index];
    const source = given ?? (parameter.initial && binding.expression(parameter.initial));
    if (!source) throw sqlError(313, node.name.parts.join('.'));
    const variable: Variable = { type, value: null };
    return { name: parameter.name.toLowerCase(), variable, value: coerce(source, type) };
  });
  const module = { database, schemaId: object.schemaId, owner: ownerOf(database, object.schemaId) };
  const parameters = new Map(slots.map(({ name, variable }) => [name, variable]));
  const query = binding.with({ module, scope: undefined, ctes: new Map(), parameters }).query(parsed.query);
  const leaf = queryLeaf(query, node.alias ?? node.name.parts.at(-1) ?? '', node.columns);
  const fixed = slots.every(({ value }) => value.constant !== undefined);
  return {
    ...leaf,
    correlated: !fixed,
    *rows(outer) {
      for (const { variable, value } of slots) variable.value = value.evaluate(outer ?? { row: [], outer: undefined });
      // Read to the end before the parameters change again.
      yield* Array.from(query.rows(undefined));
    },
  };
}

function bindArguments(
  object: FunctionModel,
  count: number,
  node: Extract<TableSource, { kind: 'table-function' }>,
  binding: Binding,
): readonly ReturnType<Binding['expression']>[] {
  if (node.arguments.length > count) throw sqlError(8144, object.name);
  return node.arguments.map((argument) => binding.expression(argument));
}

export function nameText(name: ObjectName): string {
  if (name.parts.length > 4) throw unknownToTrainingSite(`a name of ${name.parts.length} parts`);
  return name.parts.join('.');
}
