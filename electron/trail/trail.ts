import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Notice, TrailEntry } from '#shared/snapshot.ts';
import { openDurableLog } from '#electron/log/durable-log.ts';
import type { DurableLog } from '#electron/log/durable-log.ts';
import type { FilePort } from '#electron/log/file-port.ts';
import type { Clock } from '#electron/machine/clock.ts';
import type { TrailKey } from './trail-key.ts';
import {
  beforeTheFirst,
  canonical,
  endsOperation,
  hashOfLine,
  parseLine,
  sealedText,
  shownEntry,
} from './trail-line.ts';
import type { EntryLine, SealLine, TrailLine } from './trail-line.ts';

/**
 * The tamper-evident record of what was done: who, when, what, and how it went. Every entry is on the disk when
 * `record` answers; the end of an operation is sealed with a signature. Entries never hold a secret.
 */
export interface Trail {
  readonly entries: number;
  /** Hash of the last entry; kept elsewhere too, it shows a tail that was cut off. */
  readonly head: string;
  /** What was found at opening: a clock that went back, a torn tail. */
  readonly notices: readonly Notice[];
  /** The order of entries is their sequence: a clock that was set back changes nothing in it. */
  record(
    operation: string,
    phase: TrailEntry['phase'],
    text: string,
    details?: Readonly<Record<string, string>>,
  ): Promise<Result<TrailEntry>>;
  /** The last entries, newest first. */
  recent(most: number): readonly TrailEntry[];
  /** Before an operation: keeps space for its entries, or answers `disk-full`. */
  reserve(): Promise<Result<undefined>>;
  /** Takes in what another process recorded since. */
  refresh(): Promise<Result<undefined>>;
  close(): Promise<void>;
}

export interface TrailSource {
  readonly port: FilePort;
  readonly path: string;
  readonly key: TrailKey;
  readonly clock: Clock;
  /** The account that acts, as `Actor.account`. */
  readonly actor: string;
}

/** Clocks that are set by the network jump a little; this much is nothing to report. */
const toleratedSetBackMilliseconds = 60_000;

class OpenTrail implements Trail {
  readonly notices: readonly Notice[];
  readonly #source: TrailSource;
  readonly #log: DurableLog;
  /** How many lines of the log are taken into account below. */
  #lines = 0;
  #last: TrailLine | undefined;
  #lastEntry: EntryLine | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(source: TrailSource, log: DurableLog, notices: readonly Notice[]) {
    this.#source = source;
    this.#log = log;
    this.notices = notices;
  }

  get entries(): number {
    return this.#lastEntry?.sequence ?? 0;
  }

  get head(): string {
    return this.#lastEntry?.hash ?? beforeTheFirst;
  }

  get lastEntry(): EntryLine | undefined {
    return this.#lastEntry;
  }

  recent(most: number): readonly TrailEntry[] {
    const found: TrailEntry[] = [];
    for (let index = this.#lines - 1; index >= 0 && found.length < most; index -= 1) {
      const line = parseLine(this.#log.records[index] ?? '');
      if (line?.kind === 'entry') found.push(shownEntry(line));
    }
    return found;
  }

  record(
    operation: string,
    phase: TrailEntry['phase'],
    text: string,
    details: Readonly<Record<string, string>> = {},
  ): Promise<Result<TrailEntry>> {
    return this.#inTurn(async () => {
      const ready = await this.#takeIn();
      if (!ready.ok) return ready;
      const owed = await this.sealWhatEnded();
      if (!owed.ok) return owed;
      const entry = await this.#appendEntry({ operation, phase, text, details: { ...details } });
      // A seal that the disk has no space for now is made up for before the next entry, or at the next opening.
      if (entry.ok) await this.sealWhatEnded();
      return entry;
    });
  }

  reserve(): Promise<Result<undefined>> {
    return this.#log.reserve();
  }

  refresh(): Promise<Result<undefined>> {
    return this.#inTurn(() => this.#takeIn());
  }

  async close(): Promise<void> {
    await this.#queue;
    await this.#log.close();
  }

  /** Takes in the lines that the log holds and this trail has not seen. */
  readLines(): Result<undefined> {
    const { records } = this.#log;
    // Only the ends of the chain matter for going on; whether all of it holds is what verification is for.
    for (let index = records.length - 1; index >= this.#lines; index -= 1) {
      const line = parseLine(records[index] ?? '');
      if (line === undefined) return failed(failure('journal-damaged', { path: this.#log.path, record: index + 1 }));
      if (index === records.length - 1) this.#last = line;
      if (line.kind === 'entry') {
        this.#lastEntry = line;
        break;
      }
    }
    this.#lines = records.length;
    return succeed();
  }

  async sealWhatEnded(): Promise<Result<undefined>> {
    const { clock, key } = this.#source;
    if (!endsOperation(this.#last) || this.#last === undefined) return succeed();
    const unsigned = {
      kind: 'seal',
      sequence: this.#last.sequence,
      at: clock.now().toISOString(),
      key: key.publicKey,
      previous: this.#last.hash,
    } as const;
    const signature = Buffer.from(key.sign(sealedText(unsigned))).toString('base64');
    const line: Omit<SealLine, 'hash'> = { ...unsigned, signature };
    return this.#append({ ...line, hash: hashOfLine(line) });
  }

  #inTurn<T>(operation: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(operation);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #takeIn(): Promise<Result<undefined>> {
    const refreshed = await this.#log.refresh();
    return refreshed.ok ? this.readLines() : refreshed;
  }

  async #appendEntry(facts: Pick<EntryLine, 'operation' | 'phase' | 'text' | 'details'>): Promise<Result<TrailEntry>> {
    const { clock, actor } = this.#source;
    const line: Omit<EntryLine, 'hash'> = {
      kind: 'entry',
      sequence: this.entries + 1,
      at: clock.now().toISOString(),
      actor,
      ...facts,
      previous: this.#last?.hash ?? beforeTheFirst,
    };
    const entry = { ...line, hash: hashOfLine(line) };
    const appended = await this.#append(entry);
    return appended.ok ? succeed(shownEntry(entry)) : appended;
  }

  async #append(line: TrailLine): Promise<Result<undefined>> {
    const appended = await this.#log.append(canonical(line));
    if (!appended.ok) return appended;
    this.#lines = this.#log.records.length;
    this.#last = line;
    if (line.kind === 'entry') this.#lastEntry = line;
    return succeed();
  }
}

function clockNotice(now: Date, last: EntryLine | undefined): readonly Notice[] {
  if (last === undefined || Date.parse(last.at) - now.getTime() <= toleratedSetBackMilliseconds) return [];
  const { code, sentence, next } = failure('clock-went-back', { now: now.toISOString(), last: last.at });
  return [{ id: code, severity: 'warning', sentence, next }];
}

function tornNotice(log: DurableLog): readonly Notice[] {
  if (log.tornTail === undefined) return [];
  return [
    {
      id: 'trail-torn',
      severity: 'information',
      sentence: `The machine stopped while an entry of the trail was written; its ${log.tornTail.bytes} bytes were cut off.`,
      next: 'Nothing that was acknowledged is missing. Look at what was going on at that time.',
    },
  ];
}

/**
 * Opens the trail, or begins it. An operation's end that a crash left without a seal is sealed now. `journal-damaged`
 * where it cannot be continued; whether it was tampered with is for `verifyTrail` to say.
 */
export async function openTrail(source: TrailSource): Promise<Result<Trail>> {
  const opened = await openDurableLog(source.port, source.path);
  if (!opened.ok) return opened;
  const log = opened.value;
  const notices: Notice[] = [...tornNotice(log)];
  const trail = new OpenTrail(source, log, notices);
  const read = trail.readLines();
  if (!read.ok) {
    await log.close();
    return read;
  }
  notices.push(...clockNotice(source.clock.now(), trail.lastEntry));
  await trail.sealWhatEnded();
  return succeed(trail);
}
