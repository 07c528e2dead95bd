import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const project = fileURLToPath(new URL('scriptdom', import.meta.url));
const built = fileURLToPath(new URL('scriptdom/.cache/bin/scriptdom/release/scriptdom.dll', import.meta.url));

/** Restoring and building take their time on a machine that has never done it, in milliseconds. */
export const buildLimit = 400_000;

/** One text is judged in a millisecond. An answer that takes this long, in milliseconds, is never going to come. */
const answerLimit = 30_000;

/** Few enough to stay small, many enough that neither side waits for the other. */
const underway = 256;

/** 130 is the grammar of SQL Server 2016, the oldest that Mortise runs on; 150 that of 2019, the newest this parser knows. */
export type ParserVersion = 130 | 140 | 150;

export interface Question {
  readonly version: ParserVersion;
  readonly text: string;
  /** Whether to say what the text consists of; without it the answer has errors and batches only. */
  readonly parts: boolean;
}

/** A statement of a batch: the type of its node, and which characters of the text are its own. */
export interface SpannedStatement {
  readonly type: string;
  readonly start: number;
  readonly length: number;
}

export interface Judgement {
  readonly errors: readonly string[];
  readonly batches: readonly (readonly SpannedStatement[])[];
  readonly comments: readonly string[];
  /** A digest of the kinds of all tokens and nodes: equal for texts that differ in names and values only. */
  readonly shape: string;
  readonly identifiers: readonly string[];
  readonly literals: readonly { readonly value: string; readonly national: boolean }[];
  /** The options of statements about logins. */
  readonly options: readonly string[];
}

interface Waiting {
  readonly question: Question;
  readonly answered: (judgement: Judgement) => void;
  readonly failed: (why: Error) => void;
}

/** Microsoft's T-SQL parser in a process of its own, built from `scriptdom/`. */
export class MicrosoftParser {
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #waiting: Waiting[] = [];
  #watch: NodeJS.Timeout | undefined;
  #said = '';

  private constructor(process: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.#process = process;
    process.stderr.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    process.stdin.on('error', (error) => this.#end(error));
    process.on('error', (error) => this.#end(error));
    process.on('close', (code) => this.#end(new Error(`the parser ended with ${code}: ${this.#said}`)));
    createInterface({ input: process.stdout, crlfDelay: Infinity }).on('line', (line) => this.#answer(line));
  }

  static async start(dotnet: string): Promise<MicrosoftParser> {
    const environment = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };
    await promisify(execFile)(dotnet, ['build', project, '-c', 'Release', '-v', 'quiet'], {
      env: environment,
      timeout: buildLimit,
    });
    return new MicrosoftParser(spawn(dotnet, [built], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] }));
  }

  async judge(question: Question): Promise<Judgement> {
    return await new Promise((answered, failed) => {
      this.#waiting.push({ question, answered, failed });
      this.#rearm();
      const text = Buffer.from(question.text, 'utf16le').toString('base64');
      this.#process.stdin.write(`${JSON.stringify({ ...question, text })}\n`);
    });
  }

  /** Hands every question with its answer to `look`, in order. Returns how many there were. */
  async judgeAll<Q extends Question>(
    questions: Iterable<Q>,
    look: (question: Q, judgement: Judgement) => void,
  ): Promise<number> {
    const asked: { readonly question: Q; readonly judgement: Promise<Judgement> }[] = [];
    let count = 0;
    const oldest = async () => {
      const first = asked.shift();
      if (first !== undefined) look(first.question, await first.judgement);
    };
    for (const question of questions) {
      const judgement = this.judge(question);
      // It is awaited in its turn; until then a failure is nobody's.
      judgement.catch(() => undefined);
      asked.push({ question, judgement });
      count += 1;
      if (asked.length >= underway) await oldest();
    }
    while (asked.length > 0) await oldest();
    return count;
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const closed = once(this.#process, 'close');
    this.#process.stdin.end();
    await closed;
  }

  #answer(line: string): void {
    const first = this.#waiting.shift();
    this.#rearm();
    first?.answered(readJudgement(line));
  }

  #rearm(): void {
    clearTimeout(this.#watch);
    if (this.#waiting.length === 0) return;
    this.#watch = setTimeout(() => {
      const text = this.#waiting[0]?.question.text ?? '';
      this.#said += `no answer within ${answerLimit} ms to: ${text}`;
      this.#process.kill('SIGKILL');
    }, answerLimit);
  }

  #end(why: Error): void {
    clearTimeout(this.#watch);
    for (const { failed } of this.#waiting.splice(0)) failed(why);
  }
}

/** Texts travel as base64 of UTF-16: a reader of JSON refuses a lone surrogate, and a hostile name may hold one. */
const carried = (text: string) => Buffer.from(text, 'base64').toString('utf16le');

function readJudgement(line: string): Judgement {
  const answer = JSON.parse(line) as Judgement;
  return {
    ...answer,
    comments: answer.comments.map(carried),
    identifiers: answer.identifiers.map(carried),
    literals: answer.literals.map(({ value, national }) => ({ value: carried(value), national })),
  };
}
