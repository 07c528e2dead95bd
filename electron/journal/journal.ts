import { z } from 'zod';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import { openDurableLog, scanLog } from '#electron/log/durable-log.ts';
import type { DurableLog } from '#electron/log/durable-log.ts';
import type { FilePort } from '#electron/log/file-port.ts';

/**
 * The steps of one operation, written down before and after each, so that it can be continued or taken back after the
 * process was ended at any instant. A journal never holds a secret. It ends with a record of its own; the file stays.
 */
export interface Journal<R> {
  readonly path: string;
  /** In order, the one that ended it included. */
  readonly records: readonly R[];
  readonly ended: boolean;
  /** What a crash left half written; it was never acknowledged. */
  readonly tornTail: DurableLog['tornTail'];
  /** Back when the record is on the disk; `disk-full` otherwise, and the journal is as before. */
  append(record: R): Promise<Result<undefined>>;
  /** Writes the last record: what it was about is over. Nothing can be appended after it. */
  end(record: R): Promise<Result<undefined>>;
  /** Before a step: keeps space for what the step will write down, or answers `disk-full`. */
  reserve(): Promise<Result<undefined>>;
  close(): Promise<void>;
}

export interface JournalSource<R> {
  readonly port: FilePort;
  readonly path: string;
  readonly schema: z.ZodType<R>;
}

/** What stands around each record: whether it is the one that ended the journal. */
const lineSchema = z.strictObject({ last: z.boolean(), record: z.unknown() });

class OpenJournal<R> implements Journal<R> {
  readonly #log: DurableLog;
  readonly #records: R[];
  #ended: boolean;

  constructor(log: DurableLog, records: readonly R[], ended: boolean) {
    this.#log = log;
    this.#records = [...records];
    this.#ended = ended;
  }

  get path(): string {
    return this.#log.path;
  }

  get records(): readonly R[] {
    return this.#records;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get tornTail(): DurableLog['tornTail'] {
    return this.#log.tornTail;
  }

  append(record: R): Promise<Result<undefined>> {
    return this.#write(record, false);
  }

  end(record: R): Promise<Result<undefined>> {
    return this.#write(record, true);
  }

  reserve(): Promise<Result<undefined>> {
    return this.#log.reserve();
  }

  close(): Promise<void> {
    return this.#log.close();
  }

  async #write(record: R, last: boolean): Promise<Result<undefined>> {
    if (this.#ended) throw new Error(`The journal ${this.path} has ended.`);
    const written = await this.#log.append(JSON.stringify({ last, record }));
    if (!written.ok) return written;
    this.#records.push(record);
    this.#ended = last;
    return written;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Lines<R> {
  readonly records: readonly R[];
  readonly ended: boolean;
}

/** The records of the log's texts; `journal-damaged` with the number of the first that does not fit. */
function parseLines<R>(texts: readonly string[], source: JournalSource<R>): Result<Lines<R>> {
  const records: R[] = [];
  let ended = false;
  for (const [index, text] of texts.entries()) {
    const line = lineSchema.safeParse(parseJson(text));
    const record = source.schema.safeParse(line.data?.record);
    if (!line.success || !record.success || ended) {
      return failed(failure('journal-damaged', { path: source.path, record: index + 1 }));
    }
    ended = line.data.last;
    records.push(record.data);
  }
  return succeed({ records, ended });
}

/**
 * Opens or creates one journal. A record that does not fit `schema`, or stands behind the one that ended it, is
 * `journal-damaged` with its number, and the file is left as it is.
 */
export async function openJournal<R>(source: JournalSource<R>): Promise<Result<Journal<R>>> {
  const opened = await openDurableLog(source.port, source.path);
  if (!opened.ok) return opened;
  const lines = parseLines(opened.value.records, source);
  if (lines.ok) return succeed(new OpenJournal(opened.value, lines.value.records, lines.value.ended));
  await opened.value.close();
  return lines;
}

/** Reads one journal without changing it, while another process may be writing. */
export async function readJournal<R>(source: JournalSource<R>): Promise<Result<readonly R[]>> {
  const scanned = await scanLog(source.port, source.path);
  if (!scanned.ok) return scanned;
  const { frames } = scanned.value;
  const damaged = frames.findIndex((each, index) => !each.intact || each.sequence !== index + 1);
  if (damaged !== -1) return failed(failure('journal-damaged', { path: source.path, record: damaged + 1 }));
  const lines = parseLines(
    frames.map(({ payload }) => Buffer.from(payload).toString('utf8')),
    source,
  );
  return lines.ok ? succeed(lines.value.records) : lines;
}
