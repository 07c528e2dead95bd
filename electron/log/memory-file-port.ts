import { dirname, basename } from 'node:path';
import type { FilePort, LogFile } from './file-port.ts';

/** What a crash leaves of that which was not flushed: nothing, or some of the sectors, some of them cut short. */
export type CrashLeaves = { readonly keep: 'nothing' } | { readonly keep: 'some'; readonly seed: number };

type Change =
  | { readonly kind: 'write'; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly size: number };

/** A disk writes a sector whole or not at all; the fake is harsher and also cuts one short. */
const sector = 512;

interface StoredFile {
  /** What a power cut leaves for certain; undefined until the first flush: the file itself may be lost. */
  flushed: Uint8Array | undefined;
  seen: Uint8Array;
  pending: Change[];
}

function fileError(code: string): Error {
  return Object.assign(new Error(`${code}: memory file`), { code });
}

/** A sequence that depends on nothing but its seed (linear congruential, the constants of Numerical Recipes). */
function sequenceOf(seed: number): () => number {
  let state = (seed * 2654435761 + 1) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function apply(content: Uint8Array, change: Change): Uint8Array {
  if (change.kind === 'truncate') {
    const cut = new Uint8Array(change.size);
    cut.set(content.subarray(0, change.size));
    return cut;
  }
  const grown = new Uint8Array(Math.max(content.length, change.offset + change.bytes.length));
  grown.set(content);
  grown.set(change.bytes, change.offset);
  return grown;
}

function partsOf(change: Change, next: () => number): readonly Change[] {
  if (change.kind === 'truncate') return next() < 0.5 ? [change] : [];
  const parts: Change[] = [];
  const last = change.offset + change.bytes.length;
  for (let from = change.offset; from < last;) {
    const to = Math.min(last, (Math.floor(from / sector) + 1) * sector);
    const fate = next();
    const cut = fate < 0.4 ? from : fate < 0.8 ? to : from + Math.floor(next() * (to - from));
    if (cut > from)
      parts.push({ kind: 'write', offset: from, bytes: change.bytes.slice(from - change.offset, cut - change.offset) });
    from = to;
  }
  return parts;
}

/** A disk in memory that can lose its power and run out of space. */
export class MemoryFilePort implements FilePort {
  readonly exclusive = true;

  readonly #files = new Map<string, StoredFile>();
  #capacity = Number.POSITIVE_INFINITY;
  #power = 0;
  #flushFailure: string | undefined;
  flushes = 0;

  open(path: string, purpose: 'write' | 'read' = 'write'): Promise<LogFile> {
    let file = this.#files.get(path);
    if (file === undefined) {
      if (purpose === 'read') return Promise.reject(fileError('ENOENT'));
      file = { flushed: undefined, seen: new Uint8Array(0), pending: [] };
      this.#files.set(path, file);
    }
    return Promise.resolve(this.#handle(file, purpose));
  }

  list(folder: string): Promise<readonly string[]> {
    return Promise.resolve(
      [...this.#files.keys()].filter((path) => dirname(path) === folder).map((path) => basename(path)),
    );
  }

  /** The power is cut: open files are gone, and of what was not flushed only that which `leaves` says is kept. */
  crash(leaves: CrashLeaves): void {
    this.#power += 1;
    const next = leaves.keep === 'some' ? sequenceOf(leaves.seed) : () => 0;
    for (const [path, file] of this.#files) {
      let content = file.flushed;
      if (leaves.keep === 'some') {
        for (const part of file.pending.flatMap((change) => partsOf(change, next)))
          content = apply(content ?? new Uint8Array(0), part);
      }
      if (content === undefined) this.#files.delete(path);
      else this.#files.set(path, { flushed: content, seen: content, pending: [] });
    }
  }

  /** The bytes that all files together may have; what is there stays. */
  limitSpace(bytes: number): void {
    this.#capacity = bytes;
  }

  usedSpace(): number {
    return [...this.#files.values()].reduce((sum, file) => sum + file.seen.length, 0);
  }

  /** The next flush fails with this code. */
  failFlush(code: string): void {
    this.#flushFailure = code;
  }

  /** The file as a program sees it now. */
  content(path: string): Uint8Array {
    const file = this.#files.get(path);
    if (file === undefined) throw fileError('ENOENT');
    return file.seen.slice();
  }

  /** Puts a file there, on the disk, as another program could. */
  place(path: string, content: Uint8Array): void {
    this.#files.set(path, { flushed: content.slice(), seen: content.slice(), pending: [] });
  }

  #handle(file: StoredFile, purpose: 'write' | 'read'): LogFile {
    const power = this.#power;
    let open = true;
    const guarded = async <T>(operation: () => T, writes = false): Promise<T> => {
      await Promise.resolve();
      if (!open || power !== this.#power || (writes && purpose === 'read')) throw fileError('EBADF');
      return operation();
    };
    const change = (what: Change) => {
      file.pending.push(what);
      file.seen = apply(file.seen, what);
    };
    return {
      size: () => guarded(() => file.seen.length),
      read: (offset, length) => guarded(() => file.seen.slice(offset, offset + length)),
      write: (offset, bytes) =>
        guarded(() => {
          const growth = Math.max(0, offset + bytes.length - file.seen.length);
          const missing = Math.max(0, growth - Math.max(0, this.#capacity - this.usedSpace()));
          const fits = bytes.slice(0, Math.max(0, bytes.length - missing));
          if (fits.length > 0) change({ kind: 'write', offset, bytes: fits });
          if (missing > 0) throw fileError('ENOSPC');
        }, true),
      truncate: (size) => guarded(() => change({ kind: 'truncate', size }), true),
      flush: () =>
        guarded(() => {
          const code = this.#flushFailure;
          this.#flushFailure = undefined;
          if (code !== undefined) throw fileError(code);
          this.flushes += 1;
          file.flushed = file.seen;
          file.pending = [];
        }),
      close: () =>
        guarded(() => {
          open = false;
        }),
    };
  }
}
