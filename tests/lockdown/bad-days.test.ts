import { appendFile, chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compose } from '#electron/compose.ts';
import type { FilePort } from '#electron/log/file-port.ts';
import { nodeFilePort } from '#electron/log/node-file-port.ts';
import { createFileLock } from '#electron/machine/file-lock.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { change, lockdownInput, newStateFolder, openMortise, removeStateFolder, valueOf } from './open-mortise.ts';

/** A disk that is full for the journals and the trail while `full` says so. */
function fullDisk(full: () => boolean): FilePort {
  const refuse = () => {
    if (full()) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  };
  return {
    ...nodeFilePort,
    open: async (path, ...rest) => {
      const file = await nodeFilePort.open(path, ...rest);
      return {
        size: async () => await file.size(),
        read: async (offset, length) => await file.read(offset, length),
        write: async (offset, bytes) => {
          refuse();
          await file.write(offset, bytes);
        },
        flush: async () => {
          await file.flush();
        },
        truncate: async (size) => {
          await file.truncate(size);
        },
        close: async () => {
          await file.close();
        },
      };
    },
  };
}

const oneSentence = /^[^\n]+\.$/;

describe('A bad day gets one clear sentence and loses nothing', () => {
  let stateFolder = '';
  beforeEach(async () => {
    stateFolder = await newStateFolder();
  });
  afterEach(async () => {
    await removeStateFolder(stateFolder);
  });

  it('the disk is full under the journal: nothing more is done, and it goes on once there is space', async () => {
    let full = false;
    const mortise = await openMortise({ stateFolder, files: fullDisk(() => full) });
    const { client } = mortise;
    const stop = client.on('progress', (progress) => {
      // From the moment in which the second step begins.
      full ||= progress.steps.some((step) => step.id === 'rotate' && step.state === 'running');
    });
    const failed = await change(client.lockdown.run, lockdownInput);
    stop();
    expect(failed).toMatchObject({
      ok: false,
      error: { code: 'disk-full', sentence: expect.stringMatching(oneSentence) },
    });
    full = false;
    valueOf(await change(client.lockdown.resume, { setup: null }));
    expect((await mortise.snapshot()).lockdown).toMatchObject({ state: 'finished' });
    expect(valueOf(await client.trail.verify({}))).toMatchObject({ holds: true });
    await mortise.close();
  });

  it('the disk is full from the start: nothing is begun', async () => {
    let full = false;
    const mortise = await openMortise({ stateFolder, files: fullDisk(() => full) });
    await mortise.snapshot();
    full = true;
    expect(await change(mortise.client.site.prepare, { setup: null })).toMatchObject({
      ok: false,
      error: { code: 'disk-full' },
    });
    full = false;
    expect((await mortise.snapshot()).commissioning).toMatchObject({ value: { state: 'not-prepared' } });
    await mortise.close();
  });

  it('the last record of a journal is torn: it is cut off, and the lockdown goes on', async () => {
    const first = await openMortise({ stateFolder });
    valueOf(await change(first.client.training.fault, { fault: 'firewall-fails', on: true }));
    expect((await change(first.client.lockdown.run, lockdownInput)).ok).toBe(false);
    valueOf(await change(first.client.training.fault, { fault: 'firewall-fails', on: false }));
    await first.close();
    const journal = (await readdir(stateFolder)).find((name) => name.startsWith('lockdown-')) ?? '';
    await appendFile(join(stateFolder, journal), Buffer.from([0xf7, 0x4d, 0x01]));
    const second = await openMortise({ stateFolder });
    expect((await second.snapshot()).lockdown).toMatchObject({ state: 'failed' });
    valueOf(await change(second.client.lockdown.resume, { setup: null }));
    expect((await second.snapshot()).lockdown).toMatchObject({ state: 'finished' });
    await second.close();
  });

  it('the journal of a lockdown is damaged: said once, and main allows nothing that a lockdown might forbid', async () => {
    const first = await openMortise({ stateFolder });
    valueOf(await change(first.client.lockdown.run, lockdownInput));
    await first.close();
    const journal = join(stateFolder, (await readdir(stateFolder)).find((name) => name.startsWith('lockdown-')) ?? '');
    const bytes = await readFile(journal);
    bytes.write('X', bytes.indexOf('Kim Example'));
    await writeFile(journal, bytes);
    const second = await openMortise({ stateFolder });
    const { notices } = await second.snapshot();
    expect(notices.filter(({ id }) => id === 'lockdown-journal-damaged')).toHaveLength(1);
    expect(await change(second.client.secureMode.off, { reason: 'Perhaps' })).toMatchObject({
      ok: false,
      error: { code: 'not-allowed', sentence: expect.stringContaining('is damaged before its end') },
    });
    expect(await readFile(journal)).toEqual(bytes);
    await second.close();
  });

  it('the clock was set back: it is said, and reading works', async () => {
    const first = await openMortise({ stateFolder });
    valueOf(await change(first.client.site.prepare, { setup: null }));
    await first.close();
    const second = await openMortise({ stateFolder, clock: { now: () => new Date(Date.now() - 3 * 3_600_000) } });
    const snapshot = await second.snapshot();
    expect(snapshot.notices).toContainEqual(
      expect.objectContaining({ id: 'clock-went-back', sentence: expect.stringMatching(oneSentence) }),
    );
    expect(snapshot.commissioning).toMatchObject({ state: 'known' });
    expect(valueOf(await second.client.trail.verify({}))).toMatchObject({ holds: true });
    await second.close();
  });

  it('somebody else is changing the site: who and since when, while reading works', async () => {
    const mortise = await openMortise({ stateFolder });
    const other = createFileLock({
      folder: stateFolder,
      actor: { account: 'ACS\\lena', elevated: true, machine: 'ACS' },
      clock: systemClock,
    });
    const held = valueOf(await other.take('Rotate acs_service'));
    const refused = await change(mortise.client.site.prepare, { setup: null });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'busy', sentence: expect.stringMatching(/ACS\\lena .* since \d{4}-/) },
    });
    expect((await mortise.snapshot()).server).toMatchObject({ state: 'known' });
    await held.release();
    expect((await change(mortise.client.site.prepare, { setup: null })).ok).toBe(true);
    await mortise.close();
  });

  it('the state folder can be written by others: refused, with the command that mends it', async () => {
    await chmod(stateFolder, 0o777);
    const composed = await compose({
      stateFolder,
      consent: { ask: async () => await Promise.resolve(false) },
      saver: { save: async () => await Promise.resolve({ ok: true, value: null }) },
    });
    await chmod(stateFolder, 0o700);
    expect(composed).toMatchObject({
      ok: false,
      error: { code: 'state-folder-unsafe', next: expect.stringContaining('chmod') },
    });
  });

  it('the port that the training site wants is taken: said with the port', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as AddressInfo;
    const composed = await compose({
      stateFolder,
      consent: { ask: async () => await Promise.resolve(false) },
      saver: { save: async () => await Promise.resolve({ ok: true, value: null }) },
      training: { port },
    });
    squatter.close();
    expect(composed).toMatchObject({
      ok: false,
      error: { code: 'training-port-taken', sentence: expect.stringContaining(String(port)) },
    });
  });
});
