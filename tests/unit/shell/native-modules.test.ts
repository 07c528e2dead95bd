import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { foreignNativeModule, hashOf } from '#electron/shell/native-modules.ts';

it('A native module that is not the one that was built is found before it is loaded', () => {
  const unpacked = mkdtempSync(path.join(tmpdir(), 'mortise-native-'));
  mkdirSync(path.join(unpacked, 'linux-x64'));
  const place = path.join(unpacked, 'linux-x64/keytar.node');
  const built = Buffer.from('as it was built');
  const hashes = JSON.stringify({ 'linux-x64/keytar.node': hashOf(built), 'win32-x64/keytar.node': hashOf(built) });
  writeFileSync(place, built);
  expect(foreignNativeModule(hashes, unpacked)).toBeUndefined();
  writeFileSync(place, 'exchanged');
  expect(foreignNativeModule(hashes, unpacked)).toBe('linux-x64/keytar.node');
});
