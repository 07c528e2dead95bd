import type { ScalarFunction, Surroundings } from '../registry.ts';
import { int, nvarchar, smallint, sysname, tinyint, type DataType, type Value } from '../values/types.ts';
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

export const globalFunctions: readonly ScalarFunction[] = [
  global('@@VERSION', nvarchar(300), ({ model }) => model.instance.versionText),
  global('@@SERVERNAME', sysname, serverName),
  global('@@SERVICENAME', sysname, ({ model }) => model.instance.instanceName ?? 'MSSQLSERVER'),
  global('@@SPID', smallint, ({ session }) => session.id),
  global('@@MICROSOFTVERSION', int, microsoftVersion),
  global('@@LANGUAGE', sysname, () => 'us_english'),
  global('@@LANGID', smallint, () => 0),
  global('@@MAX_CONNECTIONS', int, () => 32_767),
  global('@@MAX_PRECISION', tinyint, () => 38),
];
