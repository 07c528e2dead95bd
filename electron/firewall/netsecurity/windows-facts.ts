import { win32 } from 'node:path';
import type { SqlTransport } from '#shared/server-address.ts';
import { decodeRegistryText } from '#electron/consumers/registry-text.ts';
import { instanceFor, NoInstance } from '#electron/instance/windows/instance-registry.ts';
import type { RegistryReader } from '#electron/machine/registry-reader.ts';
import { RegistryError } from '#electron/machine/registry.ts';

function textAt(registry: RegistryReader, names: readonly string[], name: string): string | undefined {
  const look = registry.look({ hive: 'HKEY_LOCAL_MACHINE', names, view: '64-bit' });
  const [, value] = [...(look?.values ?? [])].find(([each]) => each.toLowerCase() === name.toLowerCase()) ?? [];
  if (value === undefined) return undefined;
  const text = decodeRegistryText(value);
  return typeof text === 'string' ? undefined : text.text;
}

/**
 * The folder that Windows is in. Its own key says it, which only administrators may write; the environment of an account
 * is that account's to change, and would then choose the program that runs with an administrator's rights.
 */
export function systemRootOf(registry: RegistryReader): string {
  const root = textAt(registry, ['SOFTWARE', 'Microsoft', 'Windows NT', 'CurrentVersion'], 'SystemRoot');
  return root !== undefined && win32.isAbsolute(root) ? root : String.raw`C:\Windows`;
}

/** The full path of sqlservr.exe of the instance that a site uses; undefined where it cannot be told. */
export function serverProgram(registry: RegistryReader, transport: SqlTransport): string | undefined {
  try {
    const { network } = instanceFor(registry, transport);
    // SOFTWARE\Microsoft\Microsoft SQL Server\<instance id>
    const folder = textAt(registry, [...network.names.slice(0, 4), 'Setup'], 'SQLBinRoot');
    return folder !== undefined && win32.isAbsolute(folder) ? win32.join(folder, 'sqlservr.exe') : undefined;
  } catch (error) {
    if (error instanceof NoInstance || error instanceof RegistryError) return undefined;
    throw error;
  }
}
