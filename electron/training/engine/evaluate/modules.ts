import type { CreateFunction, CreateProcedure, CreateTrigger, CreateView, Expression, Predicate } from '../ast.ts';
import type { FunctionModel, ModuleModel, ProcedureModel, TriggerModel, ViewModel } from '../model.ts';
import { parseBatch } from '../parse/parse.ts';

/**
 * The syntax of what the model stores as text: modules, defaults and checks. Parsed at the first use and kept beside the
 * model, not in it.
 */
const modules = new WeakMap<ModuleModel, unknown>();
const defaults = new Map<string, Expression>();
const checks = new Map<string, Predicate>();

function parsed(module: ModuleModel, kind: string): unknown {
  const known = modules.get(module);
  if (known !== undefined) return known;
  const result = parseBatch(module.definition, { quotedIdentifier: module.usesQuotedIdentifier });
  const statement = result.ok ? result.batch.statements[0] : undefined;
  if (statement?.kind !== kind) throw new Error(`the definition of ${module.name} is no ${kind}`);
  modules.set(module, statement);
  return statement;
}

export function parsedTrigger(module: TriggerModel): CreateTrigger {
  return parsed(module, 'create-trigger') as CreateTrigger;
}

export function parsedProcedure(module: ProcedureModel): CreateProcedure {
  return parsed(module, 'create-procedure') as CreateProcedure;
}

export function parsedFunction(module: FunctionModel): CreateFunction {
  return parsed(module, 'create-function') as CreateFunction;
}

export function parsedView(module: ViewModel): CreateView {
  return parsed(module, 'create-view') as CreateView;
}

export function parsedDefault(definition: string): Expression {
  const known = defaults.get(definition);
  if (known) return known;
  const result = parseBatch(`SELECT ${definition}`);
  const statement = result.ok ? result.batch.statements[0] : undefined;
  const body = statement?.kind === 'select-statement' ? statement.query.body : undefined;
  const item = body?.kind === 'select' ? body.items[0] : undefined;
  if (item?.kind !== 'value') throw new Error(`no expression: ${definition}`);
  defaults.set(definition, item.expression);
  return item.expression;
}

export function parsedCheck(definition: string): Predicate {
  const known = checks.get(definition);
  if (known) return known;
  const result = parseBatch(`IF ${definition} RETURN`);
  const statement = result.ok ? result.batch.statements[0] : undefined;
  if (statement?.kind !== 'if') throw new Error(`no condition: ${definition}`);
  checks.set(definition, statement.condition);
  return statement.condition;
}
