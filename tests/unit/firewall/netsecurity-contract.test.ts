import { describe } from 'vitest';
import { MemoryWindows, textValue } from '#electron/firewall/netsecurity/memory-windows.ts';
import { netSecurityFirewall } from '#electron/firewall/netsecurity/netsecurity.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { itIsAFirewall } from './firewall-contract.ts';
import { program } from './firewall-hives-contract.ts';
import { rulesKey } from './netsecurity-lab.ts';

describe.each([
  ['without the program of SQL Server', {}],
  ['with it', { program }],
])('Windows Firewall, %s', (_, options) => {
  itIsAFirewall(async () => {
    const windows = new MemoryWindows();
    const firewall = netSecurityFirewall({ clock: systemClock, host: windows, registry: windows, ...options });
    const somebody = 'v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=1433|Name=SQL Server|EmbedCtxt=Mortise|';
    return await Promise.resolve({
      // A quick reading is in doubt until Windows Firewall itself was asked.
      firewall: { ...firewall, read: async () => await firewall.read({ thorough: true }) },
      foreign: {
        put: async () => {
          windows.write(rulesKey, 'Somebody', textValue(somebody));
          await Promise.resolve();
        },
        read: async () => await Promise.resolve(JSON.stringify([...windows.rules])),
      },
      close: async () => await Promise.resolve(),
    });
  });
});
