import { describe, expect, it, vi } from 'vitest';
import { failure } from '#shared/errors.ts';
import type { Outcome } from '#shared/plan.ts';
import type { Result } from '#shared/result.ts';
import { noFirewall } from '#electron/firewall/no-firewall.ts';
import { quietRun } from '#electron/operations/run.ts';
import { SwitchSecureModeOff, SwitchSecureModeOn } from '#electron/operations/secure-mode.ts';
import { session } from '#tests/unit/site/sample-status.ts';
import { codeOf, sentenceOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { carryOutChange, SiteWorld } from './fakes/site-world.ts';

vi.mock('#electron/operations/wait.ts', () => ({
  waitUntil: async (_limit: number, ask: () => Promise<boolean>) => (await ask()) || (await ask()) || (await ask()),
}));

const nothing = {};
const on = (world: SiteWorld) => new SwitchSecureModeOn(world.secureMode);
const off = (world: SiteWorld) => new SwitchSecureModeOff(world.secureMode);
const switchOn = async (world: SiteWorld) => await carryOutChange(on(world), nothing);
const verdicts = (outcome: Result<Outcome>) => valueOf(outcome).claims.map(({ verdict }) => verdict);
const remote = session({
  address: '10.0.0.9',
  localAddress: '10.0.0.5',
  host: 'OFFICE-7',
  program: 'Reports',
  login: 'rep',
});
const pipe = session({ transport: 'Named pipe', address: '<named pipe>' });

describe('Switching secure mode on', () => {
  it('blocks every listener and proves it four ways', async () => {
    const world = new SiteWorld();
    expect(verdicts(await switchOn(world))).toEqual(['verified', 'verified', 'verified', 'verified']);
    expect(world.firewall.blocked.map(({ port }) => port)).toEqual([1433, 1434]);
    expect(valueOf(await on(world).isOn())).toBe(true);
  });

  it('shows the rules and who is cut off, without touching anything', async () => {
    const world = new SiteWorld();
    world.database.remote = [remote];
    const { body } = valueOf(await on(world).plan());
    expect(body.steps[0]?.changes).toEqual([
      { kind: 'firewall', action: 'add', rule: 'drop tcp 1433' },
      { kind: 'firewall', action: 'add', rule: 'drop udp 1434' },
    ]);
    expect(body.affected).toEqual([
      { who: 'Reports on OFFICE-7 (10.0.0.9), login rep', how: 'Cut off: 1 session from another machine end.' },
    ]);
    expect(world.firewall.blocked).toEqual([]);
  });

  it('is not proved while a session from another machine stays', async () => {
    const world = new SiteWorld();
    world.database.remote = [remote];
    expect(sentenceOf(await switchOn(world))).toContain('no session from another machine is left');
    expect(world.firewall.blocked).not.toEqual([]);
  });

  it('waits for a session that ends in a moment', async () => {
    const world = new SiteWorld();
    world.database.remote = [remote];
    world.wire.once('firewall: block, answered', () =>
      world.wire.once('database: status, answered', () => (world.database.remote = [])),
    );
    expect(codeOf(await switchOn(world))).toBe('ok');
  });

  it('does not claim that nobody is left where a session shows no address', async () => {
    const world = new SiteWorld();
    world.database.remote = [pipe];
    expect(verdicts(await switchOn(world))).toEqual(['verified', 'unknown', 'verified', 'verified']);
  });

  it('is not proved when the other machine still reaches it', async () => {
    const world = new SiteWorld();
    world.wire.once('firewall: block, answered', () => (world.firewall.leaks = world.firewall.blocked));
    expect(sentenceOf(await switchOn(world))).toContain('another machine cannot connect');
  });

  it('says "not probed" where the probe could not run, and does not claim it', async () => {
    const world = new SiteWorld();
    world.wire.fail('probe', failure('probe-failed', { cause: 'no answer' }));
    const outcome = await switchOn(world);
    expect(verdicts(outcome)).toEqual(['verified', 'verified', 'unknown', 'verified']);
    expect(valueOf(outcome).summary).toBe('3 of 4 claims were verified. Not shown: Another machine cannot connect.');
  });

  it('does not take what it cannot read for a session that is left, or a service that is gone', async () => {
    const sessions = new SiteWorld();
    sessions.wire.once('firewall: block, answered', () =>
      sessions.wire.fail('database: status', failure('connection-lost'), 3),
    );
    expect(verdicts(await switchOn(sessions))).toEqual(['verified', 'unknown', 'verified', 'verified']);
    const services = new SiteWorld();
    services.wire.once('probe, answered', () => services.wire.fail('database: status', failure('connection-lost'), 99));
    expect(sentenceOf(await switchOn(services))).toContain(
      'whether the local services are still logged in could not be read, so the block was removed again',
    );
  });

  it('is not proved when something overrides the block', async () => {
    const world = new SiteWorld();
    world.firewall.overriddenBy = ['A rule of the group policy allows it.'];
    expect(sentenceOf(await switchOn(world))).toContain('the block is in force for every listener');
    expect(valueOf(await on(world).isOn())).toBe(false);
  });

  it('is taken back at once when it cuts off the local service', async () => {
    const world = new SiteWorld();
    world.wire.once('firewall: block, answered', () => (world.database.sessions = []));
    expect(sentenceOf(await switchOn(world))).toContain(
      'a local service lost its connection, so the block was removed again',
    );
    expect(world.firewall.blocked).toEqual([]);
  });

  it('says so when even that fails', async () => {
    const world = new SiteWorld();
    world.wire.once('firewall: block, answered', () => (world.database.sessions = []));
    world.wire.fail('firewall: unblock', failure('firewall-failed', { cause: 'timeout' }));
    expect(sentenceOf(await switchOn(world))).toContain('and the block could not be removed');
  });

  it('verified once more, changes nothing even when the local service is gone', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    world.database.sessions = [];
    expect(codeOf(await on(world).proofOfOn(quietRun('r')))).toBe('proof-failed');
    expect(world.firewall.blocked).not.toEqual([]);
  });

  it('does nothing when the firewall refuses', async () => {
    const world = new SiteWorld();
    world.wire.fail('firewall: block', failure('firewall-failed', { cause: 'no rights' }));
    expect(codeOf(await switchOn(world))).toBe('firewall-failed');
    expect(world.wire.passed).not.toContain('probe');
  });

  it('rests on the listeners and the rules that were there', async () => {
    const world = new SiteWorld();
    const before = valueOf(await on(world).plan()).rests;
    valueOf(await switchOn(world));
    expect(valueOf(await on(world).plan()).rests).not.toBe(before);
  });
});

describe('Switching secure mode off', () => {
  it('asks for consent, removes the rules and reads it back', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    expect(valueOf(await off(world).plan({ reason: 'Service visit' })).body.consent).toContain(
      'Let other machines reach SQL Server',
    );
    expect(verdicts(await carryOutChange(off(world), { reason: 'Service visit' }))).toEqual(['verified']);
    expect(world.firewall.blocked).toEqual([]);
    expect(codeOf(await off(world).plan({ reason: 'Service visit' }))).toBe('already-so');
  });

  it('keeps the reason where the trail takes it from', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    expect(valueOf(await off(world).plan({ reason: 'Service visit' })).body.summary).toContain('Reason: Service visit');
  });

  it('does not say "off" while a rule is still read', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    const { blocked } = world.firewall;
    world.wire.once('firewall: unblock, answered', () => (world.firewall.blocked = blocked));
    expect(codeOf(await carryOutChange(off(world), { reason: 'Service visit' }))).toBe('proof-failed');
  });
});

describe('A site without an adapter for its firewall', () => {
  it('answers that, for everything, and plans nothing', async () => {
    const world = new SiteWorld();
    const network = noFirewall(world.clock);
    const parts = { ...world.secureMode, firewall: network, probe: network };
    expect(codeOf(await new SwitchSecureModeOn(parts).plan())).toBe('firewall-no-adapter');
    expect(codeOf(await new SwitchSecureModeOff(parts).plan({ reason: 'Service visit' }))).toBe('firewall-no-adapter');
    expect(codeOf(await new SwitchSecureModeOn(parts).isOn())).toBe('firewall-no-adapter');
    expect(codeOf(await network.probe([]))).toBe('firewall-no-adapter');
    expect(codeOf(await network.block([]))).toBe('firewall-no-adapter');
  });
});
