import { describe, expect, it } from 'vitest';
import { guardPromises } from './guard-promises.ts';
import { guardedSite, shippedBatches } from './guarded-site.ts';
import type { Batches } from './guarded-site.ts';

interface Mutant {
  readonly name: string;
  readonly in: string;
  readonly from: string;
  readonly to: string;
}

const membership = '40-guard-membership';
const identity = '41-guard-identity';
const state = '30-effective-state';
const off = '50-commissioning-off';
const on = '51-commissioning-on';
const rehearse = '52-rehearse';
const renew = '53-renew-register';
const adopt = '54-adopt-server';

const identityColumns = '[ControllerId], [SerialNumber] COLLATE Latin1_General_100_BIN2';
const comparison = `IF NOT EXISTS (SELECT ${identityColumns} FROM inserted EXCEPT SELECT ${identityColumns} FROM deleted)
        AND NOT EXISTS (SELECT ${identityColumns} FROM deleted EXCEPT SELECT ${identityColumns} FROM inserted)`;

/** The guard's T-SQL, broken in one place each. */
const mutants: readonly Mutant[] = [
  { name: 'the membership guard forgets DELETE', in: membership, from: 'AFTER INSERT, DELETE', to: 'AFTER INSERT' },
  { name: 'the membership guard forgets INSERT', in: membership, from: 'AFTER INSERT, DELETE', to: 'AFTER DELETE' },
  { name: 'the state is inverted', in: membership, from: 'e.is_open = 1', to: 'e.is_open <> 1' },
  {
    name: 'a missing state opens',
    in: membership,
    from: 'IF EXISTS (SELECT 1 FROM mortise.effective_state() AS e WHERE e.is_open = 1) RETURN',
    to: 'IF NOT EXISTS (SELECT 1 FROM mortise.effective_state() AS e WHERE e.is_open <> 1) RETURN',
  },
  {
    name: 'only added rows are looked at',
    in: membership,
    from: 'IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN',
    to: 'IF NOT EXISTS (SELECT 1 FROM inserted) RETURN',
  },
  {
    name: 'statements without rows are refused',
    in: membership,
    from: 'IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;',
    to: '',
  },
  {
    name: 'the row count decides, after SET reset it',
    in: membership,
    from: 'IF NOT EXISTS (SELECT 1 FROM inserted) AND NOT EXISTS (SELECT 1 FROM deleted) RETURN;',
    to: 'IF @@ROWCOUNT < 2 RETURN;',
  },
  {
    name: 'the guard shows its rows',
    in: membership,
    from: 'SET NOCOUNT ON;',
    to: 'SET NOCOUNT ON; SELECT 1 AS looked;',
  },
  {
    name: 'the guard says it and lets it pass',
    in: membership,
    from: "THROW 50101, N'Commissioning mode is off at this site: controllers cannot be added or deleted. Switch commissioning mode on in Mortise first.', 1;",
    to: "PRINT N'Refused.';",
  },
  { name: 'the refusal has another number', in: membership, from: 'THROW 50101', to: 'THROW 50199' },
  {
    name: 'the identity guard looks at another column',
    in: identity,
    from: 'UPDATE([ControllerId]) OR UPDATE([SerialNumber])',
    to: 'UPDATE([Name])',
  },
  {
    name: 'the identity guard wants both columns',
    in: identity,
    from: 'UPDATE([ControllerId]) OR UPDATE([SerialNumber])',
    to: 'UPDATE([ControllerId]) AND UPDATE([SerialNumber])',
  },
  {
    name: 'the identity guard forgets the key',
    in: identity,
    from: 'UPDATE([ControllerId]) OR UPDATE([SerialNumber])',
    to: 'UPDATE([SerialNumber])',
  },
  {
    name: 'every update is looked at',
    in: identity,
    from: 'IF NOT (UPDATE([ControllerId]) OR UPDATE([SerialNumber])) RETURN;',
    to: "IF NOT EXISTS (SELECT 1 FROM mortise.site_state) THROW 50102, N'No state.', 1;",
  },
  {
    name: 'old and new are joined on the key',
    in: identity,
    from: comparison,
    to: 'IF NOT EXISTS (SELECT 1 FROM inserted AS i INNER JOIN deleted AS d ON d.[ControllerId] = i.[ControllerId] WHERE d.[SerialNumber] <> i.[SerialNumber])',
  },
  { name: 'serial numbers are compared without case', in: identity, from: ' COLLATE Latin1_General_100_BIN2', to: '' },
  {
    name: 'only the serial numbers are compared',
    in: identity,
    from: 'SELECT [ControllerId], [SerialNumber] COLLATE',
    to: 'SELECT [SerialNumber] COLLATE',
  },
  {
    name: 'the same value counts as a change',
    in: identity,
    from: ' FROM inserted EXCEPT SELECT ',
    to: ' FROM inserted UNION SELECT ',
  },
  { name: 'the time until is ignored', in: state, from: 's.open_until <= SYSUTCDATETIME()', to: '1 = 0' },
  {
    name: 'the time until is turned around',
    in: state,
    from: 's.open_until <= SYSUTCDATETIME()',
    to: 's.open_until > SYSUTCDATETIME()',
  },
  {
    name: 'off is read as on',
    in: state,
    from: 'WHEN s.commissioning = 0 THEN 0',
    to: 'WHEN s.commissioning = 0 THEN 1',
  },
  {
    name: 'off is said to be on',
    in: state,
    from: "WHEN s.commissioning = 0 THEN N'off'",
    to: "WHEN s.commissioning = 0 THEN N'on'",
  },
  {
    name: 'a rehearsal never ends',
    in: state,
    from: 'WHEN s.commissioning = 0 AND s.locked_until <= SYSUTCDATETIME() THEN 1',
    to: 'WHEN 1 = 0 THEN 1',
  },
  {
    name: 'a rehearsal ends at once',
    in: state,
    from: 'WHEN s.commissioning = 0 AND s.locked_until <= SYSUTCDATETIME() THEN 1',
    to: 'WHEN s.commissioning = 0 AND s.locked_until IS NOT NULL THEN 1',
  },
  {
    name: 'a rehearsal is said to be off for good',
    in: state,
    from: "WHEN s.commissioning = 0 AND s.locked_until IS NOT NULL THEN N'rehearsing'",
    to: "WHEN 1 = 0 THEN N'rehearsing'",
  },
  {
    name: 'the guard of membership is first for INSERT only',
    in: '42-guards-first',
    from: "N'First', @stmttype = N'DELETE'",
    to: "N'None', @stmttype = N'DELETE'",
  },
  {
    name: 'the guard of membership is first for DELETE only',
    in: '42-guards-first',
    from: "N'First', @stmttype = N'INSERT'",
    to: "N'None', @stmttype = N'INSERT'",
  },
  { name: 'the guard of identity is not first', in: '43-guard-identity-first', from: "N'First'", to: "N'None'" },
  {
    name: 'the history forgets until when it is open',
    in: on,
    from: "N'on', @reason, @open_until",
    to: "N'on', @reason, NULL",
  },
  {
    name: 'the history forgets until when it is rehearsed',
    in: rehearse,
    from: '@reason, DATEADD(minute, @minutes, @now), @controllers',
    to: '@reason, NULL, @controllers',
  },
  { name: 'a rehearsal has no end', in: rehearse, from: 'DATEADD(minute, @minutes, @now)', to: 'NULL' },
  { name: 'a rehearsal does not lock', in: rehearse, from: 'SET commissioning = 0', to: 'SET commissioning = 1' },
  {
    name: 'keeping a rehearsed lock forgets to keep it',
    in: off,
    from: 'locked_until = NULL',
    to: 'locked_until = locked_until',
  },
  {
    name: 'a rehearsal forgets the truncate stop',
    in: rehearse,
    from: "IF OBJECT_ID(N'mortise.FK_truncate_stop', N'F') IS NULL",
    to: 'IF 1 = 0',
  },
  { name: 'renewing keeps the former register', in: renew, from: 'DELETE FROM mortise.controller_register;', to: '' },
  {
    name: 'renewing forgets what else acts on the table',
    in: renew,
    from: ', other_triggers = @other_triggers',
    to: '',
  },
  {
    name: 'off forgets what else acts on the table',
    in: off,
    from: 'other_triggers = @other_triggers',
    to: 'other_triggers = NULL',
  },
  { name: 'renewing opens', in: renew, from: 'SET changed_at = @now', to: 'SET commissioning = 1, changed_at = @now' },
  { name: 'renewing carries out an older decision', in: renew, from: ' AND s.row_version = @expected_version', to: '' },
  { name: 'renewing leaves no history', in: renew, from: "N'renew-register'", to: "N''" },
  { name: 'adopting opens', in: adopt, from: 'SET changed_at = @now', to: 'SET commissioning = 1, changed_at = @now' },
  { name: 'adopting writes no server', in: adopt, from: 'server_name = @server_name', to: 'server_name = server_name' },
  { name: 'adopting carries out an older decision', in: adopt, from: ' AND s.row_version = @expected_version', to: '' },
  { name: 'the register is not emptied', in: off, from: 'DELETE FROM mortise.controller_register;', to: '' },
  {
    name: 'nobody is registered',
    in: off,
    from: 'FROM [dbo].[Controllers];\n    UPDATE',
    to: 'FROM [dbo].[Controllers] WHERE 1 = 0;\n    UPDATE',
  },
  { name: 'an older decision is carried out', in: on, from: ' AND s.row_version = @expected_version', to: '' },
  { name: 'the transaction is left open', in: off, from: 'COMMIT TRANSACTION;', to: '' },
  { name: 'NOCOUNT is missing when switching', in: off, from: 'SET NOCOUNT ON;', to: '' },
  {
    name: 'the truncate stop is forgotten',
    in: off,
    from: "IF OBJECT_ID(N'mortise.FK_truncate_stop', N'F') IS NULL",
    to: 'IF 1 = 0',
  },
  {
    name: 'the truncate stop stays when on',
    in: on,
    from: "IF OBJECT_ID(N'mortise.FK_truncate_stop', N'F') IS NOT NULL",
    to: 'IF 1 = 0',
  },
  {
    name: 'the history is not written',
    in: off,
    from: "VALUES (@now, @actor, ORIGINAL_LOGIN(), N'off', @reason, @controllers);",
    to: "SELECT @now, @actor, ORIGINAL_LOGIN(), N'off', @reason, @controllers WHERE 1 = 0;",
  },
];

function broken(mutant: Mutant): Batches {
  const batch = shippedBatches.find(({ id }) => id === mutant.in);
  if (batch?.text.includes(mutant.from) !== true) throw new Error(`"${mutant.from}" is not in ${mutant.in} any more.`);
  const mutated = shippedBatches.map((each) =>
    each.id === mutant.in ? { ...each, text: each.text.replaceAll(mutant.from, mutant.to) } : each,
  );
  // A trigger cannot be the first for an action that it forgets: it would be found by that alone.
  return mutant.to.startsWith('AFTER') ? mutated.filter(({ id }) => id !== '42-guards-first') : mutated;
}

/** The first promise that a site prepared with these batches does not keep. */
async function brokenPromise(batches: Batches): Promise<string | undefined> {
  for (const promise of guardPromises) {
    const site = await guardedSite(batches);
    try {
      if ((await promise.broken(site)) !== undefined) return promise.name;
    } catch (error) {
      return `${promise.name}: ${String(error)}`;
    }
  }
  return undefined;
}

describe('A guard that is broken in one place is caught', () => {
  it.each(mutants)('$name', async (mutant) => {
    // A batch that is no T-SQL any more would be no mutant: the site has to come up with it, outside of the catch.
    const batches = broken(mutant);
    await guardedSite(batches);
    expect(await brokenPromise(batches)).toBeDefined();
  });
});
