import type { RegistryKeyPath, RegistryView } from '#electron/machine/registry.ts';

const hives: Readonly<Record<string, RegistryKeyPath['hive']>> = {
  HKEY_LOCAL_MACHINE: 'HKEY_LOCAL_MACHINE',
  HKEY_USERS: 'HKEY_USERS',
};

/** Windows takes 255 characters for the name of a key ("Registry element size limits"). */
const longestName = 255;

/** The key that a text names; a text that says why it names none that is used here. */
export function parseRegistryKey(text: string, view: RegistryView): RegistryKeyPath | string {
  if (text.startsWith('\\')) return 'it lies on another machine';
  const [first = '', ...names] = text.split('\\');
  const hive = hives[first.toUpperCase()];
  if (hive === undefined) {
    return /^(?:HKEY_CURRENT_USER|HKCU)$/i.test(first)
      ? 'HKEY_CURRENT_USER is another key for each account; name it in HKEY_USERS'
      : 'its key does not begin with HKEY_LOCAL_MACHINE or HKEY_USERS';
  }
  if (names.length === 0) return 'it names no key below the hive';
  if (names.some((name) => name === '' || name.length > longestName || /\p{Cc}/u.test(name))) {
    return 'one of the names in its key is none';
  }
  return { hive, names, view };
}
