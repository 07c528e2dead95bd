import { setTimeout as sleep } from 'node:timers/promises';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { fileErrorCode, fileFailure, isNoSpace } from '#electron/machine/file-failure.ts';
import { frame, scanFrames } from './frames.ts';
import type { Scan } from './frames.ts';
import type { FilePort, LogFile } from './file-port.ts';

/**
 * An append-only log of texts that survives a power cut at any instant: what `append` acknowledged is there, and at
 * most one record more. One writer at a time, which the machine's lock ensures; another process may have written
 * in between.
 */
export interface DurableLog {
  readonly path: string;
  /** What was cut off at opening because the machine stopped while it was written; it was never acknowledged. */
  readonly tornTail: { readonly bytes: number } | undefined;
  readonly records: readonly string[];
  /** Back when the record is on the disk. After `disk-full` the log is as before, and usable again once there is space. */
  append(record: string | Uint8Array): Promise<Result<undefined>>;
  /**
   * Sees to it that records of `reservedBytes` in all can be appended even if the disk is full by then. Called before a
   * step, so that a full disk shows before it and not in it. (A copy-on-write file system can still refuse.)
   */
  reserve(): Promise<Result<undefined>>;
  /** Takes in what another process appended since; a record that it is just writing is left for the next time. */
  refresh(): Promise<Result<undefined>>;
  close(): Promise<void>;
}

/** Space that `reserve` keeps free for records to come. */
export const reservedBytes = 16 * 1024;
const chunkBytes = 64 * 1024;
const decoder = new TextDecoder('utf-8', { fatal: true });

class OpenLog implements DurableLog {
  readonly path: string;
  readonly tornTail: { readonly bytes: number } | undefined;
  readonly #file: LogFile;
  readonly #exclusive: boolean;
  readonly #records: string[];
  #end: number;
  /** Set while bytes of a failed append may stand behind the end. */
  #unfinished = false;
  /** Set when a flush failed: what is on the disk is unknown until the log is opened again. */
  #lost: Failure | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(path: string, file: LogFile, scan: Scan, exclusive: boolean) {
    this.path = path;
    this.#exclusive = exclusive;
    this.tornTail = scan.tornBytes > 0 ? { bytes: scan.tornBytes } : undefined;
    this.#file = file;
    this.#records = scan.frames.map((each) => decoder.decode(each.payload));
    this.#end = scan.end;
  }

  get records(): readonly string[] {
    return this.#records;
  }

  append(record: string | Uint8Array): Promise<Result<undefined>> {
    return this.#inTurn(async () => {
      const text = typeof record === 'string' ? record : decoder.decode(record);
      const caughtUp = await this.#catchUp('writing');
      if (!caughtUp.ok) return caughtUp;
      const bytes = frame(this.#records.length + 1, text);
      const room = await this.#makeRoom(bytes.length);
      if (room < bytes.length) return failed(failure('disk-full', { path: this.path }));
      this.#unfinished = true;
      await this.#file.write(this.#end, bytes);
      await this.#flush();
      this.#unfinished = false;
      this.#end += bytes.length;
      this.#records.push(text);
      return succeed();
    });
  }

  reserve(): Promise<Result<undefined>> {
    return this.#inTurn(async () => {
      const caughtUp = await this.#catchUp('writing');
      if (!caughtUp.ok) return caughtUp;
      const room = await this.#makeRoom(0);
      return room >= reservedBytes ? succeed() : failed(failure('disk-full', { path: this.path }));
    });
  }

  refresh(): Promise<Result<undefined>> {
    return this.#inTurn(() => this.#catchUp('reading'));
  }

  async close(): Promise<void> {
    await this.#queue;
    await this.#file.close();
  }

  /** One operation after the other; a file error becomes a failure, and what it left is removed if that can be done now. */
  #inTurn(operation: () => Promise<Result<undefined>>): Promise<Result<undefined>> {
    const turn = this.#queue.then(async () => {
      if (this.#lost !== undefined) return failed(this.#lost);
      try {
        await this.#removeUnfinished();
        return await operation();
      } catch (error) {
        const cause = fileFailure(this.path, error);
        await this.#removeUnfinished().catch((later: unknown) => {
          if (fileErrorCode(later) === undefined) throw later;
        });
        return failed(cause);
      }
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #flush(): Promise<void> {
    try {
      await this.#file.flush();
    } catch (error) {
      // After a failed flush the kernel may have dropped the pages and call the next one a success
      // (https://wiki.postgresql.org/wiki/Fsync_Errors), so only a full disk, which can be undone, is survived.
      if (!isNoSpace(error)) this.#lost = fileFailure(this.path, error);
      throw error;
    }
  }

  async #removeUnfinished(): Promise<void> {
    if (!this.#unfinished || this.#lost !== undefined) return;
    await this.#file.truncate(this.#end);
    await this.#flush();
    this.#unfinished = false;
  }

  /** Answers the bytes that are free behind the end, after trying to have `needed` and the reserve. */
  async #makeRoom(needed: number): Promise<number> {
    const size = await this.#file.size();
    const wanted = this.#end + needed + reservedBytes;
    if (size >= wanted) return size - this.#end;
    const target = Math.ceil(wanted / chunkBytes) * chunkBytes;
    try {
      await this.#file.write(size, new Uint8Array(target - size));
      await this.#flush();
      return target - this.#end;
    } catch (error) {
      if (!isNoSpace(error)) throw error;
      // What was there before is still reserved; the rest is given back to whoever makes space.
      await this.#file.truncate(size);
      await this.#flush();
      return size - this.#end;
    }
  }

  /**
   * Takes in the records behind the end. An unfinished one is nothing yet for who reads; who wants to write waits until
   * it is finished, or cuts it off when nobody finishes it.
   */
  async #catchUp(purpose: 'reading' | 'writing'): Promise<Result<undefined>> {
    const first = await this.#file.read(this.#end, 4);
    if (first.every((byte) => byte === 0)) return succeed();
    const scan =
      purpose === 'reading'
        ? await scanFrom(this.#file, this.#end)
        : await settledScan(this.#file, this.#end, this.#exclusive);
    const expected = this.#records.length + 1;
    if (scan.frames.some((each, index) => !each.intact || each.sequence !== expected + index)) {
      const cause = 'another program writes to it';
      return failed(failure('state-folder-unusable', { path: this.path, cause }));
    }
    this.#records.push(...scan.frames.map((each) => decoder.decode(each.payload)));
    this.#end += scan.end;
    // Left by a process that was killed while this one went on; it was never acknowledged.
    if (purpose === 'writing' && scan.tornBytes > 0) {
      await this.#file.truncate(this.#end);
      await this.#flush();
    }
    return succeed();
  }
}

async function scanFrom(file: LogFile, offset: number): Promise<Scan> {
  return scanFrames(await file.read(offset, (await file.size()) - offset));
}

/** A living process finishes a record within this time, in milliseconds. */
const settleTime = 200;

/** A torn tail counts only when it stands still: another process may be in the middle of writing it. */
async function settledScan(file: LogFile, offset: number, exclusive: boolean): Promise<Scan> {
  for (;;) {
    const scan = await scanFrom(file, offset);
    if (scan.tornBytes === 0 || exclusive) return scan;
    await sleep(settleTime);
    const again = await scanFrom(file, offset);
    if (again.tornBytes === 0 || (again.end === scan.end && again.tornBytes === scan.tornBytes)) return again;
  }
}

/** Reads a log without changing it, damage included; for reading while another process writes, and for proofs. */
export async function scanLog(port: FilePort, path: string): Promise<Result<Scan>> {
  try {
    const file = await port.open(path, 'read');
    try {
      return succeed(await scanFrom(file, 0));
    } finally {
      await file.close();
    }
  } catch (error) {
    return failed(fileFailure(path, error));
  }
}

/** The first record that is damaged or out of its place, counted from 1. */
function firstDamage(scan: Scan): number | undefined {
  const index = scan.frames.findIndex((each, at) => !each.intact || each.sequence !== at + 1);
  return index === -1 ? undefined : index + 1;
}

/**
 * Opens a log, or creates it. A tail that was torn by a crash is cut off and reported. Damage before the end is
 * `journal-damaged` and the file is left as it is; a file that cannot be opened is `state-folder-unusable`.
 */
export async function openDurableLog(port: FilePort, path: string): Promise<Result<DurableLog>> {
  try {
    const file = await port.open(path);
    try {
      const scan = await settledScan(file, 0, port.exclusive === true);
      const damaged = firstDamage(scan);
      if (damaged !== undefined) {
        await file.close();
        return failed(failure('journal-damaged', { path, record: damaged }));
      }
      if (scan.tornBytes > 0) {
        await file.truncate(scan.end);
        await file.flush();
      }
      return succeed(new OpenLog(path, file, scan, port.exclusive === true));
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    return failed(fileFailure(path, error));
  }
}
