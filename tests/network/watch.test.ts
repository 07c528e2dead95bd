import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nftablesFirewall } from '#electron/firewall/nftables/nftables.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { LabHost } from './lab-host.ts';
import { rightsHere } from './rights-here.ts';

const program = fileURLToPath(new URL('watching-process.ts', import.meta.url));

async function below(parent: number): Promise<readonly number[]> {
  const children: number[] = [];
  for (const name of (await readdir('/proc')).filter((each) => /^\d+$/u.test(each))) {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    if (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] === String(parent)) children.push(Number(name));
  }
  return [...children, ...(await Promise.all(children.map(below))).flat()];
}

const namesOf = (pids: readonly number[]) =>
  pids.map((pid) =>
    spawnSync('/bin/cat', [`/proc/${pid}/comm`])
      .stdout.toString()
      .trim(),
  );

for (const rights of rightsHere()) {
  describe(`the watch, ${rights}`, () => {
    let host: LabHost;
    beforeEach(async () => {
      host = await LabHost.open({ ownUser: rights !== 'as root' });
    });
    afterEach(() => host.close());

    it('leaves no process behind when the process that watches is killed', async () => {
      const child = spawn(host.enter[0] ?? '', [...host.enter.slice(1), process.execPath, program]);
      await once(child.stdout, 'data');
      await expect.poll(async () => namesOf(await below(child.pid ?? 0)), { timeout: 5_000 }).toContain('nft');
      const started = await below(child.pid ?? 0);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await expect.poll(() => started.filter((pid) => existsSync(`/proc/${pid}`)), { timeout: 5_000 }).toEqual([]);
    });

    it('leaves no process behind when it is closed, and says nothing more', async () => {
      const before = await below(process.pid);
      const told: string[] = [];
      const firewall = nftablesFirewall({ clock: systemClock, privileged: host.privileged() });
      const watch = firewall.watch(
        () => told.push('changed'),
        ({ sentence }) => told.push(sentence),
      );
      const since = async () => (await below(process.pid)).filter((pid) => !before.includes(pid));
      await expect.poll(async () => namesOf(await since()), { timeout: 5_000 }).toContain('nft');
      await watch.close();
      expect(namesOf(await since())).not.toContain('nft');
      await host.run('/usr/sbin/nft', 'add table ip later');
      expect(told).toEqual([]);
    });

    it('tells why when nft is ended from outside', async () => {
      const before = await below(process.pid);
      const firewall = nftablesFirewall({ clock: systemClock, privileged: host.privileged() });
      const why = new Promise<string>((resolve) => {
        firewall.watch(
          () => undefined,
          ({ sentence }) => resolve(sentence),
        );
      });
      const nft = async () => {
        const started = (await below(process.pid)).filter((pid) => !before.includes(pid));
        return started[namesOf(started).indexOf('nft')];
      };
      await expect.poll(nft, { timeout: 5_000 }).toBeGreaterThan(0);
      process.kill((await nft()) ?? 0, 'SIGKILL');
      expect(await why).toBe('The firewall cannot be read: nft was ended from outside (signal 9).');
    });
  });
}
