import { describe, expect, it } from 'vitest';
import { failure } from '#shared/errors.ts';
import { draftDigest } from '#electron/operations/digest.ts';
import { ResumeLockdown, RunLockdown, UndoLockdown } from '#electron/operations/lockdown/lockdown.ts';
import { codeOf, valueOf } from '#tests/unit/shared/result-of.ts';
import { login } from './fakes/fake-database.ts';
import { carryOutChange, SiteWorld } from './fakes/site-world.ts';

const asked = { engineer: 'Ines', reason: 'Handover', login, setup: null };

const meanwhile: readonly (readonly [string, (world: SiteWorld) => void])[] = [
  ['a controller was added', ({ database }) => (database.counts = { ...database.counts, total: 4 })],
  ['the password was set by somebody', ({ database }) => database.setTo(database.password)],
  [
    'a part of the block is in force already',
    ({ firewall }) => (firewall.blocked = [{ address: '', port: 1433, protocol: 'tcp', purpose: 'T-SQL' }]),
  ],
];

describe('The plan of a guided lockdown is outdated', () => {
  it.each(meanwhile)('at its beginning when %s, though it shows the same changes', async (_what, happen) => {
    const world = new SiteWorld();
    world.database.prepared = true;
    const plan = async () => draftDigest(valueOf(await new RunLockdown(world.lockdownParts()).plan(asked)));
    const shown = await plan();
    expect(await plan()).toBe(shown);
    happen(world);
    expect(await plan()).not.toBe(shown);
  });

  it.each(meanwhile.slice(0, 1))('when it is continued and %s', async (_what, happen) => {
    const world = new SiteWorld();
    const parts = world.lockdownParts();
    world.wire.fail('database: commissioning off', failure('lock-timeout'));
    expect(codeOf(await carryOutChange(new RunLockdown(parts), asked))).toBe('lock-timeout');
    const resume = new ResumeLockdown(parts, new UndoLockdown(parts));
    const shown = draftDigest(valueOf(await resume.plan({ setup: null })));
    happen(world);
    expect(draftDigest(valueOf(await resume.plan({ setup: null })))).not.toBe(shown);
  });
});
