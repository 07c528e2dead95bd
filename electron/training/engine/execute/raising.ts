import type { ControlStatement } from '../ast.ts';
import { convertExpression } from '../evaluate/coercion.ts';
import { emptyFrame } from '../evaluate/bound.ts';
import type { CallFrame, Run } from '../evaluate/run.ts';
import { SqlError, sqlError } from '../sql-error.ts';
import { bigint, nvarchar, int, type Value } from '../values/types.ts';
import { prepare } from './prepare.ts';

/** THROW always ends the batch and honours XACT_ABORT (learn.microsoft.com/sql/t-sql/language-elements/throw-transact-sql). */
export async function throwError(
  statement: Extract<ControlStatement, { kind: 'throw' }>,
  frame: CallFrame,
  run: Run,
): Promise<never> {
  if (!statement.arguments) throw rethrown(frame);
  const { number, message, state } = statement.arguments;
  const bound = await prepare(run, frame, (binding) => ({
    number: convertExpression(binding.expression(number), bigint),
    message: convertExpression(binding.expression(message), nvarchar(2048)),
    state: convertExpression(binding.expression(state), int),
  }));
  const code = Number(bound.number.evaluate(emptyFrame) ?? 0);
  if (code < 50_000 || code > 2_147_483_647) throw sqlError(35_100, code);
  throw new SqlError({
    number: code,
    severity: 16,
    state: Number(bound.state.evaluate(emptyFrame) ?? 0),
    text: String(bound.message.evaluate(emptyFrame) ?? ''),
    reach: 'batch',
    line: statement.line,
  });
}

/** THROW without arguments passes on what CATCH has caught, unchanged. */
function rethrown(frame: CallFrame): SqlError {
  const caught = frame.caught.at(-1);
  if (!caught) return sqlError(10_704);
  const { number, severity, state, text, line, procedure } = caught;
  return new SqlError({ number, severity, state, text, line, procedure: procedure ?? '', reach: 'batch' });
}

/**
 * RAISERROR tells an error and goes on, unless a TRY is around; XACT_ABORT does not concern it
 * (learn.microsoft.com/sql/t-sql/language-elements/raiserror-transact-sql).
 */
export async function raiseError(
  statement: Extract<ControlStatement, { kind: 'raiserror' }>,
  frame: CallFrame,
  run: Run,
): Promise<void> {
  const bound = await prepare(run, frame, (binding) => ({
    message: binding.expression(statement.message),
    severity: convertExpression(binding.expression(statement.severity), int),
    state: convertExpression(binding.expression(statement.state), int),
    values: statement.arguments.map((one) => binding.expression(one)),
  }));
  const message = bound.message.evaluate(emptyFrame);
  const given = typeof message === 'number' ? message : 50_000;
  if (typeof message === 'number' && message < 50_000) throw sqlError(2732, message);
  if (typeof message === 'number') throw sqlError(18_054, message);
  const severity = Math.min(25, Math.max(0, Number(bound.severity.evaluate(emptyFrame) ?? 0)));
  const error = new SqlError({
    number: given,
    severity,
    state: Math.max(0, Number(bound.state.evaluate(emptyFrame) ?? 0)),
    text: formatted(
      String(message ?? ''),
      bound.values.map((one) => one.evaluate(emptyFrame)),
    ),
    reach: severity >= 20 ? 'connection' : 'statement',
    line: statement.line,
    procedure: frame.name,
  });
  if (severity >= 20) throw error;
  if (severity > 10 && run.shared.tryDepth > 0) throw new Raised(error);
  run.session.lastError = severity > 10 ? given : statement.options.includes('SETERROR') ? given : 0;
  run.emit({ kind: 'message', message: error.asMessage() });
}

/** An error of RAISERROR on its way to CATCH: it dooms no transaction. */
export class Raised extends SqlError {
  constructor(error: SqlError) {
    const { number, severity, state, message: text, reach, line, procedure } = error;
    super({ number, severity, state, text, reach, line, procedure });
  }
}

/** %s, %d, %i, %u, %x with width and flags, as in printf. */
function formatted(text: string, values: readonly Value[]): string {
  let next = 0;
  return text.replaceAll(
    /%([-+0# ]*)(\d*)(?:\.(\d+))?(?:h|l|I64)?([sdiuxXo%])/g,
    (_all, flags: string, width: string, precision: string | undefined, kind: string) => {
      if (kind === '%') return '%';
      const value = next < values.length ? (values[next++] ?? null) : null;
      const plain =
        value === null ? '(null)' : kind === 'x' || kind === 'X' ? Number(value).toString(16) : String(value);
      const cut = precision === undefined || kind !== 's' ? plain : plain.slice(0, Number(precision));
      const filled = kind === 'X' ? cut.toUpperCase() : cut;
      return flags.includes('-')
        ? filled.padEnd(Number(width))
        : filled.padStart(Number(width), flags.includes('0') ? '0' : ' ');
    },
  );
}
