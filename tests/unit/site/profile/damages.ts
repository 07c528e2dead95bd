import type { ProfileFault } from '#shared/site-profile.ts';
import { storedProfile } from './stored-profile.ts';

type Path = string;

/** The profile's text with the value at this path replaced; undefined takes the key away. */
export function changed(path: Path, value: unknown): string {
  const copy = structuredClone(storedProfile) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at = copy;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  at[last] = value;
  return JSON.stringify(copy);
}

export interface Damage {
  readonly what: string;
  readonly path: Path;
  readonly value: unknown;
  readonly code: ProfileFault['code'];
  /** A part of the sentence; what to write there is looked for in every one. */
  readonly says: string;
  /** Where the fault is told, when it is not where the damage is. */
  readonly at?: string;
}

const d = (
  code: ProfileFault['code'],
  what: string,
  path: Path,
  value: unknown,
  says: string,
  at?: string,
): Damage => ({ code, what, path, value, says, ...(at === undefined ? {} : { at }) });

const certificatePlace = 'endpoint.trust.certificate';
const column = (name: string, type = 'int') => ({ column: name, type });

/** Profiles that are wrong in one place, by the class of what is wrong. */
export const damages: readonly Damage[] = [
  d('missing', 'no name', 'name', undefined, 'This is missing. What belongs here: the name of the site'),
  d('missing', 'an empty name', 'name', '', 'This is empty.'),
  d('missing', 'no endpoint', 'endpoint', undefined, 'where SQL Server is'),
  d('missing', 'no port', 'endpoint.transport.port', undefined, 'a whole number from 1 to 65535'),
  d('missing', 'no kind of transport', 'endpoint.transport.kind', undefined, '"tcp", "instance" or "pipe"'),
  d('missing', 'an empty kind of trust', 'endpoint.trust.kind', '', 'loopback-unverified'),
  d('missing', 'a hole of a template', 'controllerTable.table', '', 'the name of the table'),
  d('missing', 'no identifying column', 'controllerTable.identifying', [], 'one to eight columns'),
  d('missing', 'no word on heartbeats', 'controllerTable.heartbeatSeconds', undefined, 'a number of seconds above 0'),

  d('type', 'a name that is no text', 'name', 5, 'Here stands a number. What belongs here: the name of the site'),
  d(
    'type',
    'a port as text',
    'endpoint.transport.port',
    '1433',
    'Here stands a text. What belongs here: a whole number',
  ),
  d(
    'type',
    'a list of services that is one',
    'services',
    'AcsService',
    'Here stands a text. What belongs here: a list',
  ),
  d('type', 'a switch as text', 'controllerTable.guardUpdates', 'yes', 'What belongs here: true, or false'),
  d('type', 'null where nothing may be left out', 'runLogin', null, 'Here stands null.'),
  d('type', 'a service that is only a name', 'services.0', 'AcsService', 'Here stands a text.'),
  d('type', 'a list as an endpoint', 'endpoint', [], 'Here stands a list.'),

  d('unknown-key', 'a key that no profile has', 'password', 'hunter2', '"password" is unknown: take it out.'),
  d(
    'unknown-key',
    'a slip in a key',
    'endpoint.databse',
    'Acs',
    '"databse" is unknown: write "database", or take it out.',
  ),
  d('unknown-key', "another product's switch", 'endpoint.trustServerCertificate', true, 'What may stand here: host,'),
  d(
    'unknown-key',
    'a port of an instance',
    'endpoint.transport',
    { kind: 'instance', instance: 'A', port: 1 },
    'kind, instance',
    'endpoint.transport.port',
  ),

  d('duplicate', 'a service twice', 'services.1', { name: 'AcsService' }, 'twice', 'services.1.name'),
  d(
    'duplicate',
    'an identifying column twice',
    'controllerTable.identifying.1',
    column('SerialNumber'),
    'take it out',
    'controllerTable.identifying.1.column',
  ),
  d(
    'duplicate',
    'the key among the identifying columns',
    'controllerTable.identifying.1',
    column('ControllerId'),
    'take it out',
    'controllerTable.identifying.1.column',
  ),
  d(
    'duplicate',
    'a login twice',
    'serviceLogins.1',
    { login: 'acs_service', services: [], consumers: [] },
    'twice',
    'serviceLogins.1.login',
  ),
  d('duplicate', 'a model twice', 'controllerTable.unsupportedModels.1', 'ACU-1 (legacy)', 'twice'),

  d('range', 'port 0', 'endpoint.transport.port', 0, 'a whole number from 1 to 65535'),
  d('range', 'a port beyond the last', 'endpoint.transport.port', 65_536, 'a whole number from 1 to 65535'),
  d('range', 'half a port', 'endpoint.transport.port', 1433.5, 'a whole number from 1 to 65535'),
  d('range', 'a heartbeat of 0', 'controllerTable.heartbeatSeconds', 0, 'above 0'),
  d('range', 'a heartbeat before the last', 'controllerTable.heartbeatSeconds', -60, 'above 0'),
  d('range', 'a heartbeat from which no time can be reckoned', 'controllerTable.heartbeatSeconds', 1e300, 'a week'),
  d('range', 'a name of 129 characters', 'controllerTable.table', 'x'.repeat(129), '129 characters long, and 128 fit'),
  d(
    'range',
    'nine identifying columns',
    'controllerTable.identifying',
    'abcdefgh'
      .split('')
      .map((each) => column(each))
      .concat(column('SerialNumber')),
    'This list has 9 entries, and 8 fit.',
  ),
  d('range', 'a text of 100,000 characters', 'controllerTable.schema', 'x'.repeat(100_000), '100000 characters long'),

  d(
    'contradiction',
    'a service that is not described',
    'serviceLogins.0.services.0',
    'AcsServce',
    'There is no service "AcsServce"',
  ),
  d(
    'contradiction',
    'a consumer that is not described',
    'serviceLogins.0.consumers.1',
    'acs',
    'There is no consumer "acs"',
  ),
  d(
    'contradiction',
    'a consumer of another login',
    'consumers.0.login',
    'other',
    'holds the password of "other"',
    'serviceLogins.0.consumers.0',
  ),
  d(
    'contradiction',
    'a consumer that no login knows of',
    'serviceLogins.0.consumers',
    [],
    'would not reach it',
    'consumers.0.id',
  ),
  d(
    'contradiction',
    "Mortise's own login as a service's",
    'runLogin',
    'acs_service',
    "Mortise's own login",
    'serviceLogins.0.login',
  ),
  d(
    'contradiction',
    'a serial number that identifies nothing',
    'controllerTable.serial',
    'Address',
    'write it into "identifying"',
  ),
  d(
    'contradiction',
    'a heartbeat in an identifying column',
    'controllerTable.lastSeen.column',
    'SerialNumber',
    'every heartbeat would be refused',
  ),
  d(
    'contradiction',
    'dropped models without a model',
    'controllerTable.model',
    null,
    'no model can be told',
    'controllerTable.unsupportedModels',
  ),
  d(
    'contradiction',
    'an unverified certificate of another machine',
    'endpoint',
    { ...storedProfile.endpoint, host: 'acs-srv', trust: { kind: 'loopback-unverified' } },
    'this machine only',
    'endpoint.trust',
  ),
  d(
    'contradiction',
    'an unverified pipe of another machine',
    'endpoint',
    {
      ...storedProfile.endpoint,
      transport: { kind: 'pipe', pipe: String.raw`\\acs-srv\pipe\sql\query` },
      trust: { kind: 'loopback-unverified' },
    },
    'this machine only',
    'endpoint.trust',
  ),

  d('form', 'another format', 'format', 2, 'Here stands 2. What belongs here: the number 1'),
  d('form', 'a kind of consumer that is not known', 'consumers.0.kind', 'registry', 'Here stands "registry".'),
  d('form', 'clear text', 'endpoint.trust.kind', 'none', 'Here stands "none". What belongs here: "ca", "pinned"'),
  d('form', 'a type that no register holds', 'controllerTable.key.type', 'text', 'the type as SQL Server has it'),
  d('form', 'an unlimited type', 'controllerTable.identifying.0.type', 'nvarchar(max)', 'with its length'),
  d('form', 'a length that no column has', 'controllerTable.identifying.0.type', 'nvarchar(4001)', 'with its length'),
  d('form', 'a type with a statement behind it', 'controllerTable.key.type', 'int) DROP TABLE x--', 'the type as'),
  d('form', 'a port in the host', 'endpoint.host', 'acs-srv,1433', 'without port or instance'),
  d('form', 'an instance in the host', 'endpoint.host', String.raw`acs-srv\NET2`, 'without port or instance'),
  d('form', 'a certificate that is none', certificatePlace, 'MIIB', 'This is no certificate.'),
  d(
    'form',
    'a private key as a certificate',
    certificatePlace,
    '-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n',
    'without any private key',
  ),
  d(
    'form',
    'a certificate with its private key',
    certificatePlace,
    `${storedProfile.endpoint.trust.kind === 'ca' ? storedProfile.endpoint.trust.certificate : ''}-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n`,
    'without any private key',
  ),

  d('text', 'NUL in a name', 'controllerTable.schema', 'dbo\0', 'Character 4 is U+0000'),
  d('text', 'a line break in a login', 'runLogin', 'a\nb', 'Character 2 is U+000A'),
  d('text', 'an escape sequence of terminals', 'controllerTable.unsupportedModels.0', '\u001b[2J', 'U+001B'),
  d('text', 'a turn of the reading direction', 'name', 'Site \u202egnp.exe', 'Character 6 is U+202E'),
  d('text', 'a line separator', 'services.0.name', 'Acs\u2028Service', 'U+2028'),
  d('text', 'half a character', 'controllerTable.table', 'Controllers\ud83d', 'U+D83D'),
  d('text', 'a control character in a path', 'consumers.0.path', '/acs/\u0085config', 'U+0085'),
];
