import type { ScalarFunction, SessionFacts, Surroundings } from '../registry.ts';
import { int, nvarchar } from '../values/types.ts';
import { serverName } from './instance.ts';
import { bitProperty, flagProperty, numberProperty, properties, propertyFunction, textProperty } from './properties.ts';

/** SERVERPROPERTY and CONNECTIONPROPERTY. */

const versionPart =
  (index: number) =>
  ({ model }: Surroundings): string | null =>
    model.instance.productVersion.split('.')[index] ?? null;

/** https://learn.microsoft.com/sql/t-sql/functions/serverproperty-transact-sql */
const SERVER = properties<Surroundings>({
  MachineName: textProperty(({ model }) => model.instance.machineName),
  ServerName: textProperty(serverName),
  InstanceName: textProperty(({ model }) => model.instance.instanceName ?? null),
  ComputerNamePhysicalNetBIOS: textProperty(({ model }) => model.instance.machineName),
  ProductVersion: textProperty(({ model }) => model.instance.productVersion),
  ProductMajorVersion: textProperty(versionPart(0)),
  ProductMinorVersion: textProperty(versionPart(1)),
  ProductBuild: textProperty(versionPart(2)),
  ProductLevel: textProperty(({ model }) => model.instance.productLevel),
  ProductUpdateLevel: textProperty(({ model }) => model.instance.productUpdateLevel ?? null),
  ProductUpdateReference: textProperty(() => null),
  ProductBuildType: textProperty(() => null),
  ResourceVersion: textProperty(({ model }) => model.instance.productVersion),
  BuildClrVersion: textProperty(() => 'v4.0.30319'),
  Edition: textProperty(({ model }) => model.instance.edition),
  EngineEdition: numberProperty(({ model }) => model.instance.engineEdition),
  EditionID: { type: int, value: () => null },
  Collation: textProperty(({ model }) => model.instance.collation),
  LCID: numberProperty(() => 1033),
  SqlCharSetName: textProperty(() => 'iso_1'),
  SqlSortOrderName: textProperty(() => 'bin_ascii_8'),
  IsIntegratedSecurityOnly: flagProperty(({ model }) => model.instance.windowsAuthenticationOnly),
  IsSingleUser: flagProperty(() => false),
  IsClustered: flagProperty(() => false),
  IsHadrEnabled: flagProperty(() => false),
  HadrManagerStatus: numberProperty(() => null),
  IsFullTextInstalled: flagProperty(() => false),
  IsPolyBaseInstalled: flagProperty(() => false),
  IsAdvancedAnalyticsInstalled: flagProperty(() => false),
  IsXTPSupported: flagProperty(() => false),
  IsBigDataCluster: flagProperty(() => false),
  IsLocalDB: flagProperty(() => false),
  IsTempdbMetadataMemoryOptimized: flagProperty(() => false),
  FilestreamConfiguredLevel: numberProperty(() => 0),
  FilestreamEffectiveLevel: numberProperty(() => 0),
  FilestreamShareName: textProperty(() => null),
  LicenseType: textProperty(() => 'DISABLED'),
  NumLicenses: numberProperty(() => null),
  ProcessID: numberProperty(() => null),
  InstanceDefaultDataPath: textProperty(() => null),
  InstanceDefaultLogPath: textProperty(() => null),
  InstanceDefaultBackupPath: textProperty(() => null),
  ErrorLogFileName: textProperty(() => null),
  PathSeparator: textProperty(({ model }) => (model.instance.hostPlatform === 'Windows' ? '\\' : '/')),
});

/** https://learn.microsoft.com/sql/t-sql/functions/connectionproperty-transact-sql */
const CONNECTION = properties<SessionFacts>({
  net_transport: textProperty(() => 'TCP'),
  physical_net_transport: textProperty(() => 'TCP'),
  protocol_type: textProperty(() => 'TSQL'),
  auth_scheme: textProperty(() => 'SQL'),
  local_net_address: textProperty((session) => session.localAddress),
  local_tcp_port: numberProperty((session) => session.localPort),
  client_net_address: textProperty((session) => session.remoteAddress),
});

/** https://learn.microsoft.com/sql/t-sql/functions/sessionproperty-transact-sql */
const SESSION = properties<Surroundings>({
  ANSI_NULLS: bitProperty(({ execution }) => execution.ansiNulls),
  ANSI_PADDING: bitProperty(() => true),
  ANSI_WARNINGS: bitProperty(() => true),
  ARITHABORT: bitProperty(() => true),
  CONCAT_NULL_YIELDS_NULL: bitProperty(() => true),
  NUMERIC_ROUNDABORT: bitProperty(() => false),
  QUOTED_IDENTIFIER: bitProperty(({ execution }) => execution.quotedIdentifier),
});

const first = nvarchar(128);

export const serverPropertyFunctions: readonly ScalarFunction[] = [
  propertyFunction({
    name: 'SERVERPROPERTY',
    argument: 0,
    first,
    properties: SERVER,
    subject: (_args, surroundings) => surroundings,
  }),
  propertyFunction({
    name: 'CONNECTIONPROPERTY',
    argument: 0,
    first,
    properties: CONNECTION,
    subject: (_args, { session }) => session,
  }),
  propertyFunction({
    name: 'SESSIONPROPERTY',
    argument: 0,
    first,
    properties: SESSION,
    subject: (_args, surroundings) => surroundings,
  }),
];
