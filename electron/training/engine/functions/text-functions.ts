import { hash } from 'node:crypto';
import type { ArgumentFacts, ScalarFunction } from '../registry.ts';
import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import { findCollation, withoutTrailingBlanks } from '../values/collation.ts';
import { textBytes } from '../values/convert-binary.ts';
import { toText } from '../values/convert-text.ts';
import { familyOf, isText, isUnicode } from '../values/facts.ts';
import { int, nvarchar, varbinary, varchar, type DataType, type Value } from '../values/types.ts';

/** String functions (learn.microsoft.com/sql/t-sql/functions/string-functions-transact-sql). */

const text = nvarchar('max');

/** The type of the first argument; anything that is no text becomes varchar or nvarchar. */
const sameText = (args: readonly ArgumentFacts[]): DataType => {
  const type = args[0]?.type;
  if (!type || !isText(type)) return varchar(8000);
  return { name: isUnicode(type) ? 'nvarchar' : 'varchar', length: type.length ?? 1 };
};

const widened = (args: readonly ArgumentFacts[]): DataType => {
  const type = sameText(args);
  return type.length === 'max' ? type : { ...type, length: type.name === 'nvarchar' ? 4000 : 8000 };
};

/** A function of one text to a text. */
function mapping(name: string, change: (value: string) => string): ScalarFunction {
  return {
    name,
    minimumArguments: 1,
    maximumArguments: 1,
    parameters: [text],
    type: sameText,
    nullIn: true,
    evaluate: ([value]) => change(String(value)),
  };
}

function part(name: string, take: (value: string, count: number) => string): ScalarFunction {
  return {
    name,
    minimumArguments: 2,
    maximumArguments: 2,
    parameters: [text, int],
    type: sameText,
    nullIn: true,
    evaluate: ([value, count]) => {
      if (Number(count) < 0) throw sqlError(537);
      return take(String(value), Number(count));
    },
  };
}

const substring: ScalarFunction = {
  name: 'SUBSTRING',
  minimumArguments: 3,
  maximumArguments: 3,
  parameters: ['as-is', int, int],
  type: (args) => (args[0] && familyOf(args[0].type) === 'binary' ? varbinary(8000) : sameText(args)),
  nullIn: true,
  evaluate: ([value = null, start, length], _surroundings, facts) => {
    if (Number(length) < 0) throw sqlError(537);
    const from = Math.max(0, Number(start) - 1);
    const to = Math.max(from, Number(start) - 1 + Number(length));
    if (value instanceof Uint8Array) return value.slice(from, to);
    return asText(value, facts[0]).slice(from, to);
  },
};

/** What CONCAT and CONCAT_WS make of a value. */
function asText(value: Value, facts: ArgumentFacts | undefined): string {
  if (value === null) return '';
  return facts ? toText(value, facts.type, varchar('max'), undefined) : String(value);
}

/** nvarchar if any argument is; as long as all together. */
function joinedType(args: readonly ArgumentFacts[]): DataType {
  const unicode = args.some((arg) => isUnicode(arg.type));
  const limit = unicode ? 4000 : 8000;
  if (args.some((arg) => isText(arg.type) && arg.type.length === 'max')) return unicode ? text : varchar('max');
  const total = args.reduce((sum, arg) => sum + (isText(arg.type) ? Number(arg.type.length ?? 1) : 40), 0);
  const length = Math.max(1, Math.min(limit, total));
  return unicode ? nvarchar(length) : varchar(length);
}

const replace: ScalarFunction = {
  name: 'REPLACE',
  minimumArguments: 3,
  maximumArguments: 3,
  parameters: [text, text, text],
  type: widened,
  nullIn: true,
  evaluate: ([value, wanted, instead], { database }) => {
    const found = String(wanted);
    if (found === '') return String(value);
    const escaped = found.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
    const replacement = String(instead);
    return String(value).replaceAll(
      new RegExp(escaped, ignoresCase(database.collation) ? 'gi' : 'g'),
      () => replacement,
    );
  },
};

function ignoresCase(collation: string): boolean {
  return findCollation(collation).key('a') === findCollation(collation).key('A');
}

const charIndex: ScalarFunction = {
  name: 'CHARINDEX',
  minimumArguments: 2,
  maximumArguments: 3,
  parameters: [text, text, int],
  type: int,
  nullIn: true,
  evaluate: ([wanted, value, start = 1], { database }) => {
    const fold = (one: string): string => (ignoresCase(database.collation) ? one.toLowerCase() : one);
    const found = String(wanted);
    if (found === '') return 0;
    return fold(String(value)).indexOf(fold(found), Math.max(0, Number(start) - 1)) + 1;
  },
};

const stuff: ScalarFunction = {
  name: 'STUFF',
  minimumArguments: 4,
  maximumArguments: 4,
  parameters: [text, int, int, text],
  type: widened,
  evaluate: ([value, start, length, instead]) => {
    if (value === null || start === null || length === null) return null;
    const subject = String(value);
    const from = Number(start) - 1;
    if (from < 0 || from >= subject.length || Number(length) < 0) return null;
    return subject.slice(0, from) + String(instead ?? '') + subject.slice(from + Number(length));
  },
};

const quoteName: ScalarFunction = {
  name: 'QUOTENAME',
  minimumArguments: 1,
  maximumArguments: 2,
  parameters: [text, text],
  type: nvarchar(258),
  nullIn: true,
  evaluate: ([value, quote = '[']) => {
    const name = String(value);
    if (name.length > 128) return null;
    const pairs: Readonly<Record<string, readonly [string, string]>> = {
      '[': ['[', ']'],
      ']': ['[', ']'],
      "'": ["'", "'"],
      '"': ['"', '"'],
      '(': ['(', ')'],
      '<': ['<', '>'],
      '{': ['{', '}'],
      '`': ['`', '`'],
    };
    const pair = pairs[String(quote)];
    return pair ? pair[0] + name.replaceAll(pair[1], pair[1] + pair[1]) + pair[1] : null;
  },
};

const hashBytes: ScalarFunction = {
  name: 'HASHBYTES',
  minimumArguments: 2,
  maximumArguments: 2,
  parameters: [text, 'as-is'],
  type: varbinary(8000),
  nullIn: true,
  evaluate: ([algorithm, value = null], _surroundings, facts) => {
    const names: Readonly<Record<string, string>> = {
      SHA2_256: 'sha256',
      SHA2_512: 'sha512',
      SHA1: 'sha1',
      SHA: 'sha1',
      MD5: 'md5',
    };
    const name = names[String(algorithm).toUpperCase()];
    if (name === undefined) return null;
    return new Uint8Array(hash(name, bytesOf(value, facts[1]), 'buffer'));
  },
};

function bytesOf(value: Value, facts: ArgumentFacts | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (!facts || !isText(facts.type))
    throw unknownToTrainingSite('the bytes of a value that is neither text nor binary');
  return textBytes(String(value), facts.type);
}

const storageSizes: Readonly<Record<string, number>> = {
  bit: 1,
  tinyint: 1,
  smallint: 2,
  int: 4,
  bigint: 8,
  float: 8,
  real: 4,
  datetime: 8,
  datetime2: 8,
  date: 3,
  time: 5,
  uniqueidentifier: 16,
  decimal: 9,
};

const dataLength: ScalarFunction = {
  name: 'DATALENGTH',
  minimumArguments: 1,
  maximumArguments: 1,
  parameters: ['as-is'],
  type: int,
  nullIn: true,
  evaluate: ([value = null], _surroundings, [facts]) => {
    if (value instanceof Uint8Array) return value.length;
    if (facts && isText(facts.type)) return textBytes(String(value), facts.type).length;
    return storageSizes[facts?.type.name ?? ''] ?? 8;
  },
};

function unicodeFunction(name: string, read: (value: string) => number | null): ScalarFunction {
  return {
    name,
    minimumArguments: 1,
    maximumArguments: 1,
    parameters: [text],
    type: int,
    nullIn: true,
    evaluate: ([value]) => (String(value) === '' ? null : read(String(value))),
  };
}

export const textFunctions: readonly ScalarFunction[] = [
  mapping('UPPER', (value) => value.toUpperCase()),
  mapping('LOWER', (value) => value.toLowerCase()),
  mapping('LTRIM', (value) => value.replace(/^ +/, '')),
  mapping('RTRIM', withoutTrailingBlanks),
  mapping('TRIM', (value) => withoutTrailingBlanks(value).replace(/^ +/, '')),
  mapping('REVERSE', (value) => value.split('').toReversed().join('')),
  part('LEFT', (value, count) => value.slice(0, count)),
  part('RIGHT', (value, count) => (count === 0 ? '' : value.slice(-count))),
  { ...part('REPLICATE', (value, count) => value.repeat(count)), type: widened },
  substring,
  replace,
  charIndex,
  stuff,
  quoteName,
  hashBytes,
  dataLength,
  {
    name: 'LEN',
    minimumArguments: 1,
    maximumArguments: 1,
    parameters: [text],
    type: int,
    nullIn: true,
    evaluate: ([value]) => withoutTrailingBlanks(String(value)).length,
  },
  {
    name: 'SPACE',
    minimumArguments: 1,
    maximumArguments: 1,
    parameters: [int],
    type: varchar(8000),
    nullIn: true,
    evaluate: ([count]) => (Number(count) < 0 ? null : ' '.repeat(Number(count))),
  },
  {
    name: 'CONCAT',
    minimumArguments: 2,
    maximumArguments: 254,
    parameters: ['as-is'],
    type: joinedType,
    evaluate: (args, _surroundings, facts) => args.map((value, index) => asText(value, facts[index])).join(''),
  },
  {
    name: 'CONCAT_WS',
    minimumArguments: 3,
    maximumArguments: 254,
    parameters: ['as-is'],
    type: joinedType,
    evaluate: ([separator = null, ...args], _surroundings, facts) =>
      args
        .flatMap((value, index) => (value === null ? [] : [asText(value, facts[index + 1])]))
        .join(asText(separator, facts[0])),
  },
  {
    name: 'NCHAR',
    minimumArguments: 1,
    maximumArguments: 1,
    parameters: [int],
    type: nvarchar(1),
    nullIn: true,
    evaluate: ([code]) => String.fromCharCode(Number(code)),
  },
  {
    name: 'CHAR',
    minimumArguments: 1,
    maximumArguments: 1,
    parameters: [int],
    type: { name: 'char', length: 1 },
    nullIn: true,
    evaluate: ([code]) => (Number(code) < 0 || Number(code) > 255 ? null : String.fromCharCode(Number(code))),
  },
  unicodeFunction('UNICODE', (value) => value.charCodeAt(0)),
  unicodeFunction('ASCII', (value) => value.charCodeAt(0) & 255),
];
