import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Block, Firewall, FirewallState } from '#electron/firewall/firewall.ts';
import type { BlockedPort } from '#shared/secure-mode.ts';

/** A firewall to try the contract on. */
export interface FirewallUnderTest {
  readonly firewall: Firewall;
  /** Rules of somebody else, in whatever form; left out where there is nobody else. */
  readonly foreign?: { put(): Promise<void>; read(): Promise<string> };
  close(): Promise<void>;
}

const nothing: FirewallState = { rules: [], blocked: [], allowed: [], findings: [] };

const blockOf = (ports: readonly BlockedPort[], allowed: Block['allowed'] = []): Block => ({
  listeners: ports.map((port) => ({ ...port, address: '0.0.0.0', purpose: 'SQL Server' })),
  allowed,
});
const usual: readonly BlockedPort[] = [
  { protocol: 'tcp', port: 1433 },
  { protocol: 'tcp', port: 50_123 },
  { protocol: 'udp', port: 1434 },
];
const inOrder = (ports: readonly BlockedPort[]) => ports.map(({ protocol, port }) => `${protocol} ${port}`).toSorted();

const byAddress = (a: { readonly address: string }, b: { readonly address: string }) =>
  a.address < b.address ? -1 : 1;

/** What every adapter of the port Firewall does. Starts with a firewall that has no rules of Mortise. */
export function itIsAFirewall(open: () => Promise<FirewallUnderTest>): void {
  describe('as every firewall', () => {
    let under: FirewallUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());

    const state = async () => {
      const reading = await under.firewall.read({ thorough: true });
      if (reading.state === 'unknown') throw new Error(reading.cause.sentence);
      return reading.value;
    };
    const block = async (what: Block) => expect(await under.firewall.block(what)).toMatchObject({ ok: true });
    const unblock = async () => expect(await under.firewall.unblock()).toMatchObject({ ok: true });

    it('reads nothing where there is nothing, though a block was described', async () => {
      expect(under.firewall.describe(blockOf(usual)).length).toBeGreaterThan(0);
      expect(await state()).toEqual(nothing);
    });

    it('blocks exactly the ports that it was given, and says so in the words that it described', async () => {
      const described = under.firewall.describe(blockOf(usual));
      await block(blockOf(usual));
      const { blocked, rules, allowed, findings } = await state();
      expect(inOrder(blocked)).toEqual(inOrder(usual));
      expect(rules).toEqual(described);
      expect({ allowed, findings }).toEqual({ allowed: [], findings: [] });
    });

    it('takes two listeners of one port for one rule', async () => {
      await block(blockOf([...usual, ...usual.map((port) => ({ ...port }))]));
      expect(inOrder((await state()).blocked)).toEqual(inOrder(usual));
    });

    it('is the same after the same block again', async () => {
      await block(blockOf(usual));
      const first = await state();
      await block(blockOf(usual));
      expect(await state()).toEqual(first);
    });

    it('is replaced by a block of other ports', async () => {
      const other: readonly BlockedPort[] = [
        { protocol: 'tcp', port: 1433 },
        { protocol: 'tcp', port: 49_777 },
      ];
      await block(blockOf(usual));
      await block(blockOf(other));
      expect(inOrder((await state()).blocked)).toEqual(inOrder(other));
    });

    it('gives back who is allowed, and until when', async () => {
      const allowed = [
        { address: '192.0.2.7', until: null },
        { address: '198.51.100.0/24', until: null },
        { address: '2001:db8::7', until: new Date(Date.now() + 3_600_000).toISOString() },
      ];
      await block(blockOf(usual, allowed));
      const read = await state();
      expect(read.allowed.toSorted(byAddress)).toEqual(allowed.toSorted(byAddress));
      expect(inOrder(read.blocked)).toEqual(inOrder(usual));
      await block(blockOf(usual));
      expect((await state()).allowed).toEqual([]);
    });

    it('lets nobody through whose time has passed', async () => {
      await block(blockOf(usual, [{ address: '192.0.2.7', until: new Date(Date.now() - 60_000).toISOString() }]));
      expect((await state()).allowed).toEqual([]);
    });

    it('leaves nothing behind, however often it is taken back', async () => {
      await unblock();
      expect(await state()).toEqual(nothing);
      await block(blockOf(usual, [{ address: '192.0.2.7', until: null }]));
      await unblock();
      expect(await state()).toEqual(nothing);
      await unblock();
      expect(await state()).toEqual(nothing);
    });

    it('leaves the rules of others as they are', async () => {
      const { foreign } = under;
      await foreign?.put();
      const before = await foreign?.read();
      await block(blockOf(usual));
      await unblock();
      expect(await foreign?.read()).toBe(before);
    });

    it('holds 500 listeners', async () => {
      const many = Array.from({ length: 500 }, (_, index) => ({ protocol: 'tcp' as const, port: 20_000 + 7 * index }));
      await block(blockOf(many));
      expect(inOrder((await state()).blocked)).toEqual(inOrder(many));
    });
  });
}
