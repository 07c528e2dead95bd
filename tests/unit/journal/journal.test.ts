import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Result } from '#shared/result.ts';
import { openDurableLog } from '#electron/log/durable-log.ts';
import { MemoryFilePort } from '#electron/log/memory-file-port.ts';
import { openJournal } from '#electron/journal/journal.ts';
import { openJournals } from '#electron/journal/journals.ts';

const schema = z.strictObject({ step: z.string(), state: z.enum(['begun', 'done']) });
const path = '/state/rotation-000001.log';
const begun = (step: string) => ({ step, state: 'begun' as const });
const done = (step: string) => ({ step, state: 'done' as const });

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.sentence);
  return result.value;
}
const line = (last: boolean, record: unknown) => JSON.stringify({ last, record });
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);
const rotations = (port: MemoryFilePort) => openJournals({ port, folder: '/state', kind: 'rotation', schema });

describe('a journal', () => {
  it('gives its records back after the power was cut', async () => {
    const port = new MemoryFilePort();
    const journal = valueOf(await openJournal({ port, path, schema }));
    valueOf(await journal.append(begun('stage')));
    valueOf(await journal.append(done('stage')));
    port.crash({ keep: 'nothing' });
    const again = valueOf(await openJournal({ port, path, schema }));
    expect(again.records).toEqual([begun('stage'), done('stage')]);
    expect(again.ended).toBe(false);
  });

  it('is over with the record that ended it', async () => {
    const port = new MemoryFilePort();
    const journal = valueOf(await openJournal({ port, path, schema }));
    valueOf(await journal.append(begun('stage')));
    valueOf(await journal.end(done('all')));
    const again = valueOf(await openJournal({ port, path, schema }));
    expect(again.ended).toBe(true);
    expect(again.records).toEqual([begun('stage'), done('all')]);
    await expect(again.append(begun('more'))).rejects.toThrow('has ended');
  });

  it('refuses a record that it does not understand and names it, without changing the file', async () => {
    const port = new MemoryFilePort();
    const log = valueOf(await openDurableLog(port, path));
    valueOf(await log.append(line(false, begun('stage'))));
    valueOf(await log.append(line(false, { step: 'of a newer version' })));
    const before = port.content(path);
    const opened = await openJournal({ port, path, schema });
    expect(codeOf(opened)).toBe('journal-damaged');
    expect(opened.ok ? '' : opened.error.sentence).toContain('record 2');
    expect(port.content(path)).toEqual(before);
  });

  it('refuses text that is not JSON and a record behind the end', async () => {
    for (const lines of [['{"last"'], [line(true, done('all')), line(false, begun('x'))]]) {
      const port = new MemoryFilePort();
      const log = valueOf(await openDurableLog(port, path));
      for (const line of lines) valueOf(await log.append(line));
      expect(codeOf(await openJournal({ port, path, schema }))).toBe('journal-damaged');
    }
  });

  it('does not take a record that the disk has no space for', async () => {
    const port = new MemoryFilePort();
    const journal = valueOf(await openJournal({ port, path, schema }));
    port.limitSpace(0);
    expect(codeOf(await journal.end(done('all')))).toBe('disk-full');
    expect(journal.ended).toBe(false);
    expect(journal.records).toEqual([]);
  });
});

describe('the journals of a kind', () => {
  it('are none at first, then numbered in order', async () => {
    const port = new MemoryFilePort();
    const journals = rotations(port);
    expect(valueOf(await journals.latest())).toBeUndefined();
    const first = valueOf(await journals.begin(begun('one')));
    valueOf(await first.end(done('one')));
    const second = valueOf(await journals.begin(begun('two')));
    expect(second.path).toBe('/state/rotation-000002.log');
    expect(valueOf(await journals.numbers())).toEqual([1, 2]);
    expect(valueOf(await journals.latest())?.records).toEqual([begun('two')]);
  });

  it('cannot be begun anew while the latest is open, and can once it was ended after a restart', async () => {
    const port = new MemoryFilePort();
    valueOf(await rotations(port).begin(begun('one')));
    port.crash({ keep: 'nothing' });
    expect(codeOf(await rotations(port).begin(begun('two')))).toBe('not-allowed');
    const open = valueOf(await rotations(port).latest());
    expect(open?.ended).toBe(false);
    valueOf(await (open ?? expect.fail()).end(done('one')));
    expect(codeOf(await rotations(port).begin(begun('two')))).toBe('ok');
  });

  it('pass over a file in which nothing was begun', async () => {
    const port = new MemoryFilePort();
    const first = valueOf(await rotations(port).begin(begun('one')));
    valueOf(await first.end(done('one')));
    port.limitSpace(port.usedSpace());
    expect(codeOf(await rotations(port).begin(begun('two')))).toBe('disk-full');
    expect(valueOf(await rotations(port).latest())?.records).toEqual([begun('one'), done('one')]);
    port.limitSpace(1_000_000);
    expect(codeOf(await rotations(port).begin(begun('two')))).toBe('ok');
  });

  it('do not mix with those of another kind or with other files', async () => {
    const port = new MemoryFilePort();
    port.place('/state/rotation-old-000007.log', new Uint8Array(0));
    port.place('/state/rotation-000003.log.txt', new Uint8Array(0));
    port.place('/state/lockdown-000009.log', new Uint8Array(0));
    expect(valueOf(await rotations(port).numbers())).toEqual([]);
  });

  it('say so when the latest is damaged, and begin nothing', async () => {
    const port = new MemoryFilePort();
    const journal = valueOf(await rotations(port).begin(begun('one')));
    const content = port.content(journal.path);
    content[20] = 0x58;
    port.place(journal.path, content);
    expect(codeOf(await rotations(port).latest())).toBe('journal-damaged');
    expect(codeOf(await rotations(port).begin(begun('two')))).toBe('journal-damaged');
  });

  it('are read without being changed, while somebody else is writing', async () => {
    const port = new MemoryFilePort();
    expect(valueOf(await rotations(port).readLatest())).toBeUndefined();
    const journal = valueOf(await rotations(port).begin(begun('one')));
    const content = port.content(journal.path);
    content.set([0xf7, 0x4d, 0x31], content.findLastIndex((byte) => byte !== 0) + 1);
    port.place(journal.path, content);
    expect(valueOf(await rotations(port).readLatest())).toEqual([begun('one')]);
    expect(port.content(journal.path)).toEqual(content);
    expect(valueOf(await rotations(port).latest())?.tornTail).toEqual({ bytes: 3 });
    expect(port.content(journal.path)).not.toEqual(content);
  });
});
