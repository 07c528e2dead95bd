/** SET: variables, and the options of a session that clients send when they log in. */
import type { Expression, IsolationLevel, SetStatement, SwitchOption, ValueOption } from '../ast.ts';
import { literal } from './constants.ts';
import { isName, nameHere } from './names.ts';
import { assignmentAt } from './query.ts';
import { Refusal } from './refusal.ts';
import type { TokenStream } from './token-stream.ts';

const SWITCHES: readonly SwitchOption[] = [
  'NOCOUNT',
  'XACT_ABORT',
  'ANSI_DEFAULTS',
  'ANSI_NULLS',
  'ANSI_NULL_DFLT_OFF',
  'ANSI_NULL_DFLT_ON',
  'ANSI_PADDING',
  'ANSI_WARNINGS',
  'ARITHABORT',
  'ARITHIGNORE',
  'CONCAT_NULL_YIELDS_NULL',
  'CURSOR_CLOSE_ON_COMMIT',
  'FMTONLY',
  'FORCEPLAN',
  'IMPLICIT_TRANSACTIONS',
  'NOEXEC',
  'NUMERIC_ROUNDABORT',
  'PARSEONLY',
  'QUOTED_IDENTIFIER',
  'REMOTE_PROC_TRANSACTIONS',
  'SHOWPLAN_ALL',
  'SHOWPLAN_TEXT',
  'SHOWPLAN_XML',
];

const STATISTICS: ReadonlyMap<string, SwitchOption> = new Map([
  ['IO', 'STATISTICS IO'],
  ['TIME', 'STATISTICS TIME'],
  ['PROFILE', 'STATISTICS PROFILE'],
  ['XML', 'STATISTICS XML'],
]);

const VALUES: readonly ValueOption[] = [
  'LOCK_TIMEOUT',
  'TEXTSIZE',
  'ROWCOUNT',
  'DATEFIRST',
  'DATEFORMAT',
  'LANGUAGE',
  'DEADLOCK_PRIORITY',
  'QUERY_GOVERNOR_COST_LIMIT',
  'CONTEXT_INFO',
];

const LEVELS: readonly (readonly [level: IsolationLevel, words: readonly string[]])[] = [
  ['read-uncommitted', ['READ', 'UNCOMMITTED']],
  ['read-committed', ['READ', 'COMMITTED']],
  ['repeatable-read', ['REPEATABLE', 'READ']],
  ['snapshot', ['SNAPSHOT']],
  ['serializable', ['SERIALIZABLE']],
];

/** https://learn.microsoft.com/sql/t-sql/statements/set-statements-transact-sql */
export function set(tokens: TokenStream): SetStatement {
  const { line } = tokens;
  tokens.expect('SET');
  const token = tokens.peek();
  if (token.kind === 'variable') return variable(tokens, token.text, line);
  if (tokens.accept('TRANSACTION', 'ISOLATION', 'LEVEL')) return isolation(tokens, line);
  if (tokens.accept('IDENTITY_INSERT')) {
    return { kind: 'set-identity-insert', table: nameHere(tokens), on: onOff(tokens), line };
  }
  const valued = tokens.acceptAny(VALUES);
  if (valued !== undefined) return { kind: 'set-value', option: valued, value: optionValue(tokens, valued), line };
  const options = tokens.accept('STATISTICS') ? tokens.list(statistic) : tokens.list(switchOption);
  return { kind: 'set-switch', options, on: onOff(tokens), line };
}

function variable(tokens: TokenStream, name: string, line: number): SetStatement {
  tokens.next();
  const operator = assignmentAt(tokens);
  if (operator === undefined) throw tokens.refusal();
  tokens.next();
  if (tokens.at('CURSOR')) throw tokens.outside('cursors');
  return { kind: 'set-variable', name, operator, value: tokens.grammar.expression(tokens), line };
}

function isolation(tokens: TokenStream, line: number): SetStatement {
  const found = LEVELS.find(([, words]) => tokens.accept(...words));
  if (found === undefined) throw tokens.refusal();
  return { kind: 'set-isolation', level: found[0], line };
}

function switchOption(tokens: TokenStream): SwitchOption {
  const option = tokens.acceptAny(SWITCHES);
  if (option !== undefined) return option;
  const token = tokens.peek();
  if (!isName(token)) throw tokens.refusal();
  throw new Refusal(195, `'${token.text}' is not a recognized SET option.`, token.line);
}

function statistic(tokens: TokenStream): SwitchOption {
  const option = STATISTICS.get(tokens.peek().word);
  if (option === undefined) throw tokens.refusal();
  tokens.next();
  return option;
}

export function onOff(tokens: TokenStream): boolean {
  return tokens.expectAny(['ON', 'OFF']) === 'ON';
}

/** Options that take a word such as `mdy`, or a string. */
const WORDED: readonly ValueOption[] = ['DATEFORMAT', 'LANGUAGE', 'DEADLOCK_PRIORITY'];

/** A constant of the option's kind, or a variable. */
function optionValue(tokens: TokenStream, option: ValueOption): Expression {
  const { line } = tokens;
  if (option !== 'ROWCOUNT' && tokens.acceptSymbol('-'))
    return { kind: 'unary', operator: '-', operand: integer(tokens), line };
  const token = tokens.peek();
  if (token.kind === 'variable' && option !== 'TEXTSIZE') return constant(tokens);
  if (option === 'CONTEXT_INFO') return token.kind === 'binary' ? constant(tokens) : integer(tokens);
  if (!WORDED.includes(option)) return integer(tokens);
  if (token.kind === 'string' || token.kind === 'unicode-string') return constant(tokens);
  if (option === 'DEADLOCK_PRIORITY' && token.kind === 'integer') return constant(tokens);
  if (!isName(token)) throw tokens.refusal();
  return { kind: 'string', value: tokens.next().text, unicode: true, line };
}

function integer(tokens: TokenStream): Expression {
  if (tokens.peek().kind !== 'integer') throw tokens.refusal();
  return constant(tokens);
}

function constant(tokens: TokenStream): Expression {
  const found = literal(tokens.peek());
  if (found === undefined) throw tokens.refusal();
  tokens.next();
  return found;
}
