import { mkdtemp } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { platformInstance } from '#electron/instance/platform-instance.ts';
import { instanceConfiguration } from '#electron/listeners/windows/instance-settings.ts';
import { systemClock } from '#electron/machine/clock.ts';
import { windowsRegistryReader } from '#electron/machine/windows-registry-reader.ts';
import { platformServices } from '#electron/services/platform-services.ts';
import { valueOf } from '#tests/unit/shared/result-of.ts';
import { accepts, instance, knownOf, transport, windowsSays } from './this-machine.ts';

const limit = 120_000;

const port = async () =>
  knownOf(await instanceConfiguration(windowsRegistryReader, transport, systemClock).find([])).find(
    ({ purpose }) => purpose === 'T-SQL',
  )?.port ?? 0;

describe('The instance of SQL Server, as Mortise switches it', () => {
  const services = platformServices(systemClock);

  it('is a service that Windows knows by that name, and runs', async () => {
    const { service } = instance();
    const status = knownOf(await services.inspect(service));
    expect(status.state).toBe('running');
    expect(await windowsSays(`(Get-CimInstance Win32_Service -Filter "Name='${service}'").ProcessId`)).toBe(
      status.processId,
    );
  });

  it('listens on its own machine alone after a restart, and everywhere again afterwards', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mortise-acceptance-'));
    const network = platformInstance({ transport, folder, clock: systemClock });
    const restart = async () => {
      valueOf(await services.stop(network.service, limit));
      valueOf(await services.start(network.service, limit));
    };
    expect(await accepts(await port(), hostname())).toBe(true);
    try {
      valueOf(await network.write('this-machine'));
      await restart();
      expect(await accepts(await port())).toBe(true);
      expect(await accepts(await port(), hostname())).toBe(false);
    } finally {
      valueOf(await network.write('everywhere'));
      await restart();
    }
    expect(knownOf(await network.read())).toBe('everywhere');
    expect(await accepts(await port(), hostname())).toBe(true);
  });
});
