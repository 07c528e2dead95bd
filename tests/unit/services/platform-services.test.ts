import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { systemClock } from '#electron/machine/clock.ts';
import { platformServices } from '#electron/services/platform-services.ts';

const adapterOn = (platform: NodeJS.Platform, systemdFolder: string) =>
  platformServices(systemClock, { platform, systemdFolder }).constructor.name;

describe('the services of a machine', () => {
  it('are those of Windows on Windows, wherever systemd may be', () => {
    expect(adapterOn('win32', '/nonexistent')).toBe('WindowsServices');
    expect(adapterOn('win32', tmpdir())).toBe('WindowsServices');
  });

  it('are those of systemd where it started the machine', () => {
    expect(adapterOn('linux', tmpdir())).toBe('SystemdServices');
  });

  it('are unknown elsewhere', async () => {
    for (const platform of ['linux', 'darwin'] as const) {
      const services = platformServices(systemClock, { platform, systemdFolder: '/nonexistent' });
      const reading = await services.inspect('acs');
      expect(reading.state === 'unknown' ? reading.cause.code : reading.state).toBe('services-no-adapter');
    }
  });
});
