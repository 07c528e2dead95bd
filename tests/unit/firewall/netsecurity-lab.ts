import { expect } from 'vitest';
import type { Failure } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import type { AllowedAddress, Listener } from '#shared/secure-mode.ts';
import type { Block, FirewallState } from '#electron/firewall/firewall.ts';
import { MemoryWindows } from '#electron/firewall/netsecurity/memory-windows.ts';
import { netSecurityFirewall } from '#electron/firewall/netsecurity/netsecurity.ts';

export const policy = String.raw`SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy`;
export const rulesKey = `${policy}\\FirewallRules`;

export const listener = (port: number, protocol: 'tcp' | 'udp' = 'tcp', purpose = 'T-SQL'): Listener => ({
  protocol,
  port,
  address: '0.0.0.0',
  purpose,
});

export const listeners = [
  listener(50_123),
  listener(1433),
  listener(1434),
  listener(1434, 'udp', 'SQL Server Browser'),
];
export const block = (allowed: readonly AllowedAddress[] = []): Block => ({ listeners, allowed });

/** Windows Firewall on a Windows in memory, at noon. */
export function open(options: { readonly program?: string } = {}) {
  const windows = new MemoryWindows();
  let now = new Date('2026-11-21T12:00:00Z');
  const clock = { now: () => now };
  const firewall = netSecurityFirewall({ clock, host: windows, registry: windows, settle: 100, ...options });
  return {
    windows,
    clock,
    firewall,
    later: (time: string) => {
      now = new Date(time);
    },
    state: async (thorough = false): Promise<FirewallState> => {
      const read = await firewall.read({ thorough });
      if (read.state === 'unknown') throw new Error(read.cause.sentence);
      return read.value;
    },
    names: () => [...windows.rules.keys()].map((name) => name.replace(/-[0-9a-f]{12}-/u, '-*-')).toSorted(),
    texts: () =>
      [...windows.rules.values()].map(({ bytes }) => Buffer.from(bytes).toString('utf16le').replace(/\0$/u, '')),
  };
}

export const fault = (result: Result<unknown>): string =>
  result.ok ? 'it worked' : `${result.error.code}: ${result.error.sentence}`;
export const ok = (result: Result<unknown>) => expect(fault(result)).toBe('it worked');
export const codeOf = async (reading: Promise<{ readonly state: string; readonly cause?: Failure }>) =>
  (await reading).cause?.code;
