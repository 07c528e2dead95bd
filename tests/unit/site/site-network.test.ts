import { hostname } from 'node:os';
import { describe, expect, it, vi } from 'vitest';
import { noFirewall } from '#electron/firewall/no-firewall.ts';
import { noOutsideProbe } from '#electron/firewall/no-outside-probe.ts';
import { siteNetwork } from '#electron/site/site-network.ts';
import { simulatedMachine } from '#electron/training/simulated-machine.ts';
import { now } from './sample-status.ts';

vi.mock('node:os', async (original) => ({
  ...(await original<object>()),
  hostname: vi.fn<() => string>(),
}));

const clock = { now: () => now };

function doubts(host: string, machine: string): number {
  vi.mocked(hostname).mockReturnValue(machine);
  const { listeners } = simulatedMachine(clock);
  return siteNetwork({ firewall: noFirewall(clock), probe: noOutsideProbe, listeners, host }).besides().length;
}

describe('Whether SQL Server is on this machine', () => {
  it.each([
    ['127.0.0.1', 'acs-srv', 0],
    ['localhost', 'acs-srv', 0],
    ['ACS-SRV', 'acs-srv', 0],
    ['acs-srv.site.example', 'ACS-SRV', 0],
    ['acs-srv', 'acs-srv.site.example', 0],
    ['acs-srv.other.example', 'acs-srv.site.example', 1],
    ['acs-srv-2', 'acs-srv', 1],
    ['198.51.100.7', '198', 1],
  ])('is told of the host %s on the machine %s', (host, machine, expected) => {
    expect(doubts(host, machine)).toBe(expected);
  });
});
