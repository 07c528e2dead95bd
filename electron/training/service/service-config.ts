import { acsService, trainingDatabase } from '../practice-logins.ts';

/** The name under which the service looks its connection string up. */
const connectionName = 'Acs';

/** The configuration file as the service's installer leaves it: in the style of .NET, with Windows line ends. */
export function firstConfig(port: number): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<configuration>',
    '  <!-- AcsService: access control of the training site. The connection is encrypted; its CA is ca.pem beside this file. -->',
    '  <appSettings>',
    '    <add key="PollSeconds" value="1" />',
    '    <add key="LogFile" value="AcsService.log" />',
    '  </appSettings>',
    '  <connectionStrings>',
    `    <add name="${connectionName}" connectionString="${firstConnectionString(port)}" providerName="System.Data.SqlClient" />`,
    '  </connectionStrings>',
    '</configuration>',
    '',
  ].join('\r\n');
}

function firstConnectionString(port: number): string {
  return [
    `Server=127.0.0.1,${port}`,
    `Database=${trainingDatabase}`,
    `User ID=${acsService.login}`,
    `Password=${acsService.password}`,
    'Encrypt=true',
    'TrustServerCertificate=false',
    '',
  ].join(';');
}

/**
 * The connection string that the service logs in with; undefined when there is none. Reads the plain form in which such
 * files are written, attributes in either order; no comment that holds an `add` is expected before the real one.
 */
export function connectionStringOf(config: string): string | undefined {
  const withoutComments = config.replaceAll(/<!--.*?-->/gsu, '');
  for (const [element] of withoutComments.matchAll(/<add\s[^>]*>/gu)) {
    if (attribute(element, 'name') === connectionName) return attribute(element, 'connectionString');
  }
  return undefined;
}

/** The same file for a server that had to move to another port: nothing but the port is touched. */
export function withPort(config: string, before: number, after: number): string {
  return config.replaceAll(new RegExp(`(127\\.0\\.0\\.1,)${before}(?!\\d)`, 'gu'), `$1${after}`);
}

function attribute(element: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'u').exec(element);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? undefined : unescapeXml(value);
}

const entities: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };

function unescapeXml(text: string): string {
  return text.replaceAll(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/giu,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number.parseInt(decimal, 10));
      return entities[name ?? ''] ?? whole;
    },
  );
}
