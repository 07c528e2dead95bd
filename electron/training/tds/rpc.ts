import type { RpcParameter } from './backend.ts';
import { ByteReader } from './byte-reader.ts';
import { readTypeInfo } from './types.ts';
import { readValue } from './value-reader.ts';

export interface ProcedureCall {
  /** As the client wrote it, or the name behind a well-known procedure id. */
  readonly procedure: string;
  readonly parameters: readonly RpcParameter[];
}

/** A parameter of a type that this server does not take: nothing after it can be read. */
export interface RefusedParameter {
  readonly procedure: string;
  readonly parameter: string;
  readonly type: string;
}

export type ReadRpc =
  | { readonly ok: true; readonly calls: readonly ProcedureCall[] }
  | { readonly ok: false; readonly refused: RefusedParameter };

/** [MS-TDS] 2.2.6.6. */
const wellKnownProcedures: ReadonlyMap<number, string> = new Map([
  [1, 'sp_cursor'],
  [2, 'sp_cursoropen'],
  [3, 'sp_cursorprepare'],
  [4, 'sp_cursorexecute'],
  [5, 'sp_cursorprepexec'],
  [6, 'sp_cursorunprepare'],
  [7, 'sp_cursorfetch'],
  [8, 'sp_cursoroption'],
  [9, 'sp_cursorclose'],
  [10, 'sp_executesql'],
  [11, 'sp_prepare'],
  [12, 'sp_execute'],
  [13, 'sp_prepexec'],
  [14, 'sp_prepexecrpc'],
  [15, 'sp_unprepare'],
]);

const nameIsAnId = 0xffff;
const outputFlag = 0x01;
const nextCall = 0xff;
const nextCallWithoutExecution = 0xfe;

/** Reads the calls of an RPC message, mostly one. */
export function readRpc(body: Buffer): ReadRpc {
  const reader = new ByteReader(body);
  const calls: ProcedureCall[] = [];
  while (!reader.finished) {
    const nameLength = reader.u16();
    const procedure = nameLength === nameIsAnId ? procedureById(reader.u16()) : reader.text(nameLength);
    reader.u16();
    const parameters: RpcParameter[] = [];
    while (!reader.finished && !isSeparator(reader.peek())) {
      const name = reader.shortText();
      const output = (reader.u8() & outputFlag) !== 0;
      const read = readTypeInfo(reader);
      if (!read.ok) {
        return { ok: false, refused: { procedure, parameter: name, type: read.refused } };
      }
      parameters.push({ name, type: read.type, value: readValue(reader, read.type, read.form), output });
    }
    calls.push({ procedure, parameters });
    if (!reader.finished) {
      reader.u8();
    }
  }
  return { ok: true, calls };
}

/** A name has at most 128 characters, so these two can be told from a parameter's name length. */
function isSeparator(byte: number | undefined): boolean {
  return byte === nextCall || byte === nextCallWithoutExecution;
}

function procedureById(id: number): string {
  return wellKnownProcedures.get(id) ?? `procedure ${id}`;
}
