import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Listener } from '#shared/snapshot.ts';
import { describeRules, passes } from '../firewall-rules.ts';
import type { FaultSwitches } from './fault-switches.ts';
import type { MachineState } from './machine-state.ts';

export interface SimulatedFirewall {
  read(): { readonly rules: string[]; readonly blocked: Listener[]; readonly overriddenBy: string[] };
  block(listeners: readonly Listener[]): Promise<Result<null>>;
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
  const replaceRules = async (listeners: readonly Listener[]): Promise<Result<null>> => {
    if (faults.isOn('firewall-fails')) {
      return failed(failure('firewall-failed', { cause: 'the training fault "firewall-fails" is on' }));
    }
    await machine.change(() => ({ blocked: [...listeners] }));
    cut();
    return succeed(null);
  };
  return {
    read: () => {
      const { blocked } = machine.now();
      return { rules: [...describeRules(blocked)], blocked, overriddenBy: [] };
    },
    block: replaceRules,
    unblock: () => replaceRules([]),
    admits: (address, port) => passes(machine.now().blocked, { address, port, protocol: 'tcp' }),
  };
}
