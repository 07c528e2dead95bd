import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  fillVariables,
  guardBatch,
  guardBatchIds,
  guardUpBatches,
  loginStatementIds,
  preparationBatches,
  preparationIds,
  removalBatch,
  statementIds,
  statementText,
} from '#electron/database/catalogue.ts';
import { siteVariables } from '#electron/database/site-variables.ts';
import { profile } from '#tests/unit/site/sample-status.ts';

const variables = siteVariables(profile);
const database = join(import.meta.dirname, '../../../electron/database');
const filesOf = (folder: string) =>
  readdirSync(join(database, folder))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.slice(0, -'.sql'.length))
    .toSorted();

const passwordVariables = new Map([
  ['Login', '[acs_service]'],
  ['NewPassword', "N'new'"],
  ['OldPassword', "N'old'"],
  ['Database', '[Acs]'],
  ['OnServer', 'GRANT VIEW SERVER STATE TO [mortise_run];'],
  ['InDatabase', 'GRANT VIEW DATABASE STATE TO [mortise_run];'],
]);

describe('The catalogue', () => {
  it('knows every file of the folder of objects, and there is one for each it knows', () => {
    expect(filesOf('objects')).toEqual([...preparationIds, ...guardBatchIds].toSorted());
  });

  it('knows every file of the folder of statements, and there is one for each it knows', () => {
    expect(filesOf('statements')).toEqual([...statementIds].toSorted());
  });

  it('prepares a site in the order of the numbers', () => {
    expect(preparationBatches(variables).map(({ id }) => id)).toEqual([...preparationIds]);
    expect([...preparationIds]).toEqual([...preparationIds].toSorted());
  });

  const texts: readonly (readonly [string, () => string])[] = [
    ...preparationBatches(variables).map(({ id, text }) => [id, () => text] as const),
    ...guardBatchIds.map((id) => [id, () => guardBatch(id, variables).text] as const),
    ...statementIds.map(
      (id) => [id, () => statementText(id, loginStatementIds.has(id) ? passwordVariables : variables)] as const,
    ),
  ];
  it.each(texts)('fills %s completely for the training site', (_id, text) => {
    expect(text()).not.toContain('$(');
    expect(text().trim()).not.toBe('');
  });

  it('leaves the guard of updates out, everywhere, where the profile does', () => {
    const without = { guardUpdates: false };
    const all = [...preparationBatches(variables, without), ...guardUpBatches(variables, without)];
    expect(all.filter(({ text }) => /(?:CREATE TRIGGER|triggername).*mortise_guard_identity/.test(text))).toEqual([]);
    expect(all.filter(({ text }) => /CREATE TRIGGER.*mortise_guard_membership/.test(text))).toHaveLength(2);
  });

  it('puts up again exactly what it takes away for that', () => {
    const [away, ...rest] = guardUpBatches(variables);
    const dropped = [...(away?.text ?? '').matchAll(/IF EXISTS ([^;]+);/g)].map(([, name]) => name ?? '');
    const created = rest.flatMap(({ text }) =>
      [...text.matchAll(/^CREATE (?:TRIGGER|PROCEDURE|FUNCTION) ([^\s(]+)/gm)].map(([, name]) => name ?? ''),
    );
    expect(created.toSorted()).toEqual(dropped.toSorted());
  });

  it('takes away every object that it creates', () => {
    const created = preparationBatches(variables).flatMap(({ text }) =>
      [...text.matchAll(/^CREATE (?:TABLE|TRIGGER|PROCEDURE|FUNCTION|SCHEMA|USER) ([^\s(]+)/gm)].map(
        ([, name]) => name ?? '',
      ),
    );
    expect(created.length).toBeGreaterThan(10);
    const removal = removalBatch(variables);
    for (const name of created) {
      // A trigger goes with its table.
      if (name === 'mortise.state_history_append_only') continue;
      expect(removal, name).toContain(name);
    }
  });
});

describe('A variable of a statement', () => {
  it('is filled wherever it stands', () => {
    expect(
      fillVariables(
        '$(A) $(B) $(A)$(A)',
        new Map([
          ['A', '1'],
          ['B', '2'],
        ]),
      ),
    ).toBe('1 2 11');
  });

  it('without a value is a defect, and nothing is sent', () => {
    expect(() => fillVariables('SELECT $(Missing)', new Map())).toThrow('$(Missing)');
  });

  it('holds what it holds: a value that looks like a variable or a pattern is not looked at again', () => {
    const values = new Map([
      ['A', "$(B) $& $1 $' $$"],
      ['B', 'never'],
    ]);
    expect(fillVariables('[$(A)]', values)).toBe("[$(B) $& $1 $' $$]");
  });
});

describe('The variables of a site', () => {
  it('are what the README of the objects shows', () => {
    expect(Object.fromEntries(variables)).toMatchObject({
      ControllerTable: '[dbo].[Controllers]',
      ControllerTableText: "N'[dbo].[Controllers]'",
      ControllerSchema: '[dbo]',
      KeyColumn: '[ControllerId]',
      KeyType: 'int',
      IdentityColumns: '[ControllerId], [SerialNumber]',
      IdentityColumnsBinary: '[ControllerId], [SerialNumber] COLLATE Latin1_General_100_BIN2',
      IdentityColumnTypes: '[ControllerId] int NOT NULL, [SerialNumber] nvarchar(32) NULL',
      IdentityUpdated: 'UPDATE([ControllerId]) OR UPDATE([SerialNumber])',
      IdentityText: "[ControllerId], N'|', [SerialNumber]",
      IdentityTextOfC: "c.[ControllerId], N'|', c.[SerialNumber]",
      RunUser: '[mortise_run]',
      UnsupportedModels: "N'ACU-1 (legacy)'",
    });
  });

  it('quote hostile names and models', () => {
    const table = { ...profile.controllerTable, schema: 'a]b', table: "c'd", unsupportedModels: ["x'y", 'z'] };
    const hostile = siteVariables({ ...profile, controllerTable: table, runLogin: 'r]; DROP' });
    expect(hostile.get('ControllerTable')).toBe("[a]]b].[c'd]");
    expect(hostile.get('ControllerTableText')).toBe("N'[a]]b].[c''d]'");
    expect(hostile.get('RunUser')).toBe('[r]]; DROP]');
    expect(hostile.get('UnsupportedModels')).toBe("N'x''y', N'z'");
  });

  it('name a list that is not empty, even where no model is dropped', () => {
    const none = siteVariables({ ...profile, controllerTable: { ...profile.controllerTable, unsupportedModels: [] } });
    expect(none.get('UnsupportedModels')).toBe('NULL');
  });
});
