import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RegistryValue } from '#electron/machine/registry.ts';

/** Exports of the registry (regedit 5.00) as they lie beside this file. */
export const hivePath = (name: string) => join(import.meta.dirname, 'hives', `${name}.reg`);

export const hives = [
  'blocked',
  'group-policy',
  'merge-off',
  'profile-off',
  'rule-disabled',
  'rule-edited',
  'bypass',
] as const;
export type Hive = (typeof hives)[number];

const unescaped = (text: string) => text.replaceAll(/\\(["\\])/gu, '$1');

function valueOf(text: string): RegistryValue {
  const number = /^dword:([0-9a-f]{8})$/u.exec(text)?.[1];
  if (number !== undefined) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(Number.parseInt(number, 16));
    return { type: 4, bytes };
  }
  const quoted = /^"(.*)"$/u.exec(text)?.[1];
  if (quoted === undefined) throw new Error(`This is no value of a .reg file: ${text}`);
  return { type: 1, bytes: Buffer.from(`${unescaped(quoted)}\0`, 'utf16le') };
}

/** The keys of an export with their values, from HKEY_LOCAL_MACHINE down. */
export async function readHive(name: Hive): Promise<Map<string, Map<string, RegistryValue>>> {
  const keys = new Map<string, Map<string, RegistryValue>>();
  let values: Map<string, RegistryValue> | undefined;
  for (const line of (await readFile(hivePath(name), 'utf8')).split(/\r?\n/u)) {
    const key = /^\[HKEY_LOCAL_MACHINE\\(.+)\]$/u.exec(line)?.[1];
    if (key !== undefined) {
      values = new Map();
      keys.set(key, values);
      continue;
    }
    const [, id, text] = /^"((?:[^"\\]|\\.)+)"=(.+)$/u.exec(line) ?? [];
    if (id !== undefined && text !== undefined) values?.set(unescaped(id), valueOf(text));
  }
  return keys;
}
