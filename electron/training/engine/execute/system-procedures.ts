import type { CallFrame, Run } from '../evaluate/run.ts';
import { surroundingsOf } from '../evaluate/surroundings.ts';
import { findCollation } from '../values/collation.ts';
import { converter } from '../values/convert.ts';
import { isText } from '../values/facts.ts';
import type { SystemProcedure } from '../registry.ts';
import { sqlError } from '../sql-error.ts';
import { sameName } from '../values/collation.ts';
import type { Argument } from './procedures.ts';
import { answerRows } from './select-statement.ts';

/** A registered system procedure: its arguments in order, its rows to the client. */
export function answerSystemProcedure(
  called: SystemProcedure,
  args: readonly Argument[],
  frame: CallFrame,
  run: Run,
): number {
  if (args.length > called.parameters.length) throw sqlError(8144, called.name);
  const values = called.parameters.map((parameter, index) => {
    const argument =
      args.find((one) => one.name !== undefined && sameName(one.name, parameter.name)) ??
      (args[index]?.name === undefined ? args[index] : undefined);
    if (argument?.value !== undefined) return converter(argument.type, parameter.type)(argument.value);
    if (parameter.default === undefined) throw sqlError(201, called.name, parameter.name);
    return parameter.default;
  });
  const surroundings = surroundingsOf(run, frame);
  const { columns, rows } = called.execute(values, surroundings);
  if (columns.length === 0) return 0;
  const coercion = { collation: findCollation(surroundings.model.instance.collation), strength: 'implicit' as const };
  const bound = columns.map(({ name, type, nullable = true }) => ({
    name,
    type,
    nullable,
    coercion: isText(type) ? coercion : undefined,
  }));
  answerRows({ columns: bound }, [...rows], frame, run);
  return 0;
}
