import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '#shared/result.ts';
import { createFileLock } from '#electron/machine/file-lock.ts';
import type { HeldLock } from '#electron/machine/machine-lock.ts';
import { isRunning, thisProcess } from '#electron/machine/process-identity.ts';

let folder = '';
const children: ChildProcessWithoutNullStreams[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mortise-lock-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

const lock = () =>
  createFileLock({
    folder,
    actor: { account: 'eve (1000)', elevated: false, machine: 'here' },
    clock: { now: () => new Date('2026-03-01T08:00:00.000Z') },
  });
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);
async function taken(purpose = 'rotation'): Promise<HeldLock> {
  const result = await lock().take(purpose);
  return result.ok ? result.value : expect.fail(result.error.sentence);
}

/** Another process, and the next thing that it says. */
function contender(mode: string): { child: ChildProcessWithoutNullStreams; next: () => Promise<unknown> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'lock-contender.ts'), folder, mode]);
  children.push(child);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return { child, next: async () => JSON.parse(String((await lines.next()).value)) as unknown };
}

async function killed(child: ChildProcessWithoutNullStreams): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

describe('the lock of the machine', () => {
  it('is held by one, who is named to the second with process, purpose and since when', async () => {
    await taken('rotation of acs_service');
    const second = await lock().take('lockdown');
    expect(codeOf(second)).toBe('busy');
    const sentence = second.ok ? '' : second.error.sentence;
    expect(sentence).toContain(`eve (1000) (process ${process.pid}, rotation of acs_service)`);
    expect(sentence).toContain('2026-03-01T08:00:00.000Z');
  });

  it('can be taken again once it was given back, and giving it back twice does no harm', async () => {
    const first = await taken();
    await first.release();
    const second = await taken();
    await first.release();
    expect(codeOf(await lock().take('third'))).toBe('busy');
    await second.release();
    expect(codeOf(await lock().take('fourth'))).toBe('ok');
  });

  it('tells who holds it in another process, for as long as that process lives, and nothing of one’s own', async () => {
    expect(await lock().heldElsewhere()).toBeUndefined();
    const other = contender('lockdown');
    expect(await other.next()).toBe('won');
    const busy = await lock().heldElsewhere();
    expect(busy?.code).toBe('busy');
    expect(busy?.sentence).toContain(`process ${other.child.pid}, lockdown`);
    await killed(other.child);
    expect(await lock().heldElsewhere()).toBeUndefined();
    await taken();
    expect(await lock().heldElsewhere()).toBeUndefined();
  });

  it('leaves no more than a file or two behind', async () => {
    for (let round = 0; round < 5; round += 1) await (await taken()).release();
    expect(await readdir(folder)).toEqual(['change-10.lock']);
  });

  it('is taken by exactly one of many that try in one process', async () => {
    const results = await Promise.all(Array.from({ length: 12 }, () => lock().take('race')));
    expect(results.filter((each) => each.ok)).toHaveLength(1);
    expect(new Set(results.filter((each) => !each.ok).map(codeOf))).toEqual(new Set(['busy']));
  });

  it('is refused to another process while this one holds it, and given to it afterwards', async () => {
    const held = await taken();
    const refused = contender('first');
    expect(await refused.next()).toBe('busy');
    await held.release();
    expect(await contender('second').next()).toBe('won');
    expect(codeOf(await lock().take('mine'))).toBe('busy');
  });

  it('is given back by the other process', async () => {
    const other = contender('theirs');
    expect(await other.next()).toBe('won');
    other.child.stdin.write('go on\n');
    expect(await other.next()).toBe('released');
    expect(codeOf(await lock().take('mine'))).toBe('ok');
  });

  it('is taken over when its process was killed', async () => {
    const other = contender('theirs');
    expect(await other.next()).toBe('won');
    await killed(other.child);
    expect(codeOf(await lock().take('mine'))).toBe('ok');
  });

  it('is taken over by exactly one of several processes, every time', async () => {
    const holder = contender('theirs');
    expect(await holder.next()).toBe('won');
    const racers = Array.from({ length: 4 }, () => contender('race'));
    for (const racer of racers) expect(await racer.next()).toBe('ready');
    await killed(holder.child);
    for (const racer of racers) racer.child.stdin.write('go\n');
    const answers = await Promise.all(racers.map((racer) => racer.next()));
    expect(answers.filter((each) => each === 'won')).toHaveLength(1);
    expect(answers.filter((each) => each === 'busy')).toHaveLength(3);
  });

  it('is taken over when a power cut left an empty file', async () => {
    await writeFile(join(folder, 'change-7.lock'), '');
    expect(codeOf(await lock().take('mine'))).toBe('ok');
    expect(await readdir(folder)).toEqual(['change-8.lock']);
  });

  it('is free for this process when it could not be written down that it was given back', async () => {
    const held = await taken();
    const name = 'change-1.lock';
    const content = await readFile(join(folder, name));
    await rm(folder, { recursive: true });
    await held.release();
    await mkdir(folder);
    await writeFile(join(folder, name), content);
    expect(codeOf(await lock().take('again'))).toBe('ok');
  });

  it('answers a failure where its folder is gone', async () => {
    const gone = createFileLock({
      folder: join(folder, 'gone'),
      actor: { account: 'eve', elevated: false, machine: 'here' },
      clock: { now: () => new Date() },
    });
    expect(codeOf(await gone.take('x'))).toBe('state-folder-unusable');
  });
});

describe('a process', () => {
  it('is known by its number and its start', () => {
    const self = thisProcess();
    expect(isRunning(self)).toBe(true);
    expect(isRunning({ pid: self.pid, birth: null })).toBe(true);
    expect(isRunning({ pid: 2 ** 22 + 1, birth: null })).toBe(false);
  });

  it.runIf(process.platform === 'linux')('is not taken for an earlier one that had its number', () => {
    const self = thisProcess();
    expect(isRunning({ pid: self.pid, birth: `${self.birth}1` })).toBe(false);
  });
});
