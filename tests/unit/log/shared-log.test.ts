import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDurableLog } from '#electron/log/durable-log.ts';
import { frame } from '#electron/log/frames.ts';
import { nodeFilePort } from '#electron/log/node-file-port.ts';

describe('A log that another process is writing to', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mortise-log-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('is not cut off while a record is being written', async () => {
    const path = join(folder, 'trail.log');
    const record = frame(1, 'slowly written');
    const writer = await nodeFilePort.open(path);
    await writer.write(0, record.subarray(0, 10));
    const opening = openDurableLog(nodeFilePort, path);
    await sleep(50);
    await writer.write(10, record.subarray(10));
    const opened = await opening;
    expect(opened.ok && opened.value.records).toEqual(['slowly written']);
    expect(opened.ok && opened.value.tornTail).toBeUndefined();
    await writer.close();
  });

  it('is cut off where nobody finishes the record', async () => {
    const path = join(folder, 'trail.log');
    const writer = await nodeFilePort.open(path);
    await writer.write(0, frame(1, 'never finished').subarray(0, 10));
    await writer.close();
    const opened = await openDurableLog(nodeFilePort, path);
    expect(opened.ok && opened.value.tornTail?.bytes).toBeGreaterThan(0);
    expect(opened.ok && opened.value.records).toEqual([]);
  });
});
