import type { ScalarFunction, Surroundings } from '../registry.ts';
import { binary, int, nvarchar, smallint, sysname, tinyint, type DataType, type Value } from '../values/types.ts';
import { serverName } from './instance.ts';

/** The @@functions that say something of the server and the session. */

function global(name: string, type: DataType, evaluate: (surroundings: Surroundings) => Value): ScalarFunction {
  return {
    name,
    minimumArguments: 0,
    maximumArguments: 0,
    parameters: [],
    type,
    evaluate: (_args, surroundings) => evaluate(surroundings),
  };
}

/** As bytes: the highest 16 bits major and minor version, the lowest 16 the build. */
function microsoftVersion({ model }: Surroundings): number {
  const [major = 0, minor = 0, build = 0] = model.instance.productVersion.split('.').map(Number);
  return major * 0x1_00_00_00 + minor * 0x1_00_00 + build;
}

/** @@OPTIONS, the bits that are on. https://learn.microsoft.com/sql/database-engine/configure-windows/configure-the-user-options-server-configuration-option */
function options({ execution }: Surroundings): number {
  const alwaysOn = 8 + 16 + 64 + 1024 + 4096;
  const { ansiNulls, noCount, quotedIdentifier, xactAbort } = execution;
  return (
    alwaysOn + (ansiNulls ? 32 : 0) + (quotedIdentifier ? 256 : 0) + (noCount ? 512 : 0) + (xactAbort ? 16_384 : 0)
  );
}

/** The last rowversion that the database gave out, as its eight bytes. */
function lastRowversion({ database }: Surroundings): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(database.moving.rowversion);
  return Uint8Array.from(bytes);
}

export const globalFunctions: readonly ScalarFunction[] = [
  global('@@VERSION', nvarchar(300), ({ model }) => model.instance.versionText),
  global('@@SERVERNAME', sysname, serverName),
  global('@@SERVICENAME', sysname, ({ model }) => model.instance.instanceName ?? 'MSSQLSERVER'),
  global('@@SPID', smallint, ({ session }) => session.id),
  global('@@MICROSOFTVERSION', int, microsoftVersion),
  global('@@LANGUAGE', sysname, () => 'us_english'),
  global('@@LANGID', smallint, () => 0),
  global('@@DATEFIRST', tinyint, () => 7),
  global('@@LOCK_TIMEOUT', int, ({ session }) => session.lockTimeoutMs),
  global('@@TEXTSIZE', int, ({ execution }) => execution.textSize),
  global('@@MAX_CONNECTIONS', int, () => 32_767),
  global('@@MAX_PRECISION', tinyint, () => 38),
  global('@@NESTLEVEL', int, ({ execution }) => execution.nestLevel),
  global('@@PROCID', int, ({ execution }) => execution.moduleId),
  global('@@OPTIONS', int, options),
  global('@@DBTS', binary(8), lastRowversion),
];
