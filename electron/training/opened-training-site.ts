import { succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { OpenedSite } from '#electron/site/opened-site.ts';
import { trainingProfile } from '#electron/site/training-profile.ts';
import { faultIds } from './faults.ts';
import type { ComposeOptions, ProgramLauncher } from '#electron/server/composition.ts';
import { simulatedMachine } from './simulated-machine.ts';
import type { Launcher } from './launcher.ts';
import { startTrainingSite } from './start-training-site.ts';

const launcher = ({ command, args, env }: ProgramLauncher): Launcher => ({ command, args: [...args], env: { ...env } });

/** The training site as any other site is opened; starts or joins its process. */
export async function openTrainingSite(
  folder: string,
  options: NonNullable<ComposeOptions['training']>,
): Promise<Result<OpenedSite>> {
  const { launchers, ...rest } = options;
  const started = await startTrainingSite({
    folder,
    ...rest,
    launchers: launchers && { site: launcher(launchers.site), service: launcher(launchers.service) },
  });
  if (!started.ok) return started;
  const site = started.value;
  const { host, port, ca, configPath, setup } = site.facts;
  return succeed({
    kind: 'training',
    profile: trainingProfile({ host, port, ca, serviceConfigPath: configPath }),
    firewall: site.firewall,
    probe: site.outsideProbe,
    ...simulatedMachine(),
    services: site.services,
    store: site.secretStore,
    lent: setup,
    faults: {
      list: async () => {
        const faults = await site.faults.list();
        return faults.ok ? succeed(faults.value.map(({ id, title, on }) => ({ id, title, on }))) : faults;
      },
      set: async (id, on) => {
        const known = faultIds.find((each) => each === id);
        if (known === undefined) throw new RangeError(`There is no fault called ${id}.`);
        return await site.faults.set({ id: known, on });
      },
    },
    close: async () => await site.close(),
  });
}
