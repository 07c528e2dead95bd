import type { Failure } from '#shared/errors.ts';
import type { RegistryReader } from '#electron/machine/registry-reader.ts';
import { firewallKeys } from '../firewall-registry/firewall-registry.ts';
import type { Watch } from '../firewall.ts';
import { registryFailure } from './registry-look.ts';

/** Windows writes a rule in several steps, and a policy many rules at once; in milliseconds. */
const together = 50;

/** Tells of changes in the keys of Windows Firewall: its rules, its profiles, and what policies say of both. */
export function watchFirewallRegistry(
  registry: RegistryReader,
  changed: () => void,
  ended: (why: Failure) => void,
): Watch {
  const waits = new Map<number, () => void>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const close = () => {
    closed = true;
    clearTimeout(timer);
    for (const end of waits.values()) end();
    waits.clear();
  };
  const arm = (index: number) => {
    const path = firewallKeys[index];
    if (closed || path === undefined) return;
    try {
      waits.set(
        index,
        registry.onceChanged(path, () => {
          // Waiting goes on before anybody reads, so that no change falls between the two.
          arm(index);
          clearTimeout(timer);
          if (!closed) timer = setTimeout(changed, together);
        }),
      );
    } catch (error) {
      const why = registryFailure(error);
      close();
      queueMicrotask(() => ended(why));
    }
  };
  for (const index of firewallKeys.keys()) arm(index);
  return {
    close: async () => {
      close();
      await Promise.resolve();
    },
  };
}
