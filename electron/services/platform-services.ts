import { existsSync } from 'node:fs';
import type { Clock } from '#electron/machine/clock.ts';
import { noServices } from './no-services.ts';
import type { Services } from './services.ts';
import { systemdServices } from './systemd/systemd-services.ts';
import { nativeServiceManager } from './windows/native-service-manager.ts';
import { windowsServices } from './windows/windows-services.ts';

/** What decides which service control a machine has; this one's unless a test says otherwise. */
export interface MachineTraits {
  readonly platform: NodeJS.Platform;
  /** There where the machine was started by systemd, and not where it is only installed (sd_booted(3)). */
  readonly systemdFolder: string;
}

const thisMachine: MachineTraits = { platform: process.platform, systemdFolder: '/run/systemd/system' };

/** The services of this machine: those of Windows or of systemd; elsewhere every state is unknown. */
export function platformServices(clock: Clock, { platform, systemdFolder } = thisMachine): Services {
  if (platform === 'win32') return windowsServices({ manager: nativeServiceManager, clock });
  if (platform === 'linux' && existsSync(systemdFolder)) return systemdServices({ clock });
  return noServices(clock);
}
