import { join, sep } from 'node:path';

/** The scripts that Windows PowerShell runs for Mortise. They stand in .ps1 files, so that an administrator can read and sign them. */
export const scriptNames = ['read', 'block', 'unblock', 'at-start'] as const;
export type ScriptName = (typeof scriptNames)[number];

const packed = `${sep}app.asar${sep}`;

/**
 * Where PowerShell finds them: beside this file, or beside the bundle that it is part of. The window's bundle lies in an
 * archive that only Electron reads; the same scripts lie beside the command line's.
 */
export function scriptPath(script: ScriptName, beside = import.meta.dirname): string {
  const [outside] = beside.split(packed);
  const folder = outside !== undefined && outside !== beside ? join(outside, '..', 'cli', 'main') : beside;
  return join(folder, 'scripts', `${script}.ps1`);
}
