import { describe, expect, it } from 'vitest';
import { tokensOf } from '#electron/site/assessment/t-sql/tokens.ts';
import { writesTo } from '#electron/site/assessment/t-sql/writes.ts';

const table = { database: 'Acs', schema: 'dbo', table: 'Controllers' };
const verbs = (text: string) => writesTo(text, table).map(({ verb }) => verb);
const fires = (text: string) => writesTo(text, table).map(({ firesTriggers }) => firesTriggers);
const outputs = (text: string) => writesTo(text, table).map(({ outputToClient }) => outputToClient);

describe('A text that writes to the controller table', () => {
  it.each([
    ['INSERT INTO dbo.Controllers (ControllerId) VALUES (1)', ['INSERT']],
    ['insert [Controllers] values (1)', ['INSERT']],
    ['INSERT TOP (5) INTO Acs.dbo.Controllers SELECT 1', ['INSERT']],
    ['INSERT INTO Acs..Controllers DEFAULT VALUES', ['INSERT']],
    ['DELETE FROM "dbo"."Controllers"', ['DELETE']],
    ['DELETE TOP (1) PERCENT dbo.controllers WHERE ControllerId = 1', ['DELETE']],
    ['DELETE c FROM dbo.Controllers AS c JOIN dbo.Doors d ON d.ControllerId = c.ControllerId', ['DELETE']],
    ['UPDATE c SET Name = 1 FROM dbo.Doors d, dbo.Controllers c', ['UPDATE']],
    ['UPDATE x SET Name = 1 FROM dbo.Doors d INNER JOIN dbo.Controllers x ON 1 = 1', ['UPDATE']],
    ['TRUNCATE TABLE dbo.Controllers', ['TRUNCATE']],
    ['(@p0 nvarchar(4000))UPDATE dbo.Controllers SET Name = @p0', ['UPDATE']],
    ['IF 1 = 1 UPDATE dbo.Controllers SET Name = 1 ELSE DELETE dbo.Controllers', ['UPDATE', 'DELETE']],
    ['DELETE dbo.Doors INSERT dbo.Controllers VALUES (1)', ['INSERT']],
    ['CREATE TRIGGER dbo.t ON dbo.Doors AFTER INSERT, DELETE AS DELETE dbo.Controllers', ['DELETE']],
    ['/* DELETE dbo.Doors /* nested */ */ DELETE dbo.Controllers -- INSERT dbo.Controllers', ['DELETE']],
    ['INSERT dbo.[Doors] VALUES (1); WITH x AS (SELECT 1 AS a) DELETE FROM dbo.Controllers', ['DELETE']],
    ['WITH old AS (SELECT TOP (1) * FROM dbo.Controllers ORDER BY Name) DELETE FROM old', ['DELETE']],
  ])('is recognised: %s', (text, expected) => {
    expect(verbs(text)).toEqual(expected);
  });

  it.each([
    'SELECT * FROM dbo.Controllers',
    "PRINT 'DELETE FROM dbo.Controllers'",
    "SELECT N'x''; DELETE FROM dbo.Controllers; --'",
    '-- DELETE FROM dbo.Controllers',
    '/* INSERT dbo.Controllers */ SELECT 1',
    'SELECT [DELETE FROM dbo.Controllers] FROM dbo.Doors',
    'INSERT INTO dbo.Doors SELECT ControllerId FROM dbo.Controllers',
    'DELETE FROM dbo.Doors WHERE ControllerId IN (SELECT ControllerId FROM dbo.Controllers)',
    'DELETE FROM other.Controllers',
    'DELETE FROM Elsewhere.dbo.Controllers',
    'DELETE FROM linked.Acs.dbo.Controllers',
    'DELETE FROM dbo.ControllersArchive',
    'DELETE FROM #Controllers',
    'DELETE FROM @Controllers',
    'GRANT INSERT, UPDATE, DELETE ON dbo.Controllers TO acs',
    'CREATE TRIGGER t ON dbo.Controllers FOR INSERT, UPDATE AS IF UPDATE(Name) RETURN',
    'ALTER TABLE dbo.Doors ADD CONSTRAINT f FOREIGN KEY (ControllerId) REFERENCES dbo.Controllers ON DELETE CASCADE',
    'UPDATE STATISTICS dbo.Controllers',
    'WITH old AS (SELECT 1 AS a FROM dbo.Doors) DELETE FROM old WHERE a IN (SELECT 1 FROM dbo.Controllers)',
    'UPDATE d SET Name = 1 FROM dbo.Doors d, dbo.Controllers c',
    'SELECT 1 FROM a INNER MERGE JOIN Controllers ON 1 = 1',
    'DECLARE c CURSOR FOR SELECT 1 FROM dbo.Controllers FOR UPDATE OF Name',
  ])('is not seen in: %s', (text) => {
    expect(verbs(text)).toEqual([]);
  });

  it('tells a bulk load that passes triggers from one that fires them', () => {
    expect(fires("BULK INSERT dbo.Controllers FROM 'a' WITH (BATCHSIZE = 9)")).toEqual([false]);
    expect(fires("BULK INSERT Acs.dbo.Controllers FROM 'a' WITH (FIRE_TRIGGERS)")).toEqual([true]);
    expect(fires('INSERT dbo.Controllers VALUES (1)')).toEqual([true]);
  });

  it('tells what a MERGE may do', () => {
    const text = `MERGE INTO dbo.Controllers AS c USING (VALUES (1)) AS s (id) ON c.ControllerId = s.id
      WHEN MATCHED THEN UPDATE SET SerialNumber = 'x', c.Name = CASE WHEN 1 = 1 THEN 2 ELSE 3 END
      WHEN NOT MATCHED THEN INSERT (ControllerId) VALUES (1) OUTPUT $action, inserted.*;`;
    expect(writesTo(text, table)).toMatchObject([
      { verb: 'MERGE', actions: ['INSERT', 'UPDATE'], sets: ['SerialNumber', 'Name'], outputToClient: true },
    ]);
  });

  it('names the columns that an update sets, and no others', () => {
    const text =
      'UPDATE c SET c.[SerialNumber] = f(a, b), Name = CASE WHEN a = 1 THEN b END, @x = Model = 1 FROM dbo.Controllers c';
    expect(writesTo(text, table)[0]?.sets.slice(0, 2)).toEqual(['SerialNumber', 'Name']);
  });

  it('gives no content of a string away', () => {
    const [write] = writesTo("INSERT dbo.Controllers (Name) VALUES (N'Mrs Smith''s door')", table);
    expect(write?.excerpt).toBe("INSERT dbo.Controllers (Name) VALUES ('…')");
  });
});

describe('OUTPUT to the client', () => {
  it.each([
    ['INSERT INTO dbo.Controllers (Name) OUTPUT inserted.ControllerId VALUES (1)', true],
    ['INSERT INTO dbo.Controllers (Name) OUTPUT inserted.ControllerId INTO @ids VALUES (1)', false],
    ['INSERT INTO dbo.Controllers (Name) OUTPUT inserted.a INTO @ids (a) OUTPUT inserted.a VALUES (1)', true],
    ['DELETE dbo.Controllers OUTPUT deleted.* WHERE ControllerId = 1', true],
    ['DELETE dbo.Controllers OUTPUT deleted.* INTO dbo.Gone WHERE ControllerId = 1', false],
    ['UPDATE dbo.Controllers SET Name = 1 OUTPUT inserted.Name FROM dbo.Controllers', true],
    ['UPDATE dbo.Controllers SET Name = 1 WHERE ControllerId = 1', false],
    ['UPDATE dbo.Controllers SET [OUTPUT] = 1', false],
    ["UPDATE dbo.Controllers SET Name = 'OUTPUT inserted.Name' -- OUTPUT", false],
    ['INSERT dbo.Controllers EXEC dbo.read_them @count OUTPUT', false],
    ['INSERT dbo.Gone SELECT * FROM (DELETE dbo.Controllers OUTPUT deleted.*) AS d', true],
  ])('in %s: %s', (text, expected) => {
    expect(outputs(text)).toEqual([expected]);
  });
});

describe('The tokens of a text', () => {
  it('are there for every text, also one that ends in the middle of something', () => {
    for (const text of ["'never closed", '[never closed', '"never', '/* never', '--', '@', 'N', '\u0000', '💥 [a]]b]'])
      expect(() => tokensOf(text)).not.toThrow();
    expect(tokensOf('[a]]b] "c""d"').map(({ value }) => value)).toEqual(['a]b', 'c"d']);
  });
});
