import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '#shared/result.ts';
import { openDurableLog, reservedBytes, scanLog } from '#electron/log/durable-log.ts';
import type { DurableLog } from '#electron/log/durable-log.ts';
import type { FilePort } from '#electron/log/file-port.ts';
import { MemoryFilePort } from '#electron/log/memory-file-port.ts';
import { nodeFilePort } from '#electron/log/node-file-port.ts';

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.sentence);
  return result.value;
}
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);
const path = '/state/test.log';
const opened = async (port: FilePort, at = path): Promise<DurableLog> => valueOf(await openDurableLog(port, at));

async function filled(port: MemoryFilePort, records: readonly string[]): Promise<DurableLog> {
  const log = await opened(port);
  for (const record of records) valueOf(await log.append(record));
  return log;
}

/** Where the record that holds this text begins to hold it. */
const placeOf = (content: Uint8Array, text: string) => Buffer.from(content).indexOf(text);

describe('a durable log', () => {
  it('gives back what was appended, in order, to whoever opens it next', async () => {
    const port = new MemoryFilePort();
    await filled(port, ['one', 'two äöü €', 'three\n']);
    const again = await opened(port);
    expect(again.records).toEqual(['one', 'two äöü €', 'three\n']);
    expect(again.tornTail).toBeUndefined();
  });

  it('takes bytes as it takes text', async () => {
    const log = await filled(new MemoryFilePort(), []);
    valueOf(await log.append(new TextEncoder().encode('bytes')));
    expect(log.records).toEqual(['bytes']);
  });

  it('keeps the order of appends that are not waited for', async () => {
    const log = await filled(new MemoryFilePort(), []);
    const texts = Array.from({ length: 50 }, (_, index) => `record ${index}`);
    await Promise.all(texts.map((text) => log.append(text)));
    expect(log.records).toEqual(texts);
  });

  it('has every acknowledged record on the disk, and at most one more, wherever the power is cut', async () => {
    let torn = 0;
    for (let seed = 0; seed < 400; seed += 1) {
      const port = new MemoryFilePort();
      const log = await opened(port);
      const acknowledged: string[] = [];
      const lengths = [1, 40, 511, 600, 5000];
      for (let index = 0; index <= seed % 7; index += 1) {
        const text = `${index} ${'x'.repeat(lengths[(seed + index) % lengths.length] ?? 1)}`;
        const cut = index === seed % 7;
        const append = log.append(text);
        if (cut) {
          // Some steps into the append, then the power is gone.
          for (let step = 0; step < seed % 29; step += 1) await Promise.resolve();
          port.crash(seed % 5 === 0 ? { keep: 'nothing' } : { keep: 'some', seed });
          if ((await append).ok) acknowledged.push(text);
          break;
        }
        valueOf(await append);
        acknowledged.push(text);
      }
      const after = await opened(port);
      if (after.tornTail !== undefined) torn += 1;
      expect(after.records.slice(0, acknowledged.length)).toEqual(acknowledged);
      expect(after.records.length - acknowledged.length).toBeLessThanOrEqual(1);
      valueOf(await after.append('goes on'));
      expect((await opened(port)).records.at(-1)).toBe('goes on');
    }
    expect(torn).toBeGreaterThan(10);
  });

  it('cuts off a torn tail, says how many bytes it had, and goes on behind the last whole record', async () => {
    const port = new MemoryFilePort();
    await filled(port, ['whole', 'torn in the middle']);
    const content = port.content(path);
    content.fill(0, placeOf(content, 'in the middle'));
    port.place(path, content);
    const log = await opened(port);
    expect(log.records).toEqual(['whole']);
    expect(log.tornTail?.bytes).toBe(16 + 'torn '.length);
    valueOf(await log.append('next'));
    const again = await opened(port);
    expect(again.records).toEqual(['whole', 'next']);
    expect(again.tornTail).toBeUndefined();
  });

  it('refuses a log that is damaged before its end, names the record and leaves the file as it is', async () => {
    const port = new MemoryFilePort();
    await filled(port, ['first', 'second', 'third']);
    const content = port.content(path);
    content[placeOf(content, 'second')] = 0x53;
    port.place(path, content);
    const result = await openDurableLog(port, path);
    expect(codeOf(result)).toBe('journal-damaged');
    expect(result.ok ? '' : result.error.sentence).toContain('record 2');
    expect(port.content(path)).toEqual(content);
  });

  it('takes an altered last record for damage, not for a tear', async () => {
    const port = new MemoryFilePort();
    await filled(port, ['first', 'the last one']);
    const content = port.content(path);
    content[placeOf(content, 'last')] = 0x4c;
    port.place(path, content);
    expect(codeOf(await openDurableLog(port, path))).toBe('journal-damaged');
  });

  it('refuses a log out of which a record was cut', async () => {
    const port = new MemoryFilePort();
    await filled(port, ['aaaa', 'bbbb', 'cccc']);
    const content = Buffer.from(port.content(path));
    port.place(path, Buffer.concat([content.subarray(0, 20), content.subarray(40)]));
    expect(codeOf(await openDurableLog(port, path))).toBe('journal-damaged');
  });

  it('refuses an empty record and one with NUL as a defect of the caller', async () => {
    const log = await filled(new MemoryFilePort(), []);
    await expect(log.append('')).rejects.toThrow(TypeError);
    await expect(log.append('a\0b')).rejects.toThrow(TypeError);
    valueOf(await log.append('fine'));
    expect(log.records).toEqual(['fine']);
  });
});

describe('a durable log on a full disk', () => {
  it('says so, stays as it was, and goes on when there is space again', async () => {
    const port = new MemoryFilePort();
    const log = await filled(port, ['before']);
    port.limitSpace(port.usedSpace());
    const big = 'x'.repeat(100_000);
    expect(codeOf(await log.append(big))).toBe('disk-full');
    expect((await opened(port)).records).toEqual(['before']);
    port.limitSpace(10_000_000);
    valueOf(await log.append(big));
    expect((await opened(port)).records).toEqual(['before', big]);
  });

  it('says so before the step: what was reserved can be appended on the full disk', async () => {
    const port = new MemoryFilePort();
    const log = await filled(port, ['begun']);
    valueOf(await log.reserve());
    port.limitSpace(port.usedSpace());
    const half = 'x'.repeat(reservedBytes / 2 - 16);
    valueOf(await log.append(half));
    valueOf(await log.append(half));
    for (let guard = 0; guard < 20 && (await log.append(half)).ok; guard += 1);
    expect(codeOf(await log.reserve())).toBe('disk-full');
    expect(codeOf(await log.append(half))).toBe('disk-full');
    expect((await opened(port)).records).toEqual(log.records);
  });

  it('cannot reserve on an empty log where nothing fits, and opens all the same', async () => {
    const port = new MemoryFilePort();
    port.limitSpace(0);
    const log = await opened(port);
    expect(codeOf(await log.reserve())).toBe('disk-full');
    expect(codeOf(await log.append('x'))).toBe('disk-full');
    expect(port.usedSpace()).toBe(0);
  });

  it('takes back a record whose flush found no space', async () => {
    const port = new MemoryFilePort();
    const log = await filled(port, ['before']);
    port.failFlush('ENOSPC');
    expect(codeOf(await log.append('not kept'))).toBe('disk-full');
    valueOf(await log.append('kept'));
    port.crash({ keep: 'nothing' });
    expect((await opened(port)).records).toEqual(['before', 'kept']);
  });

  it('does not go on after a flush that failed for another reason until it is opened again', async () => {
    const port = new MemoryFilePort();
    const log = await filled(port, ['before']);
    port.failFlush('EIO');
    expect(codeOf(await log.append('unknown'))).toBe('state-folder-unusable');
    expect(codeOf(await log.append('next'))).toBe('state-folder-unusable');
    expect(log.records).toEqual(['before']);
    valueOf(await (await opened(port)).append('goes on'));
  });
});

describe('a durable log that two processes use in turn', () => {
  it('takes in what the other appended, and appends behind it', async () => {
    const port = new MemoryFilePort();
    const window = await filled(port, ['by the window']);
    const commandLine = await opened(port);
    valueOf(await commandLine.append('by the command line'));
    valueOf(await window.append('by the window again'));
    valueOf(await commandLine.refresh());
    const all = ['by the window', 'by the command line', 'by the window again'];
    expect(window.records).toEqual(all);
    expect(commandLine.records).toEqual(all);
    expect((await opened(port)).records).toEqual(all);
  });

  it('reads past what the other is writing, and cuts off what it left when it was killed', async () => {
    const port = new MemoryFilePort();
    const window = await filled(port, ['one']);
    const end = placeOf(port.content(path), 'one') + 3;
    const file = await port.open(path);
    await file.write(end, new Uint8Array([0xf7, 0x4d]));
    expect(codeOf(await window.refresh())).toBe('ok');
    expect(window.records).toEqual(['one']);
    expect(codeOf(await window.append('two'))).toBe('ok');
    expect((await opened(port)).records).toEqual(['one', 'two']);
  });
});

describe('a durable log on the disk', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mortise-log-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('keeps its records, and is read without being changed', async () => {
    const at = join(folder, 'kept.log');
    const log = await opened(nodeFilePort, at);
    valueOf(await log.append('one'));
    valueOf(await log.append('two'));
    const scan = valueOf(await scanLog(nodeFilePort, at));
    expect(scan.frames.map((each) => Buffer.from(each.payload).toString())).toEqual(['one', 'two']);
    await log.close();
    const again = await opened(nodeFilePort, at);
    expect(again.records).toEqual(['one', 'two']);
    await again.close();
  });

  it('answers a failure where the folder is missing or the file is not there to read', async () => {
    expect(codeOf(await openDurableLog(nodeFilePort, join(folder, 'no', 'where.log')))).toBe('state-folder-unusable');
    expect(codeOf(await scanLog(nodeFilePort, join(folder, 'absent.log')))).toBe('state-folder-unusable');
  });
});
