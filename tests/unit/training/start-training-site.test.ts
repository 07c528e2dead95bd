import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '#electron/training/exit-codes.ts';
import { startTrainingSite } from '#electron/training/start-training-site.ts';
import { endSite, isAlive, newFolder, startIn, until } from './practice-site.ts';

describe('starting the training site', () => {
  it('shares one process between all who attach to a folder, also when they come at once', async () => {
    const folder = await newFolder();
    const sites = await Promise.all([startIn(folder), startIn(folder), startIn(folder)]);
    expect(new Set(sites.map((site) => site.facts.processId)).size).toBe(1);
    const [first, second, third] = sites;
    await Promise.all([second?.close(), third?.close()]);
    if (first === undefined) throw new Error('no site');
    expect(await first.services.inspect('AcsService')).toMatchObject({ state: 'known' });
    await endSite(first, folder);
  });

  it('lets no second process serve the same folder', async () => {
    const folder = await newFolder();
    const site = await startIn(folder);
    const program = join(import.meta.dirname, '../../../electron/training/site-process.ts');
    const second = spawn(process.execPath, [program, '--folder', folder, '--grace', '0'], { stdio: 'ignore' });
    expect(await once(second, 'exit')).toEqual([exitCodes.served, null]);
    expect(await site.firewall.read()).toMatchObject({ state: 'known' });
    await endSite(site, folder);
  });

  it('says so when the folder cannot be used', async () => {
    const folder = await newFolder();
    const file = join(folder, 'a file');
    await writeFile(file, '');
    const started = await startTrainingSite({ folder: join(file, 'training') });
    expect(started).toMatchObject({ ok: false, error: { code: 'state-folder-unusable' } });
    await rm(folder, { recursive: true });
  });

  it('serves a folder whose path is too long for a socket', async () => {
    const parent = await newFolder();
    const folder = join(parent, 'a-name-of-some-length'.repeat(6));
    const site = await startIn(folder);
    const other = await startIn(folder);
    expect(other.facts.processId).toBe(site.facts.processId);
    await other.close();
    const { control } = JSON.parse(await readFile(join(folder, 'site-folder.json'), 'utf8')) as { control: string };
    expect(control.startsWith(folder)).toBe(false);
    await endSite(site, parent);
    await expect(stat(dirname(control))).rejects.toThrow('ENOENT');
  });

  it('gives up when it is cancelled', async () => {
    const folder = await newFolder();
    const started = await startTrainingSite({ folder, signal: AbortSignal.abort() });
    expect(started).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    await rm(folder, { recursive: true });
  });

  it('ends when the last one has gone, and says so in the folder', async () => {
    const folder = await newFolder();
    const site = await startIn(folder);
    await expect(stat(join(folder, 'site-folder.json'))).resolves.toBeDefined();
    await site.close();
    await until(() => !isAlive(site.facts.processId));
    await expect(stat(join(folder, 'site-folder.json'))).rejects.toThrow('ENOENT');
    await rm(folder, { recursive: true });
  });

  it('goes on for its grace, so that the next Mortise finds the same process', async () => {
    const folder = await newFolder();
    const site = await startIn(folder, { graceMilliseconds: 60_000 });
    await site.close();
    const again = await startIn(folder);
    expect(again.facts.processId).toBe(site.facts.processId);
    process.kill(again.facts.processId, 'SIGTERM');
    await endSite(again, folder);
  });

  it('outlives the kill of the process that started it', async () => {
    const folder = await newFolder();
    const script = `
      const { startTrainingSite } = await import(${JSON.stringify(join(import.meta.dirname, '../../../electron/training/start-training-site.ts'))});
      const started = await startTrainingSite({ folder: ${JSON.stringify(folder)}, graceMilliseconds: 60000 });
      process.stdout.write(String(started.value.facts.processId) + '\\n');
      setInterval(() => {}, 1000);`;
    const mortise = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [answer] = (await once(mortise.stdout, 'data')) as [Buffer];
    mortise.kill('SIGKILL');
    await once(mortise, 'exit');

    const site = await startIn(folder);
    expect(String(site.facts.processId)).toBe(answer.toString().trim());
    process.kill(site.facts.processId, 'SIGTERM');
    await endSite(site, folder);
  });

  it('keeps its port from one start to the next', async () => {
    const folder = await newFolder();
    const site = await startIn(folder);
    await site.close();
    await until(() => !isAlive(site.facts.processId));
    const again = await startIn(folder);
    expect(again.facts.port).toBe(site.facts.port);
    await endSite(again, folder);
  });

  it('says so when the port that was asked for is taken', async () => {
    const folder = await newFolder();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const started = await startTrainingSite({ folder, port });
    expect(started).toMatchObject({ ok: false, error: { code: 'training-port-taken' } });
    expect(!started.ok && started.error.sentence).toContain(String(port));
    other.close();
    await rm(folder, { recursive: true });
  });

  it('moves to a free port when another program took its own, and the service follows', async () => {
    const folder = await newFolder();
    const site = await startIn(folder);
    await site.close();
    await until(() => !isAlive(site.facts.processId));
    const other = createServer().listen(site.facts.port, '127.0.0.1');
    await once(other, 'listening');

    const again = await startIn(folder);
    expect(again.facts.port).not.toBe(site.facts.port);
    const config = await readFile(again.facts.configPath, 'utf8');
    expect(config).toContain(`Server=127.0.0.1,${again.facts.port};`);
    other.close();
    await endSite(again, folder);
  });

  it('says with which file to look when its process cannot start', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'machine.json'), 'not what it should be');
    const started = await startTrainingSite({ folder });
    expect(started).toMatchObject({ ok: false, error: { code: 'training-site-stopped' } });
    expect(!started.ok && started.error.sentence).toContain('site.log');
    await rm(folder, { recursive: true });
  });

  it('tells everyone who is attached when its process dies', async () => {
    const folder = await newFolder();
    const site = await startIn(folder);
    process.kill(site.facts.processId, 'SIGKILL');
    expect(await site.stopped).toMatchObject({ code: 'training-site-stopped' });
    expect(await site.firewall.read()).toMatchObject({ state: 'unknown', cause: { code: 'training-site-stopped' } });
    expect(await site.services.start('AcsService', 100)).toMatchObject({
      ok: false,
      error: { code: 'training-site-stopped' },
    });
    expect(await site.outsideProbe.probe([])).toMatchObject({ ok: false, error: { code: 'training-site-stopped' } });
    await rm(folder, { recursive: true });
  });
});
