import { describe, expect, it, vi } from 'vitest';
import { failure } from '#shared/errors.ts';
import { unknown } from '#shared/reading.ts';
import type { SiteStatus } from '#electron/database/site-status.ts';
import type { Outcome } from '#shared/plan.ts';
import type { Result } from '#shared/result.ts';
import { noOutsideProbe } from '#electron/firewall/no-outside-probe.ts';
import { noFirewall } from '#electron/firewall/no-firewall.ts';
import { quietRun } from '#electron/operations/run.ts';
import { AllowAddresses } from '#electron/operations/secure-mode/allow-addresses.ts';
import { PutUpAtStart } from '#electron/operations/secure-mode/put-up-at-start.ts';
import { SwitchSecureModeOff } from '#electron/operations/secure-mode/switch-off.ts';
import { SwitchSecureModeOn } from '#electron/operations/secure-mode/switch-on.ts';
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
    world.database.mayEnd = false;
    expect(sentenceOf(await switchOn(world))).toContain('no session from another machine is left');
    expect(world.firewall.blocked).not.toEqual([]);
  });

  it('ends what is left, and lists again', async () => {
    const world = new SiteWorld();
    world.database.remote = [remote, pipe, session()];
    expect(verdicts(await switchOn(world))).toEqual(['verified', 'unknown', 'verified', 'verified']);
    expect(world.database.remote).toEqual([pipe, session()]);
  });

  it('says in the plan that it ends them, not that this step only reads', async () => {
    const { steps } = valueOf(await on(new SiteWorld()).plan()).body;
    expect(steps.find(({ id }) => id === 'sessions')?.changes).toEqual([
      expect.objectContaining({ kind: 'tsql', text: expect.stringContaining('KILL') as string }),
    ]);
  });

  it('ends nothing when it only proves once more', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    world.database.remote = [remote];
    const claims = valueOf(await on(world).proofOfOn(quietRun('r')));
    expect(claims.map(({ verdict }) => verdict)).toEqual(['verified', 'refuted', 'verified', 'verified']);
    expect(world.database.remote).toEqual([remote]);
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
    world.firewall.findings = [{ effect: 'voids', sentence: 'The group policy switches it off.', next: '' }];
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

  it('is meant from before the rules are there, so that a power cut in between shows as drift', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    expect(world.wire.passed.indexOf('meant: keep')).toBeLessThan(world.wire.passed.indexOf('firewall: block'));
    expect(world.meant.value).toMatchObject({ by: 'SITE\\ines', allowed: [] });
  });

  it('does not take a service that was down before for one that it cut off', async () => {
    const world = new SiteWorld();
    world.database.sessions = [];
    expect(codeOf(await switchOn(world))).toBe('ok');
    expect(world.firewall.blocked).not.toEqual([]);
  });

  it('does not claim all of it where somebody could not be asked what listens, and says so in the plan', async () => {
    const world = new SiteWorld();
    const cause = failure('listeners-unreadable', { source: 'the rules of iptables', cause: 'they are cut short' });
    const parts = {
      ...world.secureMode,
      survey: async (status: SiteStatus) => {
        const survey = await world.secureMode.survey(status);
        return {
          ...survey,
          asked: [...survey.asked, { source: 'containers' as const, found: unknown(cause, world.clock.now()) }],
        };
      },
    };
    const change = new SwitchSecureModeOn(parts);
    expect(valueOf(await change.plan()).body.warnings).toContain(
      `${cause.sentence} What only they know of is not blocked.`,
    );
    expect(verdicts(await carryOutChange(change, nothing))).toEqual(['unknown', 'verified', 'verified', 'verified']);
    expect(valueOf(await change.isOn())).toBe(false);
  });

  it('remembers what weakened it from the first', async () => {
    const world = new SiteWorld();
    world.firewall.findings = [{ effect: 'weakens', sentence: 'A flow table.', next: '' }];
    valueOf(await switchOn(world));
    expect(world.meant.value?.accepted).toEqual(['A flow table.']);
  });

  it('is not meant where the firewall refused, and still is where nobody knows whether it took it', async () => {
    const refused = new SiteWorld();
    refused.wire.fail('firewall: block', failure('firewall-failed', { cause: 'no rights' }));
    expect(codeOf(await switchOn(refused))).toBe('firewall-failed');
    expect(refused.meant.value).toBeUndefined();
    const unsure = new SiteWorld();
    unsure.wire.fail('firewall: block', failure('firewall-unsure', { cause: 'no answer' }));
    expect(codeOf(await switchOn(unsure))).toBe('firewall-unsure');
    expect(unsure.meant.value).toBeDefined();
  });

  it('leaves a doubt of the firewall open instead of claiming it', async () => {
    const world = new SiteWorld();
    world.firewall.findings = [{ effect: 'doubts', sentence: 'Another product is registered.', next: '' }];
    expect(verdicts(await switchOn(world))).toEqual(['unknown', 'verified', 'verified', 'verified']);
    expect(valueOf(await on(world).isOn())).toBe(false);
  });

  it('gives way to the block that was there before, where that was one', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    const before = world.meant.value;
    world.wire.once('firewall: block, answered', () => (world.database.sessions = []));
    expect(sentenceOf(await switchOn(world))).toContain('so the block of before was put back');
    expect(world.firewall.blocked.map(({ port }) => port)).toEqual([1433, 1434]);
    expect(world.meant.value).toEqual(before);
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

const allow = (world: SiteWorld) => new AllowAddresses(world.secureMode);

describe('Allowing an address while secure mode is on', () => {
  const workstation = { address: '10.0.0.9', until: '2027-01-01T00:00:00.000Z' };
  const reason = 'Reports until the handover';

  it('asks for consent, lets it through, and leaves its sessions alone', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    world.database.remote = [remote];
    const input = { allowed: [workstation], reason };
    const { body } = valueOf(await allow(world).plan(input));
    expect(body.consent).toBe('Let 10.0.0.9 until 2027-01-01 00:00 UTC reach SQL Server on this machine?');
    expect(verdicts(await carryOutChange(allow(world), input))).toEqual([
      'verified',
      'verified',
      'verified',
      'verified',
    ]);
    expect(world.firewall.allowed).toEqual([workstation]);
    expect(world.database.remote).toEqual([remote]);
  });

  it('proves nothing by a machine that is allowed itself', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    world.wire.once('firewall: block, answered', () => (world.firewall.leaks = world.firewall.blocked));
    const prober = { allowed: [{ address: '127.0.0.2', until: null }], reason };
    const claims = verdicts(await carryOutChange(allow(world), prober));
    expect(claims).toEqual(['verified', 'verified', 'unknown', 'verified']);
  });

  it('taking it off strengthens, asks for nothing and ends its sessions', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    valueOf(await carryOutChange(allow(world), { allowed: [workstation], reason }));
    world.database.remote = [remote];
    const none = { allowed: [], reason };
    expect(valueOf(await allow(world).plan(none)).body.consent).toBeNull();
    valueOf(await carryOutChange(allow(world), none));
    expect(world.firewall.allowed).toEqual([]);
    expect(world.database.remote).toEqual([]);
  });

  it('stays when the block is put back, until its time has passed', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    valueOf(await carryOutChange(allow(world), { allowed: [workstation], reason }));
    valueOf(await switchOn(world));
    expect(world.firewall.allowed).toEqual([workstation]);
    world.clock.advance(new Date(workstation.until).getTime());
    valueOf(await switchOn(world));
    expect(world.firewall.allowed).toEqual([]);
  });

  it.each([
    ['a time that has passed', [{ address: '10.0.0.9', until: '2020-01-01T00:00:00.000Z' }], 'has passed'],
    ['most of the network', [{ address: '10.0.0.0/8', until: null }], 'holds most of the network'],
    ['most of IPv6', [{ address: 'fd00::/16', until: null }], 'holds most of the network'],
    ['all of IPv4, written as IPv6', [{ address: '::ffff:0.0.0.0/96', until: null }], 'holds most of the network'],
    ['this machine', [{ address: '127.0.0.1', until: null }], 'is this machine'],
    ['this machine, written as IPv6', [{ address: '::ffff:127.0.0.1', until: null }], 'is this machine'],
    ['a multicast address', [{ address: '224.0.0.1', until: null }], 'is the address of no other machine'],
    [
      'the same one twice',
      [
        { address: '10.0.0.9', until: null },
        { address: '10.0.0.0/28', until: null },
      ],
      'overlap',
    ],
  ])('refuses %s with a sentence', async (_what, allowed, sentence) => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    expect(sentenceOf(await allow(world).plan({ allowed, reason }))).toContain(sentence);
  });

  it('is already so where nothing would change', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    expect(codeOf(await allow(world).plan({ allowed: [], reason }))).toBe('already-so');
  });
});

const atStart = (world: SiteWorld) => new PutUpAtStart(world.secureMode);

describe('Putting the block up at every start', () => {
  it('shows what it installs, installs the block that is meant, and reads it back', async () => {
    const world = new SiteWorld();
    expect(codeOf(await atStart(world).plan({ installed: true }))).toBe('not-allowed');
    valueOf(await switchOn(world));
    const { body } = valueOf(await atStart(world).plan({ installed: true }));
    expect(body.steps[0]?.changes).toEqual([{ kind: 'command', text: 'systemctl enable mortise' }]);
    expect(world.atStart.installed).toBeUndefined();
    expect(verdicts(await carryOutChange(atStart(world), { installed: true }))).toEqual(['verified']);
    expect(world.atStart.installed).toMatchObject({ listeners: world.meant.value?.listeners });
    expect(codeOf(await atStart(world).plan({ installed: true }))).toBe('already-so');
  });

  it('is taken away again after a question, and goes with secure mode', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    valueOf(await carryOutChange(atStart(world), { installed: true }));
    expect(valueOf(await atStart(world).plan({ installed: false })).body.consent).toBe(
      'Let this machine start without the block?',
    );
    const plan = valueOf(await off(world).plan({ reason: 'Service visit' }));
    expect(plan.body.steps.map(({ id }) => id)).toEqual(['unblock', 'at-start']);
    expect(plan.body.steps[1]?.changes).toEqual([{ kind: 'command', text: 'systemctl disable mortise' }]);
    valueOf(await carryOutChange(off(world), { reason: 'Service visit' }));
    expect(world.atStart.installed).toBeUndefined();
    expect(codeOf(await atStart(world).plan({ installed: false }))).toBe('already-so');
  });

  it('that cannot be taken away is said, and is met with a machine that is blocked again, not open', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    valueOf(await carryOutChange(atStart(world), { installed: true }));
    world.wire.fail('at start: remove', failure('at-start-failed', { what: 'removed', cause: 'no rights' }));
    expect(codeOf(await carryOutChange(off(world), { reason: 'Service visit' }))).toBe('at-start-failed');
    expect(world.atStart.installed).toBeDefined();
    expect(world.meant.value).toBeUndefined();
  });

  it('stays where the rules could not be removed', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    valueOf(await carryOutChange(atStart(world), { installed: true }));
    world.wire.fail('firewall: unblock', failure('firewall-failed', { cause: 'timeout' }));
    expect(codeOf(await carryOutChange(off(world), { reason: 'Service visit' }))).toBe('firewall-failed');
    expect(world.atStart.installed).toBeDefined();
    expect(world.meant.value).toBeDefined();
  });

  it('is not claimed to be there where something else is', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    world.wire.once('at start: install, answered', () => (world.atStart.installed = { listeners: [], allowed: [] }));
    expect(codeOf(await carryOutChange(atStart(world), { installed: true }))).toBe('proof-failed');
  });

  it('is not claimed to be gone where it still is', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    valueOf(await carryOutChange(atStart(world), { installed: true }));
    const { installed } = world.atStart;
    world.wire.once('at start: remove, answered', () => (world.atStart.installed = installed));
    expect(codeOf(await carryOutChange(atStart(world), { installed: false }))).toBe('proof-failed');
  });

  it('says which addresses it leaves out', async () => {
    const world = new SiteWorld();
    valueOf(await switchOn(world));
    const allowed = [{ address: '10.0.0.9', until: '2027-01-01T00:00:00.000Z' }];
    valueOf(await carryOutChange(allow(world), { allowed, reason: 'Reports' }));
    expect(valueOf(await atStart(world).plan({ installed: true })).body.warnings).toEqual([
      '10.0.0.9 is allowed for a time only: after a start it is not let through.',
    ]);
  });
});

describe('A site without an adapter for its firewall', () => {
  it('answers that, for everything, and plans nothing', async () => {
    const world = new SiteWorld();
    const network = noFirewall(world.clock);
    const parts = { ...world.secureMode, firewall: network, probe: noOutsideProbe };
    expect(codeOf(await new SwitchSecureModeOn(parts).plan())).toBe('firewall-no-adapter');
    expect(codeOf(await new SwitchSecureModeOff(parts).plan({ reason: 'Service visit' }))).toBe('firewall-no-adapter');
    expect(codeOf(await new SwitchSecureModeOn(parts).isOn())).toBe('firewall-no-adapter');
    expect(codeOf(await noOutsideProbe.probe([]))).toBe('probe-failed');
    expect(codeOf(await network.block({ listeners: [], allowed: [] }))).toBe('firewall-no-adapter');
  });
});
