import { win32 } from 'node:path';
import type { SqlTransport } from '#shared/server-address.ts';
import type { AtStart } from '#electron/at-start/at-start.ts';
import { scheduledTask } from '#electron/at-start/scheduled-task.ts';
import type { Clock } from '#electron/machine/clock.ts';
import { windowsRegistryReader } from '#electron/machine/windows-registry-reader.ts';
import { queryService } from '#electron/services/windows/service-calls.ts';
import type { Firewall } from '../firewall.ts';
import { netSecurityFirewall } from './netsecurity.ts';
import { WindowsPowerShell } from './powershell-host.ts';
import { serverProgram, systemRootOf } from './windows-facts.ts';

export interface ThisWindowsOptions {
  readonly clock: Clock;
  /** How the site reaches SQL Server: it names the instance, and so its program. */
  readonly transport: SqlTransport;
  /** Where the task at a start finds its request; only administrators may write there. */
  readonly stateFolder: string;
}

/** The firewall of this Windows machine, and the task that puts the block up when it starts. */
export function thisWindows({ clock, transport, stateFolder }: ThisWindowsOptions): {
  readonly firewall: Firewall;
  readonly atStart: AtStart;
} {
  const registry = windowsRegistryReader;
  const systemRoot = systemRootOf(registry);
  const program = serverProgram(registry, transport);
  const parts = {
    clock,
    registry,
    host: new WindowsPowerShell({ systemRoot }),
    ...(program === undefined ? {} : { program }),
  };
  const request = win32.join(stateFolder, 'secure-mode-at-start.json');
  return {
    firewall: netSecurityFirewall({ ...parts, services: { status: queryService } }),
    atStart: scheduledTask({ ...parts, systemRoot, request }),
  };
}
