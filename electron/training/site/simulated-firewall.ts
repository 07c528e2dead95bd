import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { AllowedAddress, Listener } from '#shared/secure-mode.ts';
import { stillAllowed } from '#electron/firewall/still-allowed.ts';
import { describeRules, passes } from '../firewall-rules.ts';
import type { SimulatedBlock } from '../firewall-rules.ts';
import type { FaultSwitches } from './fault-switches.ts';
import type { MachineState } from './machine-state.ts';

export interface SimulatedFirewall {
  read(): Promise<{ readonly rules: string[]; readonly blocked: Listener[]; readonly allowed: AllowedAddress[] }>;
  block(block: SimulatedBlock): Promise<Result<null>>;
  unblock(): Promise<Result<null>>;
  admits(address: string, port: number): boolean;
}

export interface SimulatedFirewallOptions {
  readonly machine: MachineState;
  readonly faults: FaultSwitches;
  /** Cuts the connections that the rules no longer let through. */
  readonly cut: () => void;
}

/** Stands in front of SQL Server's socket: rules outlive the process, as those of an operating system do. */
export function createSimulatedFirewall({ machine, faults, cut }: SimulatedFirewallOptions): SimulatedFirewall {
  const holds = (): SimulatedBlock => {
    const { blocked, allowed } = machine.now();
    return { listeners: blocked, allowed: stillAllowed(allowed, new Date()) };
  };
  const put = async ({ listeners, allowed }: SimulatedBlock): Promise<void> => {
    await machine.change(() => ({ blocked: [...listeners], allowed: [...allowed] }));
    cut();
  };
  const replaceRules = async (block: SimulatedBlock): Promise<Result<null>> => {
    if (faults.isOn('firewall-fails')) {
      return failed(failure('firewall-failed', { cause: 'the training fault "firewall-fails" is on' }));
    }
    await put(block);
    return succeed(null);
  };
  return {
    read: async () => {
      if (faults.isOn('firewall-flushed')) {
        faults.set({ id: 'firewall-flushed', on: false });
        await put({ listeners: [], allowed: [] });
      }
      const block = holds();
      return { rules: [...describeRules(block)], blocked: [...block.listeners], allowed: [...block.allowed] };
    },
    block: replaceRules,
    unblock: () => replaceRules({ listeners: [], allowed: [] }),
    admits: (address, port) => passes(holds(), { address, port, protocol: 'tcp' }, new Date()),
  };
}
