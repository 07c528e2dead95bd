import { describe, expect, it } from 'vitest';
import { parseSiteProfile } from '#electron/site/profile/read-profile.ts';
import { siteVariables } from '#electron/database/site-variables.ts';
import {
  loginStatementIds,
  preparationBatches,
  removalBatch,
  statementIds,
  statementText,
} from '#electron/database/catalogue.ts';
import { valueOf } from '#tests/unit/shared/result-of.ts';
import { storedProfile } from './profile/stored-profile.ts';

const named = (name: string) =>
  JSON.stringify({
    ...storedProfile,
    runLogin: name,
    controllerTable: {
      ...storedProfile.controllerTable,
      schema: name,
      table: name,
      key: { column: name, type: 'int' },
      identifying: [{ column: `${name}2`, type: 'nvarchar(32)' }],
      serial: name,
      displayName: name,
      address: name,
      model: name,
      lastSeen: { column: `${name}3`, timeBase: 'utc' },
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
    ...statementIds.filter((id) => !loginStatementIds.has(id)).map((id) => statementText(id, variables)),
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
