import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, open, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { failure } from '#shared/errors.ts';
import type { Failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Actor } from './actor.ts';
import type { Clock } from './clock.ts';
import { fileErrorCode, fileFailure } from './file-failure.ts';
import type { HeldLock, MachineLock } from './machine-lock.ts';
import { isRunning, thisProcess } from './process-identity.ts';

export interface FileLockSource {
  /** The state folder: nobody else can write it. */
  readonly folder: string;
  readonly actor: Actor;
  readonly clock: Clock;
}

const stateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('free') }),
  z.strictObject({
    state: z.literal('held'),
    pid: z.int().positive(),
    birth: z.string().nullable(),
    token: z.string(),
    actor: z.string(),
    purpose: z.string(),
    since: z.iso.datetime(),
  }),
]);
type LockState = z.infer<typeof stateSchema>;
type HeldState = Extract<LockState, { readonly state: 'held' }>;

const fileName = /^change-(\d{1,12})\.lock$/;

/** Tokens of the locks that this process holds: one of its own that is not here was given back on a full disk. */
const heldHere = new Set<string>();

/**
 * The lock is the file with the highest number. Taking it, and giving it back, each create the next number with a hard
 * link, which exactly one of several contenders can do (link(2): EEXIST) and which shows the content whole or not at
 * all. No file is changed, and older ones are deleted in rising order: so when the number before the one just created
 * is still there, the created one was never there before, and its creator is alone. This also holds for taking over
 * from a process that is gone, where deleting and creating exclusively would let two in.
 */
class FileLock implements MachineLock {
  readonly #source: FileLockSource;

  constructor(source: FileLockSource) {
    this.#source = source;
  }

  async take(purpose: string): Promise<Result<HeldLock>> {
    const { actor, clock, folder } = this.#source;
    try {
      for (;;) {
        const number = await this.#highest();
        const current = number === 0 ? ({ state: 'free' } as const) : await this.#read(number);
        // Deleted between listing and reading: somebody else went on.
        if (current === undefined) continue;
        if (current.state === 'held' && this.#isInForce(current)) return failed(busyWith(current));
        const held: HeldState = {
          state: 'held',
          ...thisProcess(),
          token: randomUUID(),
          actor: actor.account,
          purpose,
          since: clock.now().toISOString(),
        };
        if (!(await this.#claim(number + 1, held))) continue;
        await this.#removeBelow(number + 1);
        return succeed({ release: () => this.#release(number + 1, held.token) });
      }
    } catch (error) {
      return failed(fileFailure(folder, error));
    }
  }

  async heldElsewhere(): Promise<Failure | undefined> {
    try {
      const number = await this.#highest();
      const current = number === 0 ? undefined : await this.#read(number);
      const elsewhere = current?.state === 'held' && !isOwn(current) && this.#isInForce(current);
      return elsewhere ? busyWith(current) : undefined;
    } catch (error) {
      if (fileErrorCode(error) === undefined) throw error;
      return undefined;
    }
  }

  /** Creates the number and answers whether it is this contender's alone. */
  async #claim(number: number, held: HeldState): Promise<boolean> {
    // Marked as held before it can be seen, so that nobody in this process takes it for one that was given back.
    heldHere.add(held.token);
    let won = false;
    try {
      const created = await this.#create(number, held);
      won = created && (await this.#isAlone(number));
      if (created && !won) await this.#remove(number);
      return won;
    } finally {
      if (!won) heldHere.delete(held.token);
    }
  }

  /** A second release, or one after the lock was taken over, finds the next number there and changes nothing. */
  async #release(number: number, token: string): Promise<void> {
    if (!heldHere.delete(token)) return;
    try {
      if (await this.#create(number + 1, { state: 'free' })) await this.#removeBelow(number + 1);
    } catch (error) {
      // Without space for it the lock is free for this process, and for others once it ends; they lack space too.
      if (fileErrorCode(error) === undefined) throw error;
    }
  }

  #isInForce(held: HeldState): boolean {
    return isOwn(held) ? heldHere.has(held.token) : isRunning(held);
  }

  /** Whether nobody created, used and deleted this number before. */
  async #isAlone(number: number): Promise<boolean> {
    const numbers = await this.#numbers();
    return Math.max(...numbers) === number && (number === 1 || numbers.includes(number - 1));
  }

  #path(number: number): string {
    return join(this.#source.folder, `change-${number}.lock`);
  }

  async #numbers(): Promise<readonly number[]> {
    const names = await readdir(this.#source.folder);
    return names.flatMap((name) => fileName.exec(name)?.[1] ?? []).map(Number);
  }

  async #highest(): Promise<number> {
    return Math.max(0, ...(await this.#numbers()));
  }

  /** What a file says; one that says nothing was cut short by a power cut, and its process is gone with it. */
  async #read(number: number): Promise<LockState | undefined> {
    try {
      const text = await readFile(this.#path(number), 'utf8');
      return parseState(text) ?? { state: 'free' };
    } catch (error) {
      if (fileErrorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async #create(number: number, state: LockState): Promise<boolean> {
    const temporary = join(this.#source.folder, `.change.lock.${randomUUID()}`);
    const file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      try {
        await file.writeFile(JSON.stringify(state));
        await file.sync();
      } finally {
        await file.close();
      }
      await link(temporary, this.#path(number));
      return true;
    } catch (error) {
      if (fileErrorCode(error) === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async #remove(number: number): Promise<void> {
    await rm(this.#path(number), { force: true });
  }

  async #removeBelow(number: number): Promise<void> {
    const older = (await this.#numbers()).filter((each) => each < number);
    for (const each of older.toSorted((a, b) => a - b)) await this.#remove(each);
  }
}

function isOwn(held: HeldState): boolean {
  return held.pid === process.pid && held.birth === thisProcess().birth;
}

function busyWith({ actor, pid, purpose, since }: HeldState): Failure {
  return failure('busy', { holder: `${actor} (process ${pid}, ${purpose})`, since });
}

function parseState(text: string): LockState | undefined {
  try {
    return stateSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * One change at a time for everybody who uses this state folder on this machine. A lock is stale when its process is
 * gone, known by number and start time, never by age. (A process in another container is not seen, and counts as gone.)
 */
export function createFileLock(source: FileLockSource): MachineLock {
  return new FileLock(source);
}
