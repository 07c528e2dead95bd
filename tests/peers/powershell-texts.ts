import { readFileSync } from 'node:fs';
import { powershellText } from '#electron/probe/powershell-text.ts';
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
  const scripts = scriptNames.map((name): PowerShellText => ({
    name: `${name}.ps1`,
    text: readFileSync(scriptPath(name), 'utf8'),
    language: 'constrained',
  }));
  return [...scripts, probe];
}

/** The probe as an engineer pastes it on a client machine. */
const probe: PowerShellText = {
  name: 'the probe for a client machine',
  text: powershellText({
    addresses: ['192.0.2.10', '2001:db8::10'],
    ports: [
      { protocol: 'tcp', port: 1433 },
      { protocol: 'udp', port: 1434 },
    ],
    nonce: 'K7QD-93MX-F2WA-8TRC',
  }),
  language: 'full',
};
