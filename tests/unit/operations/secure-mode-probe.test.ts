import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { KeptProbe } from '#electron/firewall/kept-probe.ts';
import { noOutsideProbe } from '#electron/firewall/no-outside-probe.ts';
import { answerBlock } from '#electron/probe/answer-block.ts';
import { ProbeDesk } from '#electron/operations/secure-mode/probe-desk.ts';
import { SwitchSecureModeOn } from '#electron/operations/secure-mode/switch-on.ts';
import { siteNetwork } from '#electron/site/site-network.ts';
import { simulatedMachine } from '#electron/training/simulated-machine.ts';
import { codeOf, sentenceOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { KeptInMemory } from './fakes/kept-in-memory.ts';
import { carryOutChange, SiteWorld } from './fakes/site-world.ts';

function desk() {
  const world = new SiteWorld();
  const keptProbe = new KeptInMemory<KeptProbe>('probe', world.wire);
  const noted: string[] = [];
  let chosen: Result<{ path: string; bytes: Uint8Array } | null> = succeed(null);
  const { listeners } = simulatedMachine(world.clock);
  const made = new ProbeDesk({
    network: siteNetwork({ firewall: world.firewall, probe: noOutsideProbe, listeners, host: '127.0.0.1' }),
    keptProbe,
    meant: world.meant,
    status: world.secureMode.status,
    chooser: { choose: async () => await Promise.resolve(chosen) },
    trail: {
      record: async (operation, phase, text) => {
        noted.push(text);
        const entry = { sequence: 1, at: world.clock.now().toISOString(), actor: '', operation, phase, text, hash: '' };
        return await Promise.resolve(succeed(entry));
      },
    },
    clock: world.clock,
  });
  const choose = (text: string) => {
    chosen = succeed({ path: '/answer.txt', bytes: new TextEncoder().encode(text) });
  };
  return {
    world,
    desk: made,
    keptProbe,
    noted,
    choose,
    switchOn: async () => await carryOutChange(new SwitchSecureModeOn(world.secureMode), {}),
  };
}

type Desk = ReturnType<typeof desk>;

/** What the other machine says after it was asked. */
async function answered({ desk: made, world }: Desk, saw: 'answered' | 'filtered' = 'filtered'): Promise<string> {
  const { nonce, addresses } = valueOf(await made.ask());
  return answerBlock({
    nonce,
    from: { name: 'OFFICE-7', addresses: ['192.0.2.77'] },
    at: world.clock.now().toISOString(),
    sightings: addresses.flatMap((each) => [
      { address: each, protocol: 'tcp', port: 1433, saw, version: null },
      { address: each, protocol: 'udp', port: 1434, saw: 'filtered', version: null },
    ]),
  });
}

describe('The answer that an engineer brings from another machine', () => {
  it('is kept as stated by the engineer, with the block it is about, and noted in the trail', async () => {
    const given = desk();
    valueOf(await given.switchOn());
    valueOf(await given.desk.take(await answered(given)));
    expect(given.keptProbe.value?.answer).toMatchObject({
      by: 'engineer',
      from: expect.stringContaining('OFFICE-7') as string,
    });
    expect(given.noted).toHaveLength(1);
    expect(given.noted[0]).toContain('Stated by the engineer: from OFFICE-7');
    expect(given.noted[0]).toContain('0 of 2 listeners answered');
  });

  it('can be chosen as a file, and cancelling takes nothing', async () => {
    const given = desk();
    valueOf(await given.switchOn());
    const text = await answered(given, 'answered');
    valueOf(await given.desk.take(null));
    expect(given.keptProbe.value?.answer).toBeNull();
    given.choose(text);
    valueOf(await given.desk.take(null));
    expect(given.keptProbe.value?.answer?.seen).toContainEqual(
      expect.objectContaining({ protocol: 'tcp', port: 1433, saw: 'answered' }),
    );
  });

  it('is refused where nothing was asked, and where the block changed since', async () => {
    const given = desk();
    expect(sentenceOf(await given.desk.take('anything'))).toContain('nothing was asked from here');
    valueOf(await given.switchOn());
    const text = await answered(given);
    given.world.clock.advance(1000);
    valueOf(await given.switchOn());
    expect(sentenceOf(await given.desk.take(text))).toContain('the rules changed since it was asked for');
    expect(given.keptProbe.value?.answer).toBeNull();
  });

  it('is refused where it is none, and what was kept stays', async () => {
    const given = desk();
    valueOf(await given.switchOn());
    valueOf(await given.desk.take(await answered(given)));
    const before = given.keptProbe.value?.answer;
    valueOf(await given.desk.ask());
    expect(codeOf(await given.desk.take('half of it'))).toBe('probe-not-one');
    expect(given.keptProbe.value?.answer).toEqual(before);
  });

  it('is not asked for where the firewall or SQL Server cannot be read', async () => {
    const given = desk();
    given.world.wire.fail('firewall: read', failure('firewall-unreadable', { cause: 'it hangs' }));
    expect(codeOf(await given.desk.ask())).toBe('firewall-unreadable');
    given.world.wire.fail('database: status', failure('connection-lost'));
    expect(codeOf(await given.desk.ask())).toBe('connection-lost');
  });
});

describe('A machine that Mortise itself reaches', () => {
  it('is asked at once, and its answer is kept unless the rules changed meanwhile', async () => {
    const world = new SiteWorld();
    const keptProbe = new KeptInMemory<KeptProbe>('probe', world.wire);
    const { listeners } = simulatedMachine(world.clock);
    const made = new ProbeDesk({
      network: siteNetwork({ firewall: world.firewall, probe: world.firewall, listeners, host: '127.0.0.1' }),
      keptProbe,
      meant: world.meant,
      status: world.secureMode.status,
      chooser: { choose: async () => await Promise.resolve(failed(failure('connection-lost'))) },
      trail: { record: async () => await Promise.resolve(failed(failure('connection-lost'))) },
      clock: world.clock,
    });
    valueOf(await carryOutChange(new SwitchSecureModeOn(world.secureMode), {}));
    valueOf(await made.probe(world.firewall.blocked));
    expect(keptProbe.value?.answer).toMatchObject({ by: 'mortise', from: '127.0.0.2' });
    const before = keptProbe.value;
    world.wire.once('probe, answered', () => (world.firewall.blocked = []));
    valueOf(await made.probe(world.firewall.blocked));
    expect(keptProbe.value).toEqual(before);
  });
});
