import type { Credential } from '#electron/database/site-database.ts';
import type { AtStart } from '#electron/at-start/at-start.ts';
import type { Firewall, OutsideProbe } from '#electron/firewall/firewall.ts';
import type { InstanceNetwork } from '#electron/instance/instance-network.ts';
import type { MachineListeners } from '#electron/listeners/listener-source.ts';
import type { PractisedFaults } from '#electron/operations/training-fault.ts';
import type { SecretStore } from '#electron/secrets/secret-store.ts';
import type { Services } from '#electron/services/services.ts';
import type { SiteProfile } from '#shared/site-profile.ts';

/** A site with everything that differs between the training site and a real one. */
export interface OpenedSite {
  readonly kind: 'training' | 'real';
  readonly profile: SiteProfile;
  readonly firewall: Firewall;
  readonly probe: OutsideProbe;
  readonly listeners: MachineListeners;
  readonly atStart: AtStart;
  readonly instance: InstanceNetwork;
  readonly services: Services;
  readonly store: SecretStore;
  /** The administrator that the training site lends; a real site lends none. */
  readonly lent: Credential | undefined;
  readonly faults: PractisedFaults;
  close(): Promise<void>;
}
