import type { FilePort, LogFile } from '#electron/log/file-port.ts';
import { MemoryFilePort } from '#electron/log/memory-file-port.ts';
import type { Mains } from './mains.ts';

/** Called around each record of a journal: when it is on the disk ("before" its step), or before a byte of it is written. */
export type RecordWatcher = (text: string, when: 'not yet written' | 'on the disk') => void;

/** A disk on the mains: each write and each flush is an effect of its own, between which the power can be cut. */
export class TornDisk implements FilePort {
  readonly exclusive = true;
  readonly memory = new MemoryFilePort();
  /** Set by a saboteur: what was written is called safe without being so. */
  flushes = true;
  /** Paths that take no byte more. */
  full: (path: string) => boolean = () => false;
  watch: RecordWatcher = () => undefined;
  readonly #mains: Mains;

  constructor(mains: Mains) {
    this.#mains = mains;
  }

  async open(path: string, purpose?: 'write' | 'read'): Promise<LogFile> {
    const file = await this.memory.open(path, purpose);
    let written = '';
    const effect = async (act: () => Promise<void>) => {
      await this.#mains.here();
      await act();
    };
    return {
      size: async () => await file.size(),
      read: async (offset, length) => await file.read(offset, length),
      close: async () => await file.close(),
      truncate: async (size) => await effect(async () => await file.truncate(size)),
      write: async (offset, bytes) => {
        const text = Buffer.from(bytes).toString('utf8');
        if (text.includes('"kind"')) this.watch(text, 'not yet written');
        await effect(async () => {
          if (this.full(path)) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
          await file.write(offset, bytes);
        });
        written += text;
      },
      flush: async () => {
        await effect(async () => {
          if (this.flushes) await file.flush();
        });
        if (written.includes('"kind"')) this.watch(written, 'on the disk');
        written = '';
      },
    };
  }

  async list(folder: string): Promise<readonly string[]> {
    return await this.memory.list(folder);
  }
}
