import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { isLoopback } from '#shared/loopback.ts';
import { mapReading } from '#shared/reading.ts';
import type { Reading } from '#shared/reading.ts';
import type { Finding, ListenerSurvey } from '#shared/secure-mode.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import type { Firewall, OutsideProbe } from '#electron/firewall/firewall.ts';
import type { MachineListeners } from '#electron/listeners/listener-source.ts';
import { surveyMachine } from '#electron/listeners/survey-machine.ts';
import { listenersOf } from './network-view.ts';

/** What stands between SQL Server and the network: its listeners, the firewall, the other machine that tries. */
export interface SiteNetwork {
  readonly firewall: Firewall;
  readonly probe: OutsideProbe;
  survey(status: Reading<SiteStatus>): Promise<ListenerSurvey>;
  /** What bears on the block besides firewall and listeners. */
  besides(): readonly Finding[];
}

export interface SiteNetworkParts {
  readonly firewall: Firewall;
  readonly probe: OutsideProbe;
  readonly listeners: MachineListeners;
  /** The host that the site's profile names. */
  readonly host: string;
}

export function siteNetwork({ firewall, probe, listeners, host }: SiteNetworkParts): SiteNetwork {
  return {
    firewall,
    probe,
    survey: async (status) => await surveyMachine(mapReading(status, listenersOf), listeners),
    besides: () => (isThisMachine(host) ? [] : [elsewhere(host)]),
  };
}

/** One without a domain may be the other with its own; two with different domains are two machines. */
const isShortFor = (short: string, whole: string): boolean =>
  isIP(whole) === 0 && !short.includes('.') && short === whole.split('.')[0];

/** By its name or one of its addresses; nothing is looked up. */
function isThisMachine(host: string): boolean {
  const plain = host.toLowerCase();
  const name = hostname().toLowerCase();
  return (
    isLoopback(host) ||
    plain === '.' ||
    plain === '(local)' ||
    plain === name ||
    isShortFor(plain, name) ||
    isShortFor(name, plain) ||
    Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === plain))
  );
}

const elsewhere = (host: string): Finding => ({
  effect: 'doubts',
  sentence: `The profile names ${host}, which does not look like this machine, and only this machine's firewall is read.`,
  next: "Start Mortise on the machine that SQL Server runs on, or give the profile that machine's name.",
});
