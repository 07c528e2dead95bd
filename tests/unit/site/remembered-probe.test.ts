import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { known } from '#shared/reading.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { Firewall, ProbeReport } from '#electron/firewall/firewall.ts';
import { rememberProbe } from '#electron/firewall/remembered-probe.ts';
import { now } from './sample-status.ts';

const report: ProbeReport = { from: '127.0.0.2', at: now.toISOString(), reached: [], refused: [] };

const reporting = async (): Promise<Result<ProbeReport>> => await Promise.resolve(succeed(report));

function remembered(blocking: Result<undefined> = succeed()) {
  const firewall: Firewall = {
    describe: () => ['drop'],
    read: async () => await Promise.resolve(known({ rules: [], blocked: [], overriddenBy: [] }, now)),
    block: async () => await Promise.resolve(blocking),
    unblock: async () => await Promise.resolve(succeed()),
  };
  let answer = reporting;
  return {
    network: rememberProbe(firewall, { probe: async () => await answer() }),
    answerWith: (next: () => Promise<Result<ProbeReport>>) => {
      answer = next;
    },
  };
}

describe('The last report of the other machine', () => {
  it('is none until it was asked', () => {
    expect(remembered().network.last()).toBeUndefined();
  });

  it('is kept while the rules stay as they are', async () => {
    const { network } = remembered();
    expect(await network.probe.probe([])).toEqual(succeed(report));
    await network.firewall.read();
    network.firewall.describe([]);
    expect(network.last()).toBe(report);
  });

  it.each(['block', 'unblock'] as const)(
    'is forgotten with %s: it says nothing of what is in force now',
    async (change) => {
      const { network } = remembered();
      await network.probe.probe([]);
      await (change === 'block' ? network.firewall.block([]) : network.firewall.unblock());
      expect(network.last()).toBeUndefined();
    },
  );

  it('is forgotten even when the firewall says it failed: nobody knows what it did', async () => {
    const { network } = remembered(failed(failure('firewall-failed', { cause: 'timeout' })));
    await network.probe.probe([]);
    await network.firewall.block([]);
    expect(network.last()).toBeUndefined();
  });

  it('is none after a probe that could not run', async () => {
    const { network, answerWith } = remembered();
    await network.probe.probe([]);
    answerWith(async () => await Promise.resolve(failed(failure('probe-failed', { cause: 'no answer' }))));
    await network.probe.probe([]);
    expect(network.last()).toBeUndefined();
  });

  it('is not kept when the rules changed while the probe was running', async () => {
    const { network, answerWith } = remembered();
    answerWith(async () => {
      await network.firewall.unblock();
      return succeed(report);
    });
    expect(await network.probe.probe([])).toEqual(succeed(report));
    expect(network.last()).toBeUndefined();
  });
});
