import { describe, expect, it, vi } from 'vitest';
import { codeOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { login } from './fakes/fake-database.ts';
import { RotationWorld } from './fakes/rotation-world.ts';

// The same question, three times without a pause.
vi.mock('#electron/operations/wait.ts', () => ({
  waitUntil: async (_limit: number, ask: () => Promise<boolean>) => (await ask()) || (await ask()) || (await ask()),
}));

const planned = async (world: RotationWorld) => valueOf(await world.operation().plan({ login })).body;

describe('The plan of a rotation warns', () => {
  it('of whoever was refused lately, and from where', async () => {
    const world = new RotationWorld();
    const now = world.clock.now().getTime();
    world.database.facts = { ...world.database.facts, badPasswords: 1 };
    world.database.refusedInLog = [
      { at: new Date(now - 60_000), client: '10.0.0.7' },
      { at: new Date(now - 120_000), client: '10.0.0.7' },
      { at: new Date(now - 30 * 24 * 60 * 60 * 1000), client: '10.0.0.8' },
    ];
    const { warnings } = await planned(world);
    expect(warnings[0]).toContain('1 login of acs_service was refused since it last logged in');
    expect(warnings[1]).toContain('In the last 7 days 2 logins of acs_service were refused, from 10.0.0.7.');
  });

  it('of nothing where the error log may not be read, but says that nobody looked', async () => {
    const world = new RotationWorld();
    world.database.refusedInLog = undefined;
    const { warnings, affected } = await planned(world);
    expect(warnings).toEqual([]);
    expect(affected.map(({ how }) => how).join()).toContain('Not looked for in the error log');
  });

  it('of linked servers and credentials, which keep a password of their own', async () => {
    const world = new RotationWorld();
    world.database.holders = [{ kind: 'linked server', name: 'REPORTS' }];
    expect((await planned(world)).warnings.join()).toContain('The linked server REPORTS on this server has a password');
  });

  it('of programs that use the login and are none of its services', async () => {
    const world = new RotationWorld();
    world.database.sessions = [
      {
        sessionId: 80,
        program: 'Excel',
        host: 'DESK-4',
        processId: 99,
        address: '10.0.0.4',
        connectedAt: world.clock.now(),
      },
    ];
    const { warnings, affected } = await planned(world);
    expect(affected.map(({ who }) => who)).toContain('Excel on DESK-4');
    expect(warnings.join()).toContain('Programs that Mortise does not know use acs_service');
  });
});

function worldWithDependants(): RotationWorld {
  const made = new RotationWorld();
  made.services.dependants.set('AcsGateway', true);
  made.services.dependants.set('AcsMail', false);
  return made;
}
const running = ({ services }: RotationWorld) => Object.fromEntries(services.dependants);

describe('Services that cannot run without the one that holds the password', () => {
  it('are stopped before it and started after it, if they ran', async () => {
    const site = worldWithDependants();
    const { steps } = await planned(site);
    const changes = steps.flatMap((step) => step.changes.flatMap((each) => (each.kind === 'service' ? [each] : [])));
    expect(changes.map(({ action, name }) => `${action} ${name}`)).toEqual([
      'stop AcsGateway',
      'stop AcsService',
      'start AcsService',
      'start AcsGateway',
    ]);
    valueOf(await site.rotate());
    expect(running(site)).toEqual({ AcsGateway: true, AcsMail: false });
  });

  it('come back after a power cut at any point', async () => {
    for (let point = 0; ; point += 1) {
      const site = worldWithDependants();
      if (!(await site.interruptedAt(point, async () => await site.rotate()))) break;
      const again = await site.rotate();
      expect(codeOf(again), `at ${point}`).toBe('ok');
      expect(running(site), `at ${point}`).toEqual({ AcsGateway: true, AcsMail: false });
    }
  });
});
