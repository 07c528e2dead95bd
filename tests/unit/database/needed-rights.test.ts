import { describe, expect, it } from 'vitest';
import { neededRights, rightsOf, usedColumns } from '#electron/database/run-login/needed-rights.ts';
import type { RunRights } from '#electron/database/run-login/run-rights.ts';
import { allRights, profile } from '../site/sample-status.ts';

const none: RunRights = {
  viewServerState: false,
  viewAnyDefinition: false,
  alterAnyLogin: false,
  alterAnyConnection: false,
  viewDatabaseState: false,
  backup: false,
  selectMortise: false,
  executeMortise: false,
  unreadable: [...usedColumns(profile)],
};

const hostile = {
  ...profile,
  runLogin: 'run]; DROP',
  endpoint: { ...profile.endpoint, database: 'A]cs' },
  controllerTable: { ...profile.controllerTable, schema: 'd]bo' },
};

describe("The rights of Mortise's own login", () => {
  it('are each named with the statement that gives it, and nothing more is asked for', () => {
    expect(rightsOf(none, profile).map(({ grant, required }) => [grant, required])).toEqual([
      ['USE [master]; GRANT VIEW SERVER STATE TO [mortise_run];', true],
      ['USE [master]; GRANT VIEW ANY DEFINITION TO [mortise_run];', true],
      ['USE [Acs]; GRANT VIEW DATABASE STATE TO [mortise_run];', true],
      [
        'USE [Acs]; GRANT SELECT ON OBJECT::[dbo].[Controllers] ([ControllerId], [SerialNumber], [Name], [Address], [Model], [LastSeenUtc]) TO [mortise_run];',
        true,
      ],
      ['USE [Acs]; GRANT SELECT ON SCHEMA::[mortise] TO [mortise_run];', true],
      ['USE [Acs]; GRANT EXECUTE ON SCHEMA::[mortise] TO [mortise_run];', true],
      ['USE [Acs]; ALTER ROLE [db_backupoperator] ADD MEMBER [mortise_run];', true],
      ['USE [master]; GRANT ALTER ANY LOGIN TO [mortise_run];', false],
      ['USE [master]; GRANT ALTER ANY CONNECTION TO [mortise_run];', false],
    ]);
    expect(rightsOf(none, profile).every(({ held, why }) => !held && why.length > 20)).toBe(true);
  });

  it('are all held where they are, but for those that nobody asked for', () => {
    expect(neededRights(allRights, profile).filter(({ held, required }) => held !== required)).toEqual([]);
  });

  it('on the schema mortise come with the preparation, and are not asked for before', () => {
    const names = neededRights({ ...none, selectMortise: null, executeMortise: null }, profile).map(({ name }) => name);
    expect(names.filter((name) => name.includes('mortise'))).toEqual([]);
  });

  it('on columns are given for those that are missing alone', () => {
    const [missing] = neededRights({ ...allRights, unreadable: ['Model'] }, profile).filter(
      ({ held, required }) => required && !held,
    );
    expect(missing?.statement).toBe('GRANT SELECT ON OBJECT::[dbo].[Controllers] ([Model]) TO [mortise_run];');
  });

  it('are asked for with every name quoted', () => {
    for (const { grant } of rightsOf(none, hostile)) {
      expect(grant).toContain('[run]]; DROP]');
      expect(grant).toMatch(/^USE \[(?:master|A\]\]cs)\]; /);
    }
    expect(rightsOf(none, hostile).some(({ grant }) => grant.includes('[d]]bo].[Controllers]'))).toBe(true);
  });
});
