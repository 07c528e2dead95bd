import type { FilePort, LogFile } from '#electron/log/file-port.ts';

/** What is killed, and when: around the moment in which a record of a journal is written. */
export interface Tripwire {
  /** The journal's kind: its file is `<journal>-<number>.log`. */
  readonly journal: 'lockdown' | 'rotation';
  /** Text that the record holds, such as `"kind":"before"` and `"step":"rotate"`. */
  readonly holds: readonly string[];
  /** Before a byte of the record is written, or when it is on the disk. */
  readonly when: 'before' | 'after';
  /** Mortise's own process when left out; else the server's. */
  readonly victim?: number;
}

/** SIGKILL: nothing of that process runs after it, as in a power cut (the page cache survives). */
function strike(wire: Tripwire): void {
  process.kill(wire.victim ?? process.pid, 'SIGKILL');
}

/** A file port that kills at the tripwire, once. */
export function trippingFilePort(port: FilePort, wire: Tripwire | undefined): FilePort {
  if (wire === undefined) return port;
  const state = { struck: false };
  return {
    ...port,
    open: async (path, ...rest) => {
      const file = await port.open(path, ...rest);
      return path.includes(`/${wire.journal}-`) ? tripping(file, wire, state) : file;
    },
  };
}

function tripping(file: LogFile, wire: Tripwire, state: { struck: boolean }): LogFile {
  let armed = false;
  const strikeOnce = () => {
    if (state.struck) return;
    state.struck = true;
    strike(wire);
  };
  return {
    size: async () => await file.size(),
    read: async (offset, length) => await file.read(offset, length),
    truncate: async (size) => {
      await file.truncate(size);
    },
    close: async () => {
      await file.close();
    },
    write: async (offset, bytes) => {
      const text = Buffer.from(bytes).toString('utf8');
      if (wire.holds.every((part) => text.includes(part))) {
        if (wire.when === 'before') strikeOnce();
        else armed = true;
      }
      await file.write(offset, bytes);
    },
    flush: async () => {
      await file.flush();
      if (armed) strikeOnce();
    },
  };
}
