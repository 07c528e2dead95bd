import type { CommonTable, Expression, Predicate, Query, TableSource } from '../ast.ts';
import type { DatabaseModel, TableModel } from '../model.ts';
import type { Surroundings } from '../registry.ts';
import { isAllowed } from '../security/permissions.ts';
import { sqlError, type SqlError } from '../sql-error.ts';
import type { LockRequest } from '../storage/lock-table.ts';
import { schemaName, tableById } from '../storage/names.ts';
import { findCollation } from '../values/collation.ts';
import type { BoundExpression, BoundPredicate, BoundQuery, Coercion } from './bound.ts';
import type { BoundSource } from './joins.ts';
import { databaseOf, type CallFrame, type Run, type Variable } from './run.ts';
import type { Scope } from './scope.ts';
import { surroundingsOf } from './surroundings.ts';

/** The binders know each other through this table, so that each can stand in a file of its own. */
export interface Binders {
  readonly expression: (node: Expression, binding: Binding) => BoundExpression;
  readonly predicate: (node: Predicate, binding: Binding) => BoundPredicate;
  readonly query: (node: Query, binding: Binding) => BoundQuery;
  readonly source: (node: TableSource, binding: Binding) => BoundSource;
}

/** One use of a table in a statement: which right it needs, on which columns. */
interface TableUse {
  readonly database: DatabaseModel;
  readonly objectId: number;
  readonly name: string;
  readonly schemaId: number;
  readonly permission: string;
  readonly columns: Map<number, string>;
  /** A target of UPDATE or DELETE is read only where an expression names one of its columns. */
  readonly onlyIfNamed: boolean;
}

/** What a statement needs before it may run; collected while its names are bound. */
export class Needs {
  readonly locks: LockRequest[] = [];
  readonly uses: TableUse[] = [];
}

/** A common table expression with the binding that its own text sees. */
export interface VisibleCte {
  readonly table: CommonTable;
  readonly binding: Binding;
}

/** The surroundings in which a piece of a statement is bound. Immutable: an inner piece gets a changed copy. */
export class Binding {
  readonly run: Run;
  readonly frame: CallFrame;
  readonly binders: Binders;
  readonly needs: Needs;
  readonly scope: Scope | undefined;
  readonly ctes: ReadonlyMap<string, VisibleCte>;
  /** The module whose text is being bound, where that is a view or an inline function. */
  readonly module: { readonly database: DatabaseModel; readonly schemaId: number; readonly owner: number } | undefined;
  /** Parameters of the inline function that is being bound; hides the variables around. */
  readonly parameters: ReadonlyMap<string, Variable> | undefined;
  readonly surroundings: Surroundings;

  constructor(fields: {
    readonly run: Run;
    readonly frame: CallFrame;
    readonly binders: Binders;
    readonly needs: Needs;
    readonly scope?: Scope | undefined;
    readonly ctes?: ReadonlyMap<string, VisibleCte>;
    readonly module?: Binding['module'];
    readonly parameters?: Binding['parameters'];
    readonly surroundings?: Surroundings;
  }) {
    this.run = fields.run;
    this.frame = fields.frame;
    this.binders = fields.binders;
    this.needs = fields.needs;
    this.scope = fields.scope;
    this.ctes = fields.ctes ?? new Map();
    this.module = fields.module;
    this.parameters = fields.parameters;
    this.surroundings = fields.surroundings ?? surroundingsOf(fields.run, fields.frame);
  }

  with(changed: {
    readonly scope?: Scope | undefined;
    readonly ctes?: ReadonlyMap<string, VisibleCte>;
    readonly module?: Binding['module'];
    readonly parameters?: Binding['parameters'];
    readonly binders?: Binders;
  }): Binding {
    const { run, frame, binders, needs, scope, ctes, module, parameters, surroundings } = this;
    return new Binding({ run, frame, binders, needs, scope, ctes, module, parameters, surroundings, ...changed });
  }

  expression(node: Expression): BoundExpression {
    return this.binders.expression(node, this);
  }

  predicate(node: Predicate): BoundPredicate {
    return this.binders.predicate(node, this);
  }

  query(node: Query): BoundQuery {
    return this.binders.query(node, this);
  }

  source(node: TableSource): BoundSource {
    return this.binders.source(node, this);
  }

  get database(): DatabaseModel {
    return this.module?.database ?? databaseOf(this.frame, this.run.session);
  }

  /** How text that comes from nowhere (literals, variables) compares. */
  get defaultCoercion(): Coercion {
    return { collation: findCollation(this.database.collation), strength: 'default' };
  }

  variable(name: string): Variable {
    const found = (this.parameters ?? this.frame.variables).get(name.toLowerCase());
    if (!found) throw sqlError(137, name);
    return found;
  }

  /** Remembers that a right on a table is needed, unless the ownership chain is unbroken. Answers what to tell of used columns. */
  uses(
    database: DatabaseModel,
    table: Pick<TableModel, 'objectId' | 'name' | 'schemaId'>,
    permission: string,
    onlyIfNamed = false,
  ): ((columnId: number, name: string) => void) | undefined {
    if (this.isChained(database, table.schemaId)) return undefined;
    const columns = new Map<number, string>();
    this.needs.uses.push({ database, ...pick(table), permission, columns, onlyIfNamed });
    return (columnId, name) => void columns.set(columnId, name);
  }

  private isChained(database: DatabaseModel, schemaId: number): boolean {
    const owner = this.module?.owner ?? this.frame.owner;
    const home = this.module?.database ?? this.frame.database;
    const target = database.schemas.find((schema) => schema.schemaId === schemaId)?.ownerId;
    return owner !== undefined && home === database && owner === target;
  }

  /** 229 for the first table, 230 for the first column, on which a right is missing. */
  checkRights(): void {
    for (const use of this.needs.uses) {
      const missing = missingRight(use, this);
      if (missing) throw missing;
    }
  }
}

function pick(
  table: Pick<TableModel, 'objectId' | 'name' | 'schemaId'>,
): Pick<TableModel, 'objectId' | 'name' | 'schemaId'> {
  return { objectId: table.objectId, name: table.name, schemaId: table.schemaId };
}

function missingRight(use: TableUse, binding: Binding): SqlError | undefined {
  const { database, objectId, permission } = use;
  const { model } = binding.run.server;
  const may = (columnId: number): boolean =>
    isAllowed(model, binding.frame.identity, permission, { class: 'OBJECT', database, objectId, columnId });
  const columns = [...use.columns];
  if (use.onlyIfNamed && columns.length === 0) return undefined;
  const denied = columns.find(([columnId]) => !may(columnId));
  if (!denied && may(0)) return undefined;
  const schema = schemaName(database, use.schemaId);
  const table = tableById(database, objectId);
  // COUNT(*) names no column: a right on any one is enough.
  const someColumn = (table?.columns ?? []).some(({ columnId }) => may(columnId));
  if (!someColumn) return sqlError(229, permission, use.name, database.name, schema);
  return denied ? sqlError(230, permission, denied[1], use.name, database.name, schema) : undefined;
}
