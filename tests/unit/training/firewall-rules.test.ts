import { describe, expect, it } from 'vitest';
import type { Listener } from '#shared/secure-mode.ts';
import { describeRules, passes } from '#electron/training/firewall-rules.ts';

const tcp = { address: '0.0.0.0', port: 1433, protocol: 'tcp', purpose: 'SQL Server' } as const;
const udp = { address: '0.0.0.0', port: 1434, protocol: 'udp', purpose: 'SQL Server Browser' } as const;

const now = new Date('2026-11-21T22:00:00.000Z');
const blocking = (...listeners: Listener[]) => ({ listeners, allowed: [] });

describe('the rules of the training firewall', () => {
  it('are one sentence a port, in the same order whatever the order of the listeners', () => {
    const both = { ...tcp, address: '::' };
    expect(describeRules(blocking(udp, both, tcp))).toEqual(describeRules(blocking(tcp, udp, both)));
    expect(describeRules(blocking(udp, both, tcp))).toEqual([
      'Training firewall: drop TCP 1433 (SQL Server) from every address but 127.0.0.1 and ::1',
      'Training firewall: drop UDP 1434 (SQL Server Browser) from every address but 127.0.0.1 and ::1',
    ]);
    expect(describeRules(blocking())).toEqual([]);
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
    expect(passes(blocking(tcp), { address, port: 1433, protocol: 'tcp' }, now)).toBe(through);
  });

  it('are about the port and protocol that they name', () => {
    const remote = { address: '127.0.0.2', port: 1433 } as const;
    expect(passes(blocking(tcp), { ...remote, protocol: 'udp' }, now)).toBe(true);
    expect(passes(blocking(tcp), { ...remote, port: 1434, protocol: 'tcp' }, now)).toBe(true);
    expect(passes(blocking(), { ...remote, protocol: 'tcp' }, now)).toBe(true);
  });

  it('let an allowed address through until its time has passed, and say so', () => {
    const block = {
      listeners: [tcp],
      allowed: [{ address: '192.0.2.0/28', until: '2026-11-21T23:00:00.000Z' }],
    };
    const client = { address: '::ffff:192.0.2.7', port: 1433, protocol: 'tcp' } as const;
    expect(passes(block, client, now)).toBe(true);
    expect(passes(block, { ...client, address: '192.0.2.17' }, now)).toBe(false);
    expect(passes(block, client, new Date('2026-11-21T23:00:00.000Z'))).toBe(false);
    expect(describeRules(block)).toEqual([
      'Training firewall: drop TCP 1433 (SQL Server) from every address but 127.0.0.1 and ::1 and 192.0.2.0/28',
    ]);
  });
});
