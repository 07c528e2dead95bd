import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

// After packing: reads back from the packed program what electron-builder.yml asked for. Exits non-zero where it differs.

const root = path.join(import.meta.dirname, '..');

/** Every fuse that this Electron may have, with the state it must be in. */
const wanted: readonly (readonly [name: keyof typeof FuseV1Options, on: boolean])[] = [
  ['RunAsNode', false],
  ['EnableCookieEncryption', true],
  ['EnableNodeOptionsEnvironmentVariable', false],
  ['EnableNodeCliInspectArguments', false],
  ['EnableEmbeddedAsarIntegrityValidation', true],
  ['OnlyLoadAppFromAsar', true],
  ['LoadBrowserProcessSpecificV8Snapshot', false],
  ['GrantFileProtocolExtraPrivileges', false],
];

const programs = [
  ['dist/linux-unpacked', 'mortise-window'],
  ['dist/win-unpacked', 'Mortise.exe'],
] as const;

/** Where the module lies that calls Windows; it has no business elsewhere. */
const windowsOnly = [
  'cli/node_modules/koffi',
  'cli/node_modules/@koromix',
  'resources/app.asar.unpacked/node_modules/@koromix',
];

/** What is wrong with one packed program, in sentences. */
async function faultsOf(folder: string, program: string): Promise<readonly string[]> {
  const wire = await getCurrentFuseWire(path.join(root, folder, program));
  const faults = wanted.flatMap(([name, on]) => {
    const state = wire[FuseV1Options[name]];
    if (state === undefined || state === FuseState.REMOVED) return [`the fuse ${name} does not exist`];
    return (state === FuseState.ENABLE) === on ? [] : [`the fuse ${name} is ${on ? 'off' : 'on'}`];
  });
  const resources = readdirSync(path.join(root, folder, 'resources'));
  for (const stranger of ['app', 'default_app.asar']) {
    if (resources.includes(stranger)) faults.push(`resources/${stranger} is a second program`);
  }
  for (const needed of [
    'cli/main/mortise.js',
    'cli/main/site-process.js',
    'cli/main/service-call-worker.js',
    'cli/main/objects',
    'cli/main/statements',
    'cli/main/scripts/block.ps1',
  ]) {
    if (!existsSync(path.join(root, folder, needed))) faults.push(`${needed} is missing`);
  }
  for (const place of windowsOnly) {
    const there = existsSync(path.join(root, folder, place));
    if (there !== program.endsWith('.exe')) faults.push(`${place} is ${there ? 'there' : 'missing'}`);
  }
  return faults;
}

const packed = programs.filter(([folder, program]) => existsSync(path.join(root, folder, program)));
if (packed.length === 0) {
  console.error('Nothing was packed.');
  process.exitCode = 1;
}
for (const [folder, program] of packed) {
  const faults = await faultsOf(folder, program);
  for (const fault of faults) console.error(`${folder}: ${fault}.`);
  if (faults.length > 0) process.exitCode = 1;
  else console.log(`${folder}: fuses and files are as they should be.`);
}
