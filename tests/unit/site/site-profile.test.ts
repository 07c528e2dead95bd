import { describe, expect, it } from 'vitest';
import { parseSiteProfile } from '#electron/site/site-profile.ts';
import { siteVariables } from '#electron/database/site-variables.ts';
import { preparationBatches, removalBatch, statementIds, statementText } from '#electron/database/catalogue.ts';
import { codeOf, sentenceOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { profile } from './sample-status.ts';

type Path = readonly (string | number)[];

/** The profile with the value at this path replaced; undefined takes the key away. */
function changed(path: Path, value: unknown): string {
  const copy: unknown = structuredClone(profile);
  let at = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[path.at(-1) ?? ''] = value;
  return JSON.stringify(copy);
}

const column = (type: string) => ({ column: 'SerialNumber', type });

/** What is wrong, and the path that the sentence names. */
const faults: readonly (readonly [string, Path, unknown, string])[] = [
  ['a missing name', ['name'], undefined, 'name: '],
  ['an empty name', ['name'], '', 'name: '],
  ['a name that is no text', ['name'], 5, 'name: '],
  ['an unknown key', ['password'], 'hunter2', 'profile: Unrecognized key: "password"'],
  [
    'an unknown key below',
    ['endpoint', 'trustServerCertificate'],
    true,
    'endpoint: Unrecognized key: "trustServerCertificate"',
  ],
  ['port 0', ['endpoint', 'port'], 0, 'endpoint.port: '],
  ['a port beyond the last', ['endpoint', 'port'], 65_536, 'endpoint.port: '],
  ['half a port', ['endpoint', 'port'], 1433.5, 'endpoint.port: '],
  ['a port as text', ['endpoint', 'port'], '1433', 'endpoint.port: '],
  ['no host', ['endpoint', 'host'], '', 'endpoint.host: '],
  ['a heartbeat of 0', ['controllerTable', 'heartbeatSeconds'], 0, 'controllerTable.heartbeatSeconds: '],
  ['a heartbeat before the last', ['controllerTable', 'heartbeatSeconds'], -60, 'controllerTable.heartbeatSeconds: '],
  [
    'a heartbeat that no time can be reckoned from',
    ['controllerTable', 'heartbeatSeconds'],
    1e300,
    'controllerTable.heartbeatSeconds: ',
  ],
  ['no identifying column', ['controllerTable', 'identifying'], [], 'controllerTable.identifying: '],
  [
    'nine identifying columns',
    ['controllerTable', 'identifying'],
    Array.from({ length: 9 }, () => column('int')),
    'controllerTable.identifying: ',
  ],
  ['a type that no register holds', ['controllerTable', 'key', 'type'], 'text', 'controllerTable.key.type: '],
  [
    'a type with a statement behind it',
    ['controllerTable', 'key', 'type'],
    'int); DROP TABLE x--',
    'controllerTable.key.type: ',
  ],
  ['a type with a line behind it', ['controllerTable', 'key', 'type'], 'int\nNULL', 'controllerTable.key.type: '],
  [
    'an unlimited type',
    ['controllerTable', 'identifying', 0, 'type'],
    'nvarchar(max)',
    'controllerTable.identifying.0.type: ',
  ],
  ['a name of 129 characters', ['controllerTable', 'table'], 'x'.repeat(129), 'controllerTable.table: '],
  [
    'a name with NUL',
    ['controllerTable', 'schema'],
    'dbo\0',
    'controllerTable.schema: a name holds no control characters',
  ],
  ['a name with a line break', ['runLogin'], 'a\nb', 'runLogin: a name holds no control characters'],
  ['a model with NUL', ['controllerTable', 'unsupportedModels', 0], 'a\0', 'controllerTable.unsupportedModels.0: '],
  ['a kind of consumer that is not known', ['consumers', 0, 'kind'], 'registry', 'consumers.0.kind: '],
  [
    'a service that is not described',
    ['serviceLogins', 0, 'services', 0],
    'AcsServce',
    'serviceLogins.0.services.0: there is no service "AcsServce" in this profile',
  ],
  [
    'a consumer that is not described',
    ['serviceLogins', 0, 'consumers', 0],
    'acs',
    'serviceLogins.0.consumers.0: there is no consumer "acs" in this profile',
  ],
  [
    'a consumer of another login',
    ['consumers', 0, 'login'],
    'other',
    'serviceLogins.0.consumers.0: the consumer "acs-service-config" holds the password of other',
  ],
  [
    'a service that stands there twice',
    ['services', 1],
    { name: 'AcsService' },
    'services.1: "AcsService" stands there twice',
  ],
];

describe('A site profile', () => {
  it('is read as it is', () => {
    expect(valueOf(parseSiteProfile(JSON.stringify(profile)))).toEqual(profile);
  });

  it.each(faults)('is refused for %s, with the path', (_what, path, value, expected) => {
    const parsed = parseSiteProfile(changed(path, value));
    expect(codeOf(parsed)).toBe('profile-invalid');
    expect(sentenceOf(parsed)).toContain(expected);
    expect(sentenceOf(parsed)).not.toContain('hunter2');
  });

  it('is refused with every fault at once', () => {
    const copy: Record<string, unknown> = { ...profile, name: '', runLogin: 7, more: 1 };
    copy['endpoint'] = { ...profile.endpoint, port: 70_000, host: '' };
    const sentence = sentenceOf(parseSiteProfile(JSON.stringify(copy)));
    for (const path of ['name: ', 'runLogin: ', 'endpoint.port: ', 'endpoint.host: ', 'Unrecognized key: "more"'])
      expect(sentence).toContain(path);
  });

  it.each(['', '{', 'name: Training site', '{"name":"a",}'])('is refused when it is not JSON: %j', (text) => {
    expect(sentenceOf(parseSiteProfile(text))).toBe('The site profile is not usable: it is not JSON.');
  });

  it.each(['null', '[]', '"a"', '5'])('is refused when it is JSON of another kind: %s', (text) => {
    expect(sentenceOf(parseSiteProfile(text))).toContain('profile: ');
  });

  it('does not let a key reach the prototype', () => {
    const text = JSON.stringify(profile).replace('{', '{"__proto__":{"polluted":true},');
    parseSiteProfile(text);
    expect('polluted' in {}).toBe(false);
  });
});

const named = (name: string) =>
  JSON.stringify({
    ...profile,
    runLogin: name,
    controllerTable: {
      ...profile.controllerTable,
      schema: name,
      table: name,
      key: { column: name, type: 'int' },
      identifying: [{ column: name, type: 'nvarchar(32)' }],
      serial: name,
      displayName: name,
      address: name,
      model: name,
      lastSeenUtc: name,
      unsupportedModels: [name],
    },
  });

const tokens =
  /(?<literal>N?'(?:[^']|'')*')|(?<name>\[(?:[^\]]|\]\])*\])|(?<comment>--[^\n]*|\/\*[^]*?\*\/)|[^'[\-/N]+|[^]/gu;

/** A statement with every literal and every bracketed name taken out: what is left decides what it does. */
function skeleton(statement: string): string {
  return [...statement.matchAll(tokens)]
    .map(({ 0: text, groups }) =>
      groups?.['literal'] ? "''" : groups?.['name'] ? '[]' : groups?.['comment'] ? '' : text,
    )
    .join('');
}

function skeletons(name: string): readonly string[] {
  const variables = siteVariables(valueOf(parseSiteProfile(named(name))));
  return [
    ...preparationBatches(variables).map((batch) => batch.text),
    removalBatch(variables),
    ...statementIds.filter((id) => id !== 'change-own-password').map((id) => statementText(id, variables)),
  ].map(skeleton);
}

const hostile = [
  "O'Brien",
  "'; DROP TABLE x--",
  "a' b",
  ']; DROP TABLE x--',
  '[x]',
  '$(RunUser)',
  '"',
  '--',
  '/*',
  'Zäh🔐',
];

describe('A site whose names are hostile', () => {
  it.each(hostile)('is served by the same statements as any other: %j', (name) => {
    expect(skeletons(name)).toEqual(skeletons('Plain'));
  });
});
