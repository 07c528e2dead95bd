/**
 * The few file operations that the durable log is made of, so that tests can drop or tear what was not flushed.
 * Errors are Node's, with their `code` (ENOSPC, EACCES, ...).
 */
export interface LogFile {
  size(): Promise<number>;
  /** At most `length` bytes; fewer where the file ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
  write(offset: number, bytes: Uint8Array): Promise<void>;
  /** Back only when the bytes are on the disk. */
  flush(): Promise<void>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

export interface FilePort {
  /** Set where no other process can reach these files, so that an unfinished record has no living writer. */
  readonly exclusive?: boolean;
  /**
   * `write` (the default) opens for reading and writing, and creates the file, readable by this account only, when it
   * is not there. `read` never creates and never changes anything.
   */
  open(path: string, purpose?: 'write' | 'read'): Promise<LogFile>;
  /** Names in a folder, in no order; a folder that is not there has none. */
  list(folder: string): Promise<readonly string[]>;
}
