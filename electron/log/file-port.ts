/**
 * The few file operations that the durable log is made of, so that tests can drop or tear what was not flushed.
 * Errors are Node's, with their `code` (ENOSPC, EACCES, ...).
 */
export interface LogFile {
  size(): Promise<number>;
  read(offset: number, length: number): Promise<Uint8Array>;
  write(offset: number, bytes: Uint8Array): Promise<void>;
  /** Back only when the bytes are on the disk. */
  flush(): Promise<void>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

export interface FilePort {
  /** Opens for reading and writing; creates it, readable by this account only, when it is not there. */
  open(path: string): Promise<LogFile>;
}
