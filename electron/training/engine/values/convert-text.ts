import { sqlError, unknownToTrainingSite } from '../sql-error.ts';
import { decimalText } from './convert-numbers.ts';
import { formatDate, formatDefault, formatTime } from './dates.ts';
import { familyOf, scaleOf } from './facts.ts';
import type { DataType, Value } from './types.ts';

/** How values of each type read as text, with the styles of CONVERT that are in use. */
export function toText(value: Exclude<Value, null>, from: DataType, to: DataType, style: number | undefined): string {
  switch (familyOf(from)) {
    case 'bit':
      return value === true ? '1' : '0';
    case 'integer':
      return checkedLength(String(value), from, to);
    case 'decimal':
      return decimalText(value as bigint, scaleOf(from));
    case 'float':
      return floatText(Number(value), style);
    case 'moment':
      return momentText(value as bigint, from, style);
    case 'time':
      return formatTime(value as bigint, scaleOf(from));
    case 'guid':
      if (typeof to.length === 'number' && to.length < 36) throw sqlError(8170);
      return String(value);
    case 'binary':
      return binaryText(value as Uint8Array, to, style);
    case 'text':
      return String(value);
  }
}

/** An integer that does not fit is an asterisk in char and varchar, and error 8115 in the n-types. */
function checkedLength(text: string, from: DataType, to: DataType): string {
  if (to.length === 'max' || to.length === undefined || text.length <= to.length) return text;
  if (to.name === 'char' || to.name === 'varchar') return '*';
  throw sqlError(8115, 'expression', to.name === 'nchar' ? 'nchar' : from.name === 'bigint' ? 'nvarchar' : to.name);
}

/** Style 0: at most six digits, exponent where needed; 3: seventeen digits. */
function floatText(value: number, style: number | undefined): string {
  if (style === 3) return String(value);
  const text = Number(value.toPrecision(6));
  if (text !== 0 && (Math.abs(text) >= 1e6 || Math.abs(text) < 1e-4)) {
    const [mantissa, exponent] = text.toExponential().split('e');
    const power = Number(exponent);
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(3, '0')}`;
  }
  return String(text);
}

function momentText(ticks: bigint, from: DataType, style: number | undefined): string {
  const scale = from.name === 'datetime' ? 3 : scaleOf(from);
  const date = formatDate(ticks);
  const [year, month, day] = [date.slice(0, 4), date.slice(5, 7), date.slice(8, 10)];
  const time = formatTime(ticks, scale);
  switch (style ?? (from.name === 'datetime' ? 0 : 121)) {
    case 0:
    case 100:
      return from.name === 'date' ? date : formatDefault(ticks);
    case 20:
    case 120:
      return from.name === 'date' ? date : `${date} ${formatTime(ticks, 0)}`;
    case 21:
    case 25:
    case 121:
      return from.name === 'date' ? date : `${date} ${time}`;
    case 126:
    case 127:
      return from.name === 'date' ? date : `${date}T${isoTime(ticks, scale)}${style === 127 ? 'Z' : ''}`;
    case 23:
      return date;
    case 101:
      return `${month}/${day}/${year}`;
    case 103:
      return `${day}/${month}/${year}`;
    case 104:
      return `${day}.${month}.${year}`;
    case 111:
      return `${year}/${month}/${day}`;
    case 112:
      return `${year}${month}${day}`;
    case 8:
    case 24:
    case 108:
      return formatTime(ticks, 0);
    case 14:
    case 114:
      return formatTime(ticks, 3).replace('.', ':');
    default:
      throw unknownToTrainingSite(`style ${style} of CONVERT`);
  }
}

/** ISO 8601 leaves out a fraction that is zero. */
function isoTime(ticks: bigint, scale: number): string {
  const text = formatTime(ticks, scale);
  return /\.0+$/.test(text) ? text.slice(0, 8) : text;
}

/** Style 1: with 0x; 2: without; 0: the bytes as characters. */
function binaryText(bytes: Uint8Array, to: DataType, style: number | undefined): string {
  const hex = Buffer.from(bytes).toString('hex').toUpperCase();
  if (style === 1) return `0x${hex}`;
  if (style === 2) return hex;
  return Buffer.from(bytes).toString(to.name === 'nvarchar' || to.name === 'nchar' ? 'utf16le' : 'latin1');
}

/** Cuts or pads to the target's length. */
export function fitText(text: string, to: DataType): string {
  if (to.length === 'max' || to.length === undefined) return text;
  const cut = text.length > to.length ? text.slice(0, to.length) : text;
  return to.name === 'char' || to.name === 'nchar' ? cut.padEnd(to.length) : cut;
}
