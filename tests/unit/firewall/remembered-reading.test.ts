import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { known, unknown } from '#shared/reading.ts';
import { succeed } from '#shared/result.ts';
import type { Firewall } from '#electron/firewall/firewall.ts';
import { noFirewall } from '#electron/firewall/no-firewall.ts';
import { rememberReading } from '#electron/firewall/remembered-reading.ts';
import { FakeClock } from '#tests/unit/operations/fakes/fake-clock.ts';

/** A firewall that only a thorough reading may read, as for an account without rights. */
function withoutRights() {
  const clock = new FakeClock();
  const state = { rules: ['drop'], blocked: [], allowed: [], findings: [] };
  let cause = failure('firewall-no-right', { what: 'read' });
  const bare: Firewall = {
    ...noFirewall(clock),
    read: async (options) =>
      await Promise.resolve(options?.thorough === true ? known(state, clock.now()) : unknown(cause, clock.now())),
    block: async () => await Promise.resolve(succeed()),
  };
  return { clock, firewall: rememberReading(bare, clock), failBy: (next: typeof cause) => (cause = next) };
}

describe('A reading of the firewall that somebody gave the rights for', () => {
  it('stands for a minute with its own time and in doubt, and then nothing is known', async () => {
    const { clock, firewall } = withoutRights();
    expect((await firewall.read()).state).toBe('unknown');
    const at = clock.now().toISOString();
    expect(await firewall.read({ thorough: true })).toMatchObject({ state: 'known', value: { findings: [] } });
    clock.advance(59_000);
    expect(await firewall.read()).toMatchObject({
      state: 'known',
      at,
      value: {
        rules: ['drop'],
        findings: [{ effect: 'doubts', sentence: expect.stringContaining('nobody has looked since') }],
      },
    });
    clock.advance(1000);
    expect((await firewall.read()).state).toBe('unknown');
  });

  it('ends with every change by Mortise itself', async () => {
    const { firewall } = withoutRights();
    await firewall.read({ thorough: true });
    await firewall.block({ listeners: [], allowed: [] });
    expect((await firewall.read()).state).toBe('unknown');
  });

  it('stands in for missing rights only, for no other trouble', async () => {
    const { firewall, failBy } = withoutRights();
    await firewall.read({ thorough: true });
    failBy(failure('firewall-unreadable', { cause: 'the answer of nft is not whole' }));
    expect(await firewall.read()).toMatchObject({ state: 'unknown', cause: { code: 'firewall-unreadable' } });
  });
});
