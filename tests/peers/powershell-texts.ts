import { readFileSync } from 'node:fs';
import { scriptNames, scriptPath } from '#electron/firewall/netsecurity/scripts.ts';

/** A text of the product that Windows PowerShell 5.1 runs. */
export interface PowerShellText {
  readonly name: string;
  readonly text: string;
  /**
   * constrained: runs on the server, also where policy allows the ConstrainedLanguage mode only. full: runs on a client
   * machine, and may use types of .NET.
   */
  readonly language: 'constrained' | 'full';
}

/** Every text of the product in PowerShell. Whoever adds one enters it here, and it is judged. */
export function powerShellTexts(): readonly PowerShellText[] {
  return scriptNames.map((name) => ({
    name: `${name}.ps1`,
    text: readFileSync(scriptPath(name), 'utf8'),
    language: 'constrained',
  }));
}
