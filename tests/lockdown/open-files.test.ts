import { readdirSync, readlinkSync } from 'node:fs';
import { expect, it } from 'vitest';
import { change, newStateFolder, openMortise, removeStateFolder, valueOf } from './open-mortise.ts';

/** The files below a folder that this process holds open. */
function openBelow(folder: string): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${descriptor}`);
      return path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [];
    } catch {
      // The one that lists the folder itself.
      return [];
    }
  });
}

it('leaves no file open when it is closed, and only the trail while it stands', async () => {
  const stateFolder = await newStateFolder();
  const mortise = await openMortise({ stateFolder });
  await mortise.snapshot();
  valueOf(await change(mortise.client.rotation.rotate, { login: 'acs_service' }));
  const standing = openBelow(stateFolder);
  await mortise.close();
  const closed = openBelow(stateFolder);
  await removeStateFolder(stateFolder);
  expect(standing).toEqual(['trail.log']);
  expect(closed).toEqual([]);
});
