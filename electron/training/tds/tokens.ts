import type { ResultColumn, SqlMessage, SqlType, SqlValue } from './backend.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { ProductVersion } from './prelogin.ts';
import { collation, writeTypeInfo } from './types.ts';
import { writeValue } from './value-writer.ts';

/** Token types of [MS-TDS] 2.2.7. */
const tokenType = {
  returnStatus: 0x79,
  columnMetadata: 0x81,
  error: 0xaa,
  info: 0xab,
  returnValue: 0xac,
  loginAck: 0xad,
  row: 0xd1,
  environmentChange: 0xe3,
} as const;

/** Which DONE: of a statement in a batch, of a procedure, of a statement inside a procedure. */
export const doneToken = { statement: 0xfd, procedure: 0xfe, inProcedure: 0xff } as const;
export type DoneToken = (typeof doneToken)[keyof typeof doneToken];

export const doneStatus = { final: 0x00, more: 0x01, error: 0x02, count: 0x10, attention: 0x20 } as const;

/** The command a DONE speaks of: clients count rows affected from all but SELECT. */
export const doneCommand = { none: 0x00, select: 0xc1 } as const;

const environment = {
  database: 1,
  language: 2,
  packetSize: 4,
  collation: 7,
  begin: 8,
  commit: 9,
  rollback: 10,
  reset: 18,
} as const;

const columnFlags = { nullable: 0x01, perhapsUpdatable: 0x08 } as const;

/** Severities above this one are errors. */
export const highestInformation = 10;

/** A message longer than this would not fit its token; SQL Server itself stops at 2,047 characters. */
const longestMessage = 8000;

export function writeColumns(writer: ByteWriter, columns: readonly ResultColumn[]): void {
  writer.u8(tokenType.columnMetadata).u16(columns.length);
  for (const { name, type, nullable } of columns) {
    writer.u32(0).u16(columnFlags.perhapsUpdatable | (nullable ? columnFlags.nullable : 0));
    writeTypeInfo(writer, type, nullable);
    writer.shortText(name);
  }
}

export function writeRow(writer: ByteWriter, columns: readonly ResultColumn[], row: readonly SqlValue[]): void {
  writer.u8(tokenType.row);
  for (const [index, { type, nullable }] of columns.entries()) {
    writeValue(writer, type, nullable, row[index] ?? null);
  }
}

export function writeDone(
  writer: ByteWriter,
  token: DoneToken,
  status: number,
  command: number,
  rowCount: number,
): void {
  writer.u8(token).u16(status).u16(command).u64(BigInt(rowCount));
}

export function writeMessage(writer: ByteWriter, serverName: string, message: SqlMessage): void {
  writer.u8(message.severity > highestInformation ? tokenType.error : tokenType.info);
  writer.measured((inner) => {
    inner.i32(message.number).u8(message.state).u8(message.severity);
    inner.longText(message.text.slice(0, longestMessage)).shortText(serverName).shortText(message.procedure);
    inner.u32(message.line);
  });
}

export function writeReturnStatus(writer: ByteWriter, status: number): void {
  writer.u8(tokenType.returnStatus).i32(status);
}

export interface ReturnValue {
  readonly ordinal: number;
  readonly name: string;
  readonly type: SqlType;
  readonly value: SqlValue;
}

export function writeReturnValue(writer: ByteWriter, { ordinal, name, type, value }: ReturnValue): void {
  const outputParameter = 0x01;
  writer.u8(tokenType.returnValue).u16(ordinal).shortText(name).u8(outputParameter).u32(0).u16(columnFlags.nullable);
  writeTypeInfo(writer, type, true);
  writeValue(writer, type, true, value);
}

/** SQL_TSQL, the TDS version the client asked for (most significant byte first), the product and its version. */
export function writeLoginAck(writer: ByteWriter, tdsVersion: number, version: ProductVersion): void {
  const transactSql = 1;
  const tds = Buffer.alloc(4);
  tds.writeUInt32BE(tdsVersion);
  writer.u8(tokenType.loginAck);
  writer.measured((inner) => {
    inner.u8(transactSql).bytes(tds).shortText('Microsoft SQL Server');
    inner.bytes(Buffer.from([version.major, version.minor, version.build >> 8, version.build & 0xff]));
  });
}

function writeTextChange(writer: ByteWriter, kind: number, now: string, before: string): void {
  writer.u8(tokenType.environmentChange).measured((inner) => inner.u8(kind).shortText(now).shortText(before));
}

function writeBytesChange(writer: ByteWriter, kind: number, now: Uint8Array, before: Uint8Array): void {
  writer.u8(tokenType.environmentChange).measured((inner) => inner.u8(kind).shortBytes(now).shortBytes(before));
}

export function writeDatabaseChange(writer: ByteWriter, now: string, before: string): void {
  writeTextChange(writer, environment.database, now, before);
}

export function writeLanguageChange(writer: ByteWriter, now: string): void {
  writeTextChange(writer, environment.language, now, '');
}

export function writePacketSizeChange(writer: ByteWriter, now: number, before: number): void {
  writeTextChange(writer, environment.packetSize, String(now), String(before));
}

export function writeCollationChange(writer: ByteWriter): void {
  writeBytesChange(writer, environment.collation, collation, Buffer.alloc(0));
}

/** Tells the client which descriptor its next request must carry. */
export function writeTransactionBegun(writer: ByteWriter, id: bigint): void {
  writeBytesChange(writer, environment.begin, descriptor(id), Buffer.alloc(0));
}

export function writeTransactionEnded(writer: ByteWriter, id: bigint, outcome: 'commit' | 'rollback'): void {
  writeBytesChange(writer, environment[outcome], Buffer.alloc(0), descriptor(id));
}

export function writeResetAcknowledged(writer: ByteWriter): void {
  writeBytesChange(writer, environment.reset, Buffer.alloc(0), Buffer.alloc(0));
}

function descriptor(id: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(id);
  return bytes;
}
