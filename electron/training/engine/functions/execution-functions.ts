import { randomUUID } from 'node:crypto';
import type { CaughtError, ExecutionFacts, ScalarFunction, Surroundings } from '../registry.ts';
import { bigint, decimal, int, nvarchar, smallint, sysname, type DataType, type Value } from '../values/types.ts';

/** What a batch or module asks about its own execution: errors in CATCH, counts, transactions, identities. */

function fact(
  name: string,
  type: DataType,
  read: (execution: ExecutionFacts, all: Surroundings) => Value,
): ScalarFunction {
  return {
    name,
    minimumArguments: 0,
    maximumArguments: 0,
    parameters: [],
    type,
    evaluate: (_args, surroundings) => read(surroundings.execution, surroundings),
  };
}

/** NULL outside of CATCH (learn.microsoft.com/sql/t-sql/functions/error-number-transact-sql). */
function caught(name: string, type: DataType, read: (error: CaughtError) => Value): ScalarFunction {
  return fact(name, type, ({ caught: error }) => (error ? read(error) : null));
}

/** As @@OPTIONS counts them (learn.microsoft.com/sql/database-engine/configure-windows/configure-the-user-options-server-configuration-option). */
function optionBits(execution: ExecutionFacts): number {
  const bits: readonly (readonly [number, boolean])[] = [
    [8, true],
    [16, true],
    [32, execution.ansiNulls],
    [64, true],
    [256, execution.quotedIdentifier],
    [512, execution.noCount],
    [1024, true],
    [4096, true],
    [16_384, execution.xactAbort],
  ];
  return bits.reduce((sum, [bit, on]) => (on ? sum + bit : sum), 0);
}

export const executionFunctions: readonly ScalarFunction[] = [
  caught('ERROR_NUMBER', int, (error) => error.number),
  caught('ERROR_MESSAGE', nvarchar(4000), (error) => error.text),
  caught('ERROR_SEVERITY', int, (error) => error.severity),
  caught('ERROR_STATE', int, (error) => error.state),
  caught('ERROR_LINE', int, (error) => error.line),
  caught('ERROR_PROCEDURE', sysname, (error) => error.procedure),
  fact('XACT_STATE', smallint, (execution) => execution.transactionState),
  fact('SCOPE_IDENTITY', decimal(38, 0), (execution) => execution.scopeIdentity),
  fact('@@IDENTITY', decimal(38, 0), (execution) => execution.lastIdentity),
  fact('@@ROWCOUNT', int, (execution) => execution.rowCount),
  fact('ROWCOUNT_BIG', bigint, (execution) => BigInt(execution.rowCount)),
  fact('@@ERROR', int, (execution) => execution.lastError),
  fact('@@TRANCOUNT', int, (execution) => execution.openTransactions),
  fact('@@NESTLEVEL', int, (execution) => execution.nestLevel),
  fact('@@PROCID', int, (execution) => execution.moduleId),
  fact('@@OPTIONS', int, optionBits),
  fact('@@TEXTSIZE', int, (execution) => execution.textSize),
  fact('@@LOCK_TIMEOUT', int, (_execution, { session }) => session.lockTimeoutMs),
  fact('@@DATEFIRST', { name: 'tinyint' }, () => 7),
  fact('@@FETCH_STATUS', int, () => 0),
  fact('TRIGGER_NESTLEVEL', int, (execution) => execution.triggerLevel),
  fact('NEWID', { name: 'uniqueidentifier' }, () => randomUUID().toUpperCase()),
  fact('APP_NAME', sysname, (_execution, { session }) => session.programName),
  fact('HOST_NAME', sysname, (_execution, { session }) => session.hostName),
  fact('@@DBTS', { name: 'rowversion' }, (_execution, { database }) => eightBytes(database.moving.rowversion)),
];

/** A rowversion's value: its counter as eight bytes. */
export function eightBytes(counter: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  let rest = counter;
  for (let i = 7; i >= 0; i--) {
    bytes[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  return bytes;
}
