import { sqlError } from '../sql-error.ts';
import { year1900, ticksPerDay } from './dates.ts';
import { familyOf, integerLimits, isUnicode, scaleOf, typeNameInMessages } from './facts.ts';
import type { DataType, Value } from './types.ts';

type Known = Exclude<Value, null>;

export function toBit(value: Known, from: DataType): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return value !== 0 && value !== 0n;
  if (value instanceof Uint8Array) return value.some((byte) => byte !== 0);
  const text = value.trim().toLowerCase();
  if (text === 'true') return true;
  if (text === 'false' || text === '') return false;
  if (!/^[+-]?\d+$/.test(text)) throw sqlError(245, from.name, value, 'bit');
  return BigInt(text) !== 0n;
}

/** Decimal and float are cut, not rounded, on their way to an integer. */
export function toInteger(value: Known, from: DataType, to: DataType): number | bigint {
  if (typeof value === 'string') return integerFromText(value, from, to);
  const whole = wholeNumber(value, from);
  const limits = integerLimits[to.name];
  if (limits && (whole < limits.low || whole > limits.high)) {
    if (to.name === 'tinyint' || to.name === 'smallint') throw sqlError(220, to.name, String(whole));
    throw sqlError(8115, familyOf(from) === 'integer' ? 'expression' : typeNameInMessages(from), to.name);
  }
  return to.name === 'bigint' ? whole : Number(whole);
}

function wholeNumber(value: Exclude<Known, string>, from: DataType): bigint {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number') return BigInt(Math.trunc(value));
  if (typeof value === 'bigint')
    return from.name === 'decimal' ? value / 10n ** BigInt(scaleOf(from)) : wholeOf(value, from);
  return value.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function wholeOf(value: bigint, from: DataType): bigint {
  // datetime counts days from 1900 and rounds at noon.
  return familyOf(from) === 'moment' ? (value - year1900 + ticksPerDay / 2n) / ticksPerDay : value;
}

const internalNames: Readonly<Record<string, string>> = { tinyint: 'INT1', smallint: 'INT2' };

function integerFromText(text: string, from: DataType, to: DataType): number | bigint {
  const trimmed = text.trim();
  if (trimmed !== '' && !/^[+-]?\s*\d+$/.test(trimmed)) {
    if (to.name === 'bigint') throw sqlError(8114, from.name, to.name);
    throw sqlError(245, from.name, text, to.name);
  }
  const whole = trimmed === '' ? 0n : BigInt(trimmed.replaceAll(/[+\s]/g, ''));
  const limits = integerLimits[to.name];
  if (limits && (whole < limits.low || whole > limits.high)) {
    if (to.name === 'bigint') throw sqlError(8115, 'expression', 'bigint');
    const internal = internalNames[to.name];
    throw internal === undefined ? sqlError(248, from.name, text) : sqlError(244, from.name, text, internal);
  }
  return to.name === 'bigint' ? whole : Number(whole);
}

export function toDecimal(value: Known, from: DataType, to: DataType): bigint {
  const scale = scaleOf(to);
  const scaled = scaledValue(value, from, to, scale);
  const limit = 10n ** BigInt(to.precision ?? 18);
  if (scaled >= limit || scaled <= -limit) throw sqlError(8115, nameFor8115(from), 'numeric');
  return scaled;
}

function nameFor8115(from: DataType): string {
  return familyOf(from) === 'integer' ? from.name : isUnicode(from) ? 'nvarchar' : typeNameInMessages(from);
}

function scaledValue(value: Known, from: DataType, to: DataType, scale: number): bigint {
  if (typeof value === 'string') {
    const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(value.trim());
    if (!match || (match[2] === '' && (match[3] ?? '') === '')) {
      throw sqlError(8114, from.name, typeNameInMessages(to));
    }
    const digits = BigInt(`${match[2] || '0'}${match[3] ?? ''}`);
    return rescale(match[1] === '-' ? -digits : digits, (match[3] ?? '').length, scale);
  }
  if (from.name === 'decimal' && typeof value === 'bigint') return rescale(value, scaleOf(from), scale);
  if (typeof value === 'number' && familyOf(from) === 'float') {
    if (!Number.isFinite(value) || Math.abs(value) >= 1e38) throw sqlError(8115, 'float', 'numeric');
    // Seventeen digits are what a double holds.
    return scaledValue(plainDigits(value), { name: 'varchar', length: 60 }, to, scale);
  }
  return wholeNumber(value, from) * 10n ** BigInt(scale);
}

function plainDigits(value: number): string {
  return Math.abs(value) < 1e21 ? value.toFixed(Math.min(20, 37)) : BigInt(Math.trunc(value)).toString();
}

/** Rounds half away from zero, as decimal does. */
export function rescale(value: bigint, from: number, to: number): bigint {
  if (to >= from) return value * 10n ** BigInt(to - from);
  const unit = 10n ** BigInt(from - to);
  const half = unit / 2n;
  return value >= 0n ? (value + half) / unit : -((-value + half) / unit);
}

export function toFloat(value: Known, from: DataType, to: DataType): number {
  const number = floatValue(value, from);
  return to.name === 'real' ? Math.fround(number) : number;
}

function floatValue(value: Known, from: DataType): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') {
    const trimmed = value.trim();
    if (trimmed === '') return 0;
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) throw sqlError(8114, from.name, 'float');
    return Number(trimmed);
  }
  if (typeof value === 'bigint') {
    if (from.name === 'decimal') return Number(decimalText(value, scaleOf(from)));
    if (familyOf(from) === 'moment') return Number(value - year1900) / Number(ticksPerDay);
    return Number(value);
  }
  return Number(wholeNumber(value, from));
}

/** `-0.50` for -50n with scale 2. */
export function decimalText(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const sign = value < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
