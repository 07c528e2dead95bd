import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { foreignNativeModule, hashOf } from '#electron/shell/native-modules.ts';

it('A native module that is not the one that was built is found before it is loaded', () => {
  const unpacked = mkdtempSync(path.join(tmpdir(), 'mortise-native-'));
  const name = 'keytar/prebuilds/linux-x64/keytar.node';
  const place = path.join(unpacked, name);
  mkdirSync(path.dirname(place), { recursive: true });
  const built = Buffer.from('as it was built');
  const hashes = JSON.stringify({ [name]: hashOf(built), 'keytar/prebuilds/win32-x64/keytar.node': hashOf(built) });
  writeFileSync(place, built);
  expect(foreignNativeModule(hashes, unpacked)).toBeUndefined();
  writeFileSync(place, 'exchanged');
  expect(foreignNativeModule(hashes, unpacked)).toBe(name);
});
