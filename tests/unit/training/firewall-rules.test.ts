import { describe, expect, it } from 'vitest';
import { describeRules, passes } from '#electron/training/firewall-rules.ts';

const tcp = { address: '0.0.0.0', port: 1433, protocol: 'tcp', purpose: 'SQL Server' } as const;
const udp = { address: '0.0.0.0', port: 1434, protocol: 'udp', purpose: 'SQL Server Browser' } as const;

describe('the rules of the training firewall', () => {
  it('are one sentence a port, in the same order whatever the order of the listeners', () => {
    const both = { ...tcp, address: '::' };
    expect(describeRules([udp, both, tcp])).toEqual(describeRules([tcp, udp, both]));
    expect(describeRules([udp, both, tcp])).toEqual([
      'Training firewall: drop TCP 1433 (SQL Server) from every address but 127.0.0.1 and ::1',
      'Training firewall: drop UDP 1434 (SQL Server Browser) from every address but 127.0.0.1 and ::1',
    ]);
    expect(describeRules([])).toEqual([]);
  });

  it.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['127.0.0.2', false],
    ['::ffff:127.0.0.2', false],
    ['192.0.2.7', false],
    ['', false],
  ])('let %s through to a blocked port: %s', (address, through) => {
    expect(passes([tcp], { address, port: 1433, protocol: 'tcp' })).toBe(through);
  });

  it('are about the port and protocol that they name', () => {
    const remote = { address: '127.0.0.2', port: 1433 } as const;
    expect(passes([tcp], { ...remote, protocol: 'udp' })).toBe(true);
    expect(passes([tcp], { ...remote, port: 1434, protocol: 'tcp' })).toBe(true);
    expect(passes([], { ...remote, protocol: 'tcp' })).toBe(true);
  });
});
