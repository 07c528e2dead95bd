import type { SqlType } from './backend.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

/** The types whose size is part of their name: they have one token where NULL cannot occur and another where it can. */
export type PlainName = 'bit' | 'tinyint' | 'smallint' | 'int' | 'bigint' | 'real' | 'float' | 'datetime';

interface PlainType {
  readonly fixed: number;
  readonly nullable: number;
  readonly width: 1 | 2 | 4 | 8;
}

/** [MS-TDS] 2.2.5.4.1 and 2.2.5.4.2. */
export const plainTypes: Readonly<Record<PlainName, PlainType>> = {
  bit: { fixed: 0x32, nullable: 0x68, width: 1 },
  tinyint: { fixed: 0x30, nullable: 0x26, width: 1 },
  smallint: { fixed: 0x34, nullable: 0x26, width: 2 },
  int: { fixed: 0x38, nullable: 0x26, width: 4 },
  bigint: { fixed: 0x7f, nullable: 0x26, width: 8 },
  real: { fixed: 0x3b, nullable: 0x6d, width: 4 },
  float: { fixed: 0x3e, nullable: 0x6d, width: 8 },
  datetime: { fixed: 0x3d, nullable: 0x6f, width: 8 },
};

export type SizedName = 'char' | 'varchar' | 'nchar' | 'nvarchar' | 'binary' | 'varbinary';

interface SizedType {
  readonly token: number;
  /** Bytes a unit of the declared length. */
  readonly unit: 1 | 2;
  readonly collated: boolean;
}

export const sizedTypes: Readonly<Record<SizedName, SizedType>> = {
  char: { token: 0xaf, unit: 1, collated: true },
  varchar: { token: 0xa7, unit: 1, collated: true },
  nchar: { token: 0xef, unit: 2, collated: true },
  nvarchar: { token: 0xe7, unit: 2, collated: true },
  binary: { token: 0xad, unit: 1, collated: false },
  varbinary: { token: 0xa5, unit: 1, collated: false },
};

const token = {
  null: 0x1f,
  uniqueidentifier: 0x24,
  date: 0x28,
  time: 0x29,
  datetime2: 0x2a,
  datetimeoffset: 0x2b,
  decimal: 0x6a,
  numeric: 0x6c,
} as const;

/** The length that stands for MAX. */
export const unlimited = 0xffff;

/** SQL_Latin1_General_CP1_CI_AS: LCID 0x0409, ignoring case, kana and width, sort id 52. */
export const collation = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);

/** Types a client may send that this server does not take, by the names that an engineer knows them by. */
const refusedTypes: ReadonlyMap<number, string> = new Map([
  [0x22, 'image'],
  [0x23, 'text'],
  [0x3a, 'smalldatetime'],
  [0x3c, 'money'],
  [0x62, 'sql_variant'],
  [0x63, 'ntext'],
  [0x6e, 'money'],
  [0x7a, 'smallmoney'],
  [0xf0, 'CLR user-defined type'],
  [0xf1, 'xml'],
  [0xf3, 'table-valued parameter'],
]);

/** A parameter's type as it was sent, or the name of one that this server does not take. */
export type ReadType =
  | { readonly ok: true; readonly type: SqlType; readonly form: ValueForm }
  | { readonly ok: false; readonly refused: string };

/** How the value after a TYPE_INFO is laid out: without length, with one of one byte, of two, or in chunks. */
export type ValueForm = 'fixed' | 'short' | 'long' | 'chunks' | 'absent';

/** Bytes of a decimal's mantissa by precision ([MS-TDS] 2.2.5.5.1.6), the sign not counted. */
export function mantissaWidth(precision: number): 4 | 8 | 12 | 16 {
  if (precision <= 9) {
    return 4;
  }
  if (precision <= 19) {
    return 8;
  }
  return precision <= 28 ? 12 : 16;
}

/** Bytes of a time of day by scale ([MS-TDS] 2.2.5.5.1.8). */
export function timeWidth(scale: number): 3 | 4 | 5 {
  if (scale <= 2) {
    return 3;
  }
  return scale <= 4 ? 4 : 5;
}

/**
 * TYPE_INFO. A column that cannot be NULL takes the fixed token: clients read the value by the token, and
 * Microsoft.Data.SqlClient reads garbage if an INTN column is not flagged nullable.
 */
export function writeTypeInfo(writer: ByteWriter, type: SqlType, nullable: boolean): void {
  switch (type.name) {
    case 'date':
      writer.u8(token.date);
      return;
    case 'uniqueidentifier':
      writer.u8(token.uniqueidentifier).u8(16);
      return;
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      writer.u8(token[type.name]).u8(type.scale);
      return;
    case 'decimal':
      writer
        .u8(token.numeric)
        .u8(mantissaWidth(type.precision) + 1)
        .u8(type.precision)
        .u8(type.scale);
      return;
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
    case 'binary':
    case 'varbinary': {
      const sized = sizedTypes[type.name];
      writer.u8(sized.token).u16(type.length === 'max' ? unlimited : type.length * sized.unit);
      if (sized.collated) {
        writer.bytes(collation);
      }
      return;
    }
    default: {
      const plain = plainTypes[type.name];
      if (nullable) {
        writer.u8(plain.nullable).u8(plain.width);
      } else {
        writer.u8(plain.fixed);
      }
    }
  }
}

/** Reads the TYPE_INFO of an RPC parameter. */
export function readTypeInfo(reader: ByteReader): ReadType {
  const id = reader.u8();
  for (const name of Object.keys(plainTypes) as PlainName[]) {
    if (plainTypes[name].fixed === id) {
      return { ok: true, type: { name }, form: 'fixed' };
    }
  }
  for (const name of Object.keys(sizedTypes) as SizedName[]) {
    if (sizedTypes[name].token === id) {
      return readSized(name, reader);
    }
  }
  switch (id) {
    case token.null:
      return { ok: true, type: { name: 'nvarchar', length: 1 }, form: 'absent' };
    case token.uniqueidentifier:
      reader.u8();
      return { ok: true, type: { name: 'uniqueidentifier' }, form: 'short' };
    case token.date:
      return { ok: true, type: { name: 'date' }, form: 'short' };
    case token.time:
      return { ok: true, type: { name: 'time', scale: reader.u8() }, form: 'short' };
    case token.datetime2:
      return { ok: true, type: { name: 'datetime2', scale: reader.u8() }, form: 'short' };
    case token.datetimeoffset:
      return { ok: true, type: { name: 'datetimeoffset', scale: reader.u8() }, form: 'short' };
    case token.decimal:
    case token.numeric:
      reader.u8();
      return { ok: true, type: { name: 'decimal', precision: reader.u8(), scale: reader.u8() }, form: 'short' };
    default:
      return readPlain(id, reader);
  }
}

function readSized(name: SizedName, reader: ByteReader): ReadType {
  const { unit, collated } = sizedTypes[name];
  const declared = reader.u16();
  if (collated) {
    reader.take(collation.length);
  }
  if (declared === unlimited) {
    return { ok: true, type: { name, length: 'max' }, form: 'chunks' };
  }
  return { ok: true, type: { name, length: Math.max(1, declared / unit) }, form: 'long' };
}

function readPlain(id: number, reader: ByteReader): ReadType {
  const names = (Object.keys(plainTypes) as PlainName[]).filter((name) => plainTypes[name].nullable === id);
  if (names.length === 0) {
    return { ok: false, refused: refusedTypes.get(id) ?? `0x${id.toString(16).padStart(2, '0')}` };
  }
  const width = reader.u8();
  const name = names.find((candidate) => plainTypes[candidate].width === width);
  // DATETIMN of four bytes is smalldatetime: minutes, not ticks.
  return name === undefined
    ? {
        ok: false,
        refused: id === plainTypes.datetime.nullable ? 'smalldatetime' : `0x${id.toString(16)} of ${width} bytes`,
      }
    : { ok: true, type: { name }, form: 'short' };
}
