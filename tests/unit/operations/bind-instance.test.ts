import { describe, expect, it, vi } from 'vitest';
import { failure } from '#shared/errors.ts';
import type { InstanceLayer } from '#shared/secure-mode.ts';
import { BindInstance } from '#electron/operations/secure-mode/bind-instance.ts';
import { session } from '#tests/unit/site/sample-status.ts';
import { codeOf, sentenceOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { InstanceWorld } from './fakes/instance-world.ts';
import { carryOutChange } from './fakes/site-world.ts';

vi.mock('#electron/operations/wait.ts', () => ({
  waitUntil: async (_limit: number, ask: () => Promise<boolean>) => (await ask()) || (await ask()),
}));

const all = ['AcsService', 'MSSQLSERVER', 'SQLSERVERAGENT'];
const bind = async (world: InstanceWorld, layer: InstanceLayer = 'this-machine') =>
  await carryOutChange(new BindInstance(world), { layer, reason: 'audit' });
const planned = async (world: InstanceWorld, layer: InstanceLayer = 'this-machine') =>
  await new BindInstance(world).plan({ layer, reason: 'audit' });
const moves = (world: InstanceWorld) => world.wire.passed.filter((each) => /^(?:stop|start) \S+$/.test(each));
const runningNow = (world: InstanceWorld) => [...world.running].toSorted();

describe('Having SQL Server itself listen on its own machine', () => {
  it('stops what uses it, starts it again and proves where it listens', async () => {
    const world = new InstanceWorld();
    const { claims, title } = valueOf(await bind(world));
    expect(claims.map(({ verdict }) => verdict)).toEqual(['verified', 'verified', 'verified']);
    expect(title).toBe('Have SQL Server listen on this machine only');
    expect(world.inForce).toBe('this-machine');
    expect(runningNow(world)).toEqual(all);
    expect(moves(world).filter((each, index, every) => every.indexOf(each) === index)).toEqual([
      'stop AcsService',
      'stop SQLSERVERAGENT',
      'stop MSSQLSERVER',
      'start MSSQLSERVER',
      'start SQLSERVERAGENT',
      'start AcsService',
    ]);
  });

  it('shows what is written, what is stopped and who is cut off, and touches nothing', async () => {
    const world = new InstanceWorld();
    world.remote = [
      session({ address: '10.0.0.9', localAddress: '10.0.0.5', host: 'OFFICE-7', program: 'Reports', login: 'rep' }),
    ];
    const { body } = valueOf(await planned(world));
    expect(body.steps.flatMap(({ changes }) => changes)).toEqual([
      { kind: 'service', name: 'AcsService', action: 'stop' },
      { kind: 'service', name: 'SQLSERVERAGENT', action: 'stop' },
      { kind: 'file', path: 'settings', diff: '-everywhere\n+this-machine\n' },
      { kind: 'service', name: 'MSSQLSERVER', action: 'stop' },
      { kind: 'service', name: 'MSSQLSERVER', action: 'start' },
      { kind: 'service', name: 'SQLSERVERAGENT', action: 'start' },
      { kind: 'service', name: 'AcsService', action: 'start' },
    ]);
    expect(body.affected.map(({ who }) => who)).toEqual([
      'AcsService, SQLSERVERAGENT',
      'Reports on OFFICE-7 (10.0.0.9), login rep',
    ]);
    expect(body.consent).toBeNull();
    expect(moves(world)).toEqual([]);
    expect(world.written).toBe('everywhere');
  });

  it('asks for consent to go back, since that weakens the site', async () => {
    const world = new InstanceWorld();
    valueOf(await bind(world));
    expect(valueOf(await planned(world, 'everywhere')).body.consent).toContain('other machines');
    valueOf(await bind(world, 'everywhere'));
    expect(world.inForce).toBe('everywhere');
  });

  it('puts back what was before where SQL Server does not come back', async () => {
    const world = new InstanceWorld();
    world.notWith = ['this-machine'];
    expect(sentenceOf(await bind(world))).toContain(
      'What was before was put back, and SQL Server and its services run',
    );
    expect([world.written, world.inForce]).toEqual(['everywhere', 'everywhere']);
    expect(runningNow(world)).toEqual(all);
  });

  it('puts it back where a service that was logged in does not log in again', async () => {
    const world = new InstanceWorld();
    world.locksOutWith = ['this-machine'];
    const why = sentenceOf(await bind(world));
    expect(why).toContain('acs_service');
    expect(why).toContain('What was before was put back');
    expect([world.written, world.inForce]).toEqual(['everywhere', 'everywhere']);
    expect(runningNow(world)).toEqual(all);
  });

  it('says so where even that fails', async () => {
    const world = new InstanceWorld();
    world.notWith = ['this-machine', 'everywhere'];
    world.running.add('MSSQLSERVER');
    world.inForce = 'tcp-off';
    expect(sentenceOf(await bind(world))).toContain('could not be put back whole');
  });

  it('starts everything again where the settings could not be written, or a service did not stop', async () => {
    const unwritten = new InstanceWorld();
    unwritten.wire.fail('instance: write', failure('instance-not-written', { cause: 'the disk is full' }));
    expect(codeOf(await bind(unwritten))).toBe('instance-not-written');
    expect(runningNow(unwritten)).toEqual(all);
    const unstopped = new InstanceWorld();
    unstopped.wire.fail('stop SQLSERVERAGENT', failure('service-did-not-stop', { service: 'x', seconds: 20 }));
    expect(codeOf(await bind(unstopped))).toBe('service-did-not-stop');
    expect(runningNow(unstopped)).toEqual(all);
    expect(unstopped.written).toBe('everywhere');
  });

  it('is not proved where SQL Server still listens for other machines', async () => {
    const world = new InstanceWorld();
    world.wire.once('start MSSQLSERVER', () => (world.written = 'everywhere'));
    world.wire.once('start AcsService, answered', () => (world.written = 'this-machine'));
    expect(sentenceOf(await bind(world))).toContain('listens for no other machine');
  });

  it('is refused where Mortise itself would lose its way, where it is so already, or cannot be read', async () => {
    const world = new InstanceWorld();
    expect(sentenceOf(await planned(world, 'tcp-off'))).toContain('Mortise would lose it');
    world.profile.endpoint.host = 'acs-srv-01';
    expect(sentenceOf(await planned(world))).toContain('write localhost there first');
    expect(codeOf(await planned(world, 'everywhere'))).toBe('already-so');
    world.wire.fail('instance: read', failure('instance-not-here', { cause: 'x' }));
    expect(codeOf(await planned(world))).toBe('instance-not-here');
  });
});
