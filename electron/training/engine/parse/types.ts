/** Data types. https://learn.microsoft.com/sql/t-sql/data-types/data-types-transact-sql */
import type { DataType, TypeName } from '../ast.ts';
import { name } from './names.ts';
import { Refusal } from './refusal.ts';
import type { TokenStream } from './token-stream.ts';

/** What may stand in the parentheses behind a type. */
type Takes = 'nothing' | 'length' | 'length-or-max' | 'precision' | 'scale' | 'bits';

interface Known {
  readonly name: TypeName;
  readonly takes: Takes;
  /** The longest length, the highest precision or scale. */
  readonly most: number;
}

const MOST_BYTES = 8000;
const MOST_CHARACTERS = 4000;

function known(name: TypeName, takes: Takes = 'nothing', most = 0): Known {
  return { name, takes, most };
}

const TYPES: ReadonlyMap<string, Known> = new Map([
  ['BIT', known('bit')],
  ['TINYINT', known('tinyint')],
  ['SMALLINT', known('smallint')],
  ['INT', known('int')],
  ['INTEGER', known('int')],
  ['BIGINT', known('bigint')],
  ['DECIMAL', known('decimal', 'precision', 38)],
  ['DEC', known('decimal', 'precision', 38)],
  ['NUMERIC', known('decimal', 'precision', 38)],
  ['FLOAT', known('float', 'bits', 53)],
  ['REAL', known('real')],
  ['DATETIME', known('datetime')],
  ['DATETIME2', known('datetime2', 'scale', 7)],
  ['DATE', known('date')],
  ['TIME', known('time', 'scale', 7)],
  ['DATETIMEOFFSET', known('datetimeoffset', 'scale', 7)],
  ['CHAR', known('char', 'length', MOST_BYTES)],
  ['CHARACTER', known('char', 'length', MOST_BYTES)],
  ['VARCHAR', known('varchar', 'length-or-max', MOST_BYTES)],
  ['NCHAR', known('nchar', 'length', MOST_CHARACTERS)],
  ['NVARCHAR', known('nvarchar', 'length-or-max', MOST_CHARACTERS)],
  ['BINARY', known('binary', 'length', MOST_BYTES)],
  ['VARBINARY', known('varbinary', 'length-or-max', MOST_BYTES)],
  ['UNIQUEIDENTIFIER', known('uniqueidentifier')],
  ['ROWVERSION', known('rowversion')],
  ['TIMESTAMP', known('rowversion')],
]);

/** Types that SQL Server has and the training site has not. */
const ELSEWHERE = new Set(
  'MONEY SMALLMONEY SMALLDATETIME TEXT NTEXT IMAGE XML SQL_VARIANT GEOGRAPHY GEOMETRY HIERARCHYID CURSOR JSON VECTOR'.split(
    ' ',
  ),
);

/** Refuses with 2715 what is no type, with 50001 what the training site lacks, and a size that is too large. */
export function dataType(tokens: TokenStream): DataType {
  const { line } = tokens;
  if (tokens.accept('DOUBLE', 'PRECISION')) return { name: 'float', line };
  const national = tokens.accept('NATIONAL');
  if (tokens.at('CURSOR')) throw tokens.outside('cursors');
  let written = name(tokens);
  if (tokens.acceptSymbol('.')) written = name(tokens);
  const word = written.toUpperCase();
  if (word === 'SYSNAME') return { name: 'nvarchar', length: MOST_CHARACTERS_OF_A_NAME, line };
  if (ELSEWHERE.has(word)) throw tokens.outside(`the type ${word.toLowerCase()}`);
  let type = TYPES.get(word);
  if (type?.name === 'char' && tokens.accept('VARYING')) type = TYPES.get('VARCHAR');
  // NATIONAL CHAR and NATIONAL CHAR VARYING, but no NATIONAL VARCHAR.
  if (national && (word === 'VARCHAR' || (type?.name !== 'char' && type?.name !== 'varchar'))) throw tokens.refusal();
  if (national) type = TYPES.get(type?.name === 'varchar' ? 'NVARCHAR' : 'NCHAR');
  if (type === undefined) {
    throw new Refusal(2715, `Column, parameter, or variable #1: Cannot find data type ${written}.`, line, 16);
  }
  return { name: type.name, ...size(tokens, type), line };
}

const MOST_CHARACTERS_OF_A_NAME = 128;

function size(tokens: TokenStream, type: Known): Partial<Pick<DataType, 'length' | 'precision' | 'scale'>> {
  if (type.takes === 'nothing' || !tokens.acceptSymbol('(')) return {};
  if (type.takes === 'length-or-max' && tokens.accept('MAX')) {
    tokens.expectSymbol(')');
    return { length: 'max' };
  }
  const { line } = tokens;
  const first = wholeNumber(tokens);
  const second = type.takes === 'precision' && tokens.acceptSymbol(',') ? wholeNumber(tokens) : undefined;
  tokens.expectSymbol(')');
  if (first > type.most || (first === 0 && type.takes !== 'scale')) throw tooLarge(type, first, line);
  if (second !== undefined && second > first) {
    throw new Refusal(192, 'The scale must be less than or equal to the precision.', line);
  }
  switch (type.takes) {
    case 'length':
    case 'length-or-max':
      return { length: first };
    case 'scale':
      return { scale: first };
    case 'precision':
      return second === undefined ? { precision: first } : { precision: first, scale: second };
    case 'bits':
      return { precision: first };
  }
}

function tooLarge(type: Known, size: number, line: number): Refusal {
  if (type.takes === 'scale') return new Refusal(1002, `Line ${line}: Specified scale ${size} is invalid.`, line);
  if (size === 0) return new Refusal(1001, `Line ${line}: Length or precision specification 0 is invalid.`, line);
  if (type.takes === 'precision' || type.takes === 'bits') {
    const most = `the maximum precision of ${type.most}`;
    return new Refusal(
      2750,
      `Column or parameter #1: Specified column precision ${size} is greater than ${most}.`,
      line,
      16,
    );
  }
  return new Refusal(
    131,
    `The size (${size}) given to the type '${type.name}' exceeds the maximum allowed for any data type (${type.most}).`,
    line,
  );
}

function wholeNumber(tokens: TokenStream): number {
  if (tokens.peek().kind !== 'integer') throw tokens.refusal();
  return Number(tokens.next().text);
}
