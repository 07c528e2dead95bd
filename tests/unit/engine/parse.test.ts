import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillVariables } from '#electron/database/catalogue.ts';
import { siteVariables } from '#electron/database/site-variables.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';
import type { Expression, Statement } from '#electron/training/engine/ast.ts';
import { parseBatch } from '#electron/training/engine/parse/parse.ts';
import { acceptedScripts } from './accepted-scripts.ts';
import { refusedScripts } from './refused-scripts.ts';

const DATABASE = join(import.meta.dirname, '../../../electron/database');

/** What stands for `$(Name)`: the training site's values, and those of one login. */
const variables = new Map([
  ...siteVariables(trainingProfile({ host: '127.0.0.1', port: 1, ca: '', serviceConfigPath: '/nowhere' })),
  ['Login', '[mortise_run]'],
  ['NewPassword', "N'new'"],
  ['OldPassword', "N'old'"],
  ['Database', '[Acs]'],
  ['OnServer', 'GRANT VIEW SERVER STATE TO [mortise_run];'],
  ['InDatabase', 'GRANT VIEW DATABASE STATE TO [mortise_run];'],
]);

function shippedScripts(folder: string): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync(join(DATABASE, folder))
    .filter((file) => file.endsWith('.sql'))
    .map((file) => {
      const written = readFileSync(join(DATABASE, folder, file), 'utf8');
      return { file: `${folder}/${file}`, text: fillVariables(written, variables) };
    });
}

function statements(text: string): readonly Statement[] {
  const parsed = parseBatch(text);
  if (!parsed.ok) throw new Error(`${parsed.message.number}: ${parsed.message.text} (line ${parsed.message.line})`);
  return parsed.batch.statements;
}

function only(text: string): Statement {
  const [first, ...rest] = statements(text);
  if (first === undefined || rest.length > 0) throw new Error(`One statement expected in: ${text}`);
  return first;
}

/** An expression with parentheses around every operation. */
function bracketed(expression: Expression): string {
  switch (expression.kind) {
    case 'arithmetic':
      return `(${bracketed(expression.left)} ${expression.operator} ${bracketed(expression.right)})`;
    case 'unary':
      return `(${expression.operator}${bracketed(expression.operand)})`;
    case 'integer':
      return expression.value.toString();
    case 'column':
      return expression.name.parts.join('.');
    case 'collate':
      return `(${bracketed(expression.operand)} COLLATE ${expression.collation})`;
    default:
      return expression.kind;
  }
}

function selected(text: string): Expression {
  const statement = only(`SELECT ${text}`);
  const body = statement.kind === 'select-statement' ? statement.query.body : undefined;
  const item = body?.kind === 'select' ? body.items[0] : undefined;
  if (item?.kind !== 'value') throw new Error('A value expected.');
  return item.expression;
}

describe('the parser of the training site', () => {
  const accepted = Object.entries(acceptedScripts).flatMap(([about, texts]) => texts.map((text) => ({ about, text })));
  it.each(accepted)('accepts $about: $text', ({ text }) => {
    expect(parseBatch(text)).toMatchObject({ ok: true });
  });

  it.each([...shippedScripts('objects'), ...shippedScripts('statements')])('accepts the shipped $file', ({ text }) => {
    expect(parseBatch(text)).toMatchObject({ ok: true });
  });

  it.each(refusedScripts)('refuses with $number in line $line: $text', ({ text, number, line, says }) => {
    const parsed = parseBatch(text);
    expect(parsed.ok ? 'accepted' : { number: parsed.message.number, line: parsed.message.line }).toEqual({
      number,
      line,
    });
    if (!parsed.ok) {
      expect(parsed.message.text).toContain(says ?? '');
      if (number < 2000) expect(parsed.message).toMatchObject({ severity: 15, state: 1 });
      if (number === 50001) expect(parsed.message.severity).toBe(16);
    }
  });

  it.each([
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['1 - 2 - 3', '((1 - 2) - 3)'],
    ['1 & 2 + 3', '((1 & 2) + 3)'],
    ['-100 / -100 * 10', '(-(100 / (-(100 * 10))))'],
    ['~1 + 2', '((~1) + 2)'],
    ['a + b COLLATE x', '(a + (b COLLATE x))'],
  ])('reads %s as %s', (text, expected) => {
    expect(bracketed(selected(text))).toBe(expected);
  });

  it('binds NOT before AND before OR', () => {
    const statement = only('IF NOT a = 1 AND b = 2 OR c = 3 SELECT 1');
    expect(statement).toMatchObject({
      condition: { kind: 'or', left: { kind: 'and', left: { kind: 'not' } }, right: { kind: 'comparison' } },
    });
  });

  it('binds INTERSECT before EXCEPT', () => {
    const statement = only('SELECT 1 EXCEPT SELECT 2 INTERSECT SELECT 3');
    expect(statement).toMatchObject({ query: { body: { operator: 'except', right: { operator: 'intersect' } } } });
    const turned = only('SELECT 1 INTERSECT SELECT 2 EXCEPT SELECT 3');
    expect(turned).toMatchObject({ query: { body: { operator: 'except', left: { operator: 'intersect' } } } });
  });

  it('reads a THROW behind IF as the statement of the IF, not of the batch', () => {
    const statement = only("IF 1 = 0\n  THROW 50110, N'no', 1;");
    expect(statement).toMatchObject({
      kind: 'if',
      body: { kind: 'throw', line: 2, arguments: { number: { value: 50110n } } },
    });
  });

  it('counts lines through comments and strings of several lines', () => {
    const [, second] = statements("/* a\n/* b\n*/ */ SELECT N'x\r\ny'\n-- c\n; SELECT 2");
    expect(second?.line).toBe(6);
  });

  it('keeps a doubled quote once, and an escaped bracket', () => {
    expect(selected("N'it''s'")).toMatchObject({ value: "it's", unicode: true });
    expect(selected('[x]]y]')).toMatchObject({ name: { parts: ['x]y'] } });
  });

  it('takes text within double quotes for a string when QUOTED_IDENTIFIER is off', () => {
    expect(selected('"a"')).toMatchObject({ kind: 'column' });
    const parsed = parseBatch('PRINT "a"', { quotedIdentifier: false });
    expect(parsed).toMatchObject({ ok: true, batch: { statements: [{ message: { kind: 'string', value: 'a' } }] } });
  });

  it('stores the whole batch as the definition of a module, its comments too', () => {
    const text = '-- why\nCREATE PROCEDURE p AS\nSELECT 1;\n';
    expect(only(text)).toMatchObject({ kind: 'create-procedure', definition: text, line: 2, body: [{ line: 3 }] });
  });

  it('stores ALTER as CREATE, as SQL Server does', () => {
    expect(only('ALTER VIEW v AS SELECT 1 AS a')).toMatchObject({
      mode: 'alter',
      definition: 'CREATE VIEW v AS SELECT 1 AS a',
    });
    expect(only('CREATE OR ALTER VIEW v AS SELECT 1 AS a')).toMatchObject({
      mode: 'create-or-alter',
      definition: 'CREATE   VIEW v AS SELECT 1 AS a',
    });
  });

  it('names the module in an error inside of it', () => {
    const parsed = parseBatch('CREATE PROCEDURE dbo.p AS\nSELECT FROM t');
    expect(parsed).toMatchObject({ ok: false, message: { number: 156, line: 2, procedure: 'p' } });
  });

  it("keeps a CHECK constraint's text", () => {
    const statement = only('CREATE TABLE t (a int CONSTRAINT c CHECK (a  = 1))');
    expect(statement).toMatchObject({ elements: [{ constraints: [{ kind: 'check', name: 'c', text: 'a  = 1' }] }] });
  });

  it('pads a binary constant with an odd number of digits in front', () => {
    expect(selected('0xABC')).toMatchObject({ bytes: Uint8Array.of(0x0a, 0xbc) });
  });

  it('refuses statements that are nested beyond measure instead of failing', () => {
    const parsed = parseBatch(`${'BEGIN '.repeat(5000)}SELECT 1${' END'.repeat(5000)}`);
    expect(parsed).toMatchObject({ ok: false, message: { number: 191 } });
    expect(parseBatch(`SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)}`)).toMatchObject({ ok: false });
  });
});
