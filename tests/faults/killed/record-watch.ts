import type { FilePort, LogFile } from '#electron/log/file-port.ts';

/** Asked around each record of a rotation's journal: before a byte of it is written, and when it is on the disk. */
export interface RecordWatch {
  readonly beforeWrite: (record: string, login: string | undefined) => Promise<void>;
  readonly afterFlush: (record: string, login: string | undefined) => Promise<void>;
  /** Whether the disk takes no byte more. */
  readonly full: () => boolean;
}

/** The files of this machine, with somebody looking on at the journals of rotations. */
export function watchedFiles(port: FilePort, watch: RecordWatch): FilePort {
  return {
    ...port,
    open: async (path, ...rest) => {
      const file = await port.open(path, ...rest);
      return watchedFile(file, watch, path.includes('/rotation-'));
    },
  };
}

function watchedFile(file: LogFile, watch: RecordWatch, isJournal: boolean): LogFile {
  let login: string | undefined;
  let unflushed: string | undefined;
  return {
    size: async () => await file.size(),
    read: async (offset, length) => await file.read(offset, length),
    truncate: async (size) => await file.truncate(size),
    close: async () => await file.close(),
    write: async (offset, bytes) => {
      const text = isJournal ? Buffer.from(bytes).toString('utf8') : '';
      if (text.includes('"kind"')) {
        login = /"kind":"begun".*"login":"([^"]*)"/.exec(text)?.[1] ?? login;
        unflushed = text;
        await watch.beforeWrite(text, login);
      }
      if (watch.full()) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      await file.write(offset, bytes);
    },
    flush: async () => {
      await file.flush();
      const record = unflushed;
      unflushed = undefined;
      if (record !== undefined) await watch.afterFlush(record, login);
    },
  };
}
