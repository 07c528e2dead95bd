import type { Finding } from '#shared/secure-mode.ts';
import type { ServiceManager } from '#electron/services/windows/service-manager.ts';

/** The services without which Windows Firewall enforces nothing: its own, and the engine that filters for it. */
export const neededServices = ['MpsSvc', 'BFE'] as const;

export const stoppedService = (name: string): Finding => ({
  effect: 'voids',
  sentence: `The service ${name} of Windows Firewall does not run.`,
  next: 'Start the service, then refresh.',
});

/** What the service control manager says of them, in a millisecond: the registry does not change when one is stopped. */
export function serviceFindings(manager: Pick<ServiceManager, 'status'>): readonly Finding[] {
  return neededServices.flatMap((name): readonly Finding[] => {
    const status = manager.status(name);
    if (status.ok) return status.value.state === 'running' ? [] : [stoppedService(name)];
    const sentence = `Whether the service ${name} of Windows Firewall runs cannot be told (error ${status.code} of Windows).`;
    return [{ effect: 'doubts', sentence, next: 'Look at it in the list of services, then refresh.' }];
  });
}
