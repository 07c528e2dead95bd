import { fileErrorCode } from '#electron/machine/file-failure.ts';
import { addressOf, win32Library } from '#electron/machine/win32-library.ts';
import type { Handle } from '#electron/machine/win32-library.ts';
import type { ServiceState } from '../services.ts';
import type { ProcessStatus, Win32Answer } from './service-manager.ts';

// winsvc.h; access rights as in "Service Security and Access Rights".
const scManagerConnect = 0x0001;
const serviceQueryStatus = 0x0004;
const serviceEnumerateDependents = 0x0008;
const serviceStart = 0x0010;
const serviceStop = 0x0020;
const controlStop = 1;
const serviceActive = 1;
const scStatusProcessInfo = 0;
const moreData = 234;
const processAborted = 1067;

function load() {
  const { number, opening } = win32Library('advapi32');
  return {
    openManager: opening('uintptr_t OpenSCManagerW(str16, str16, uint32_t)'),
    openService: opening('uintptr_t OpenServiceW(uintptr_t, str16, uint32_t)'),
    close: number('int CloseServiceHandle(uintptr_t)'),
    query: number('int QueryServiceStatusEx(uintptr_t, int, void *, uint32_t, void *)'),
    dependants: number('int EnumDependentServicesW(uintptr_t, uint32_t, void *, uint32_t, void *, void *)'),
    control: number('int ControlService(uintptr_t, uint32_t, void *)'),
    start: number('int StartServiceW(uintptr_t, uint32_t, void *)'),
    lastError: win32Library('kernel32').number('uint32_t GetLastError()'),
  };
}

let functions: ReturnType<typeof load> | undefined;

function advapi() {
  functions ??= load();
  return functions;
}

const isNone = (handle: Handle) => BigInt(handle) === 0n;

/** Opens the service with these rights, calls, and closes. */
function withService<T>(name: string, rights: number, call: (service: Handle) => Win32Answer<T>): Win32Answer<T> {
  const { openManager, openService, close, lastError } = advapi();
  const manager = openManager(null, null, scManagerConnect);
  if (isNone(manager)) return { ok: false, at: 'open', code: lastError() };
  try {
    const service = openService(manager, name, rights);
    if (isNone(service)) return { ok: false, at: 'open', code: lastError() };
    try {
      return call(service);
    } finally {
      close(service);
    }
  } finally {
    close(manager);
  }
}

/** dwCurrentState. Paused, and what leads to it and away from it, is a running process. */
const states: Readonly<Record<number, ServiceState>> = { 1: 'stopped', 2: 'starting', 3: 'stopping' };

/** False once it ended, also while somebody still holds it open; true where this account may not even ask. */
function lives(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return fileErrorCode(error) !== 'ESRCH';
  }
}

/** SERVICE_STATUS_PROCESS is nine numbers of four bytes. */
const statusBytes = 36;

export function queryService(name: string): Win32Answer<ProcessStatus> {
  return withService(name, serviceQueryStatus, (service) => {
    const status = Buffer.alloc(statusBytes);
    const { query, lastError } = advapi();
    if (query(service, scStatusProcessInfo, status, status.length, Buffer.alloc(4)) === 0) {
      return { ok: false, at: 'call', code: lastError() };
    }
    const state = states[status.readUInt32LE(4)] ?? 'running';
    const processId = status.readUInt32LE(28);
    // What the service said last stands until the manager has noticed that its process is no more.
    if (state !== 'stopped' && processId !== 0 && !lives(processId)) {
      return { ok: true, value: { state: 'stopped', processId: null, exitCode: processAborted, ownExitCode: 0 } };
    }
    return {
      ok: true,
      value: {
        state,
        processId: processId === 0 || state === 'stopped' ? null : processId,
        exitCode: status.readUInt32LE(12),
        ownExitCode: status.readUInt32LE(16),
      },
    };
  });
}

/** ENUM_SERVICE_STATUSW in a program of 64 bits: two pointers, seven numbers of four bytes, filled up to eight. */
const dependantBytes = 48;

/** The names in what EnumDependentServicesW filled: each entry begins with a pointer to one, into the same buffer. */
export function namesIn(buffer: Buffer, address: bigint, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const start = Number(buffer.readBigUInt64LE(index * dependantBytes) - address);
    let end = start;
    while (buffer.readUInt16LE(end) !== 0) end += 2;
    return buffer.toString('utf16le', start, end);
  });
}

/** Windows answers them in the order in which they have to stop, those that need them before them. */
export function queryRunningDependants(name: string): Win32Answer<readonly string[]> {
  return withService(name, serviceEnumerateDependents, (service) => {
    const { dependants, lastError } = advapi();
    let buffer = Buffer.alloc(0);
    for (;;) {
      const needed = Buffer.alloc(4);
      const count = Buffer.alloc(4);
      // Windows takes no more than 256 KiB here; they come and go, so what was needed may not be enough the next time.
      if (dependants(service, serviceActive, buffer, buffer.length, needed, count) !== 0) {
        return { ok: true, value: namesIn(buffer, addressOf(buffer), count.readUInt32LE(0)) };
      }
      const code = lastError();
      if (code !== moreData || needed.readUInt32LE(0) <= buffer.length) return { ok: false, at: 'call', code };
      buffer = Buffer.alloc(needed.readUInt32LE(0));
    }
  });
}

/** Holds its thread until the service took the order, half a minute at most. */
export function stopService(name: string): Win32Answer<undefined> {
  return withService(name, serviceStop, (service) => {
    const { control, lastError } = advapi();
    return control(service, controlStop, Buffer.alloc(28)) === 0
      ? { ok: false, at: 'call', code: lastError() }
      : { ok: true, value: undefined };
  });
}

/** Holds its thread until the service's process answered, half a minute at most. */
export function startService(name: string): Win32Answer<undefined> {
  return withService(name, serviceStart, (service) => {
    const { start, lastError } = advapi();
    return start(service, 0, null) === 0
      ? { ok: false, at: 'call', code: lastError() }
      : { ok: true, value: undefined };
  });
}
