import { describe } from 'vitest';
import { Secret } from '#shared/secret.ts';
import { FakeClock } from '#tests/unit/operations/fakes/fake-clock.ts';
import { FakeDatabase, login } from '#tests/unit/operations/fakes/fake-database.ts';
import { Tripwire } from '#tests/unit/operations/fakes/tripwire.ts';
import { siteDatabaseContract } from './site-database-contract.ts';

describe('The fake database', () => {
  siteDatabaseContract(async () => {
    const database = new FakeDatabase(new Tripwire(), new FakeClock());
    return await Promise.resolve({
      database,
      setup: { login: 'sa', secret: new Secret('setup') },
      service: { login, secret: database.password },
      connectService: async () => {
        database.connect(database.password, 4711);
        await Promise.resolve();
      },
      close: async () => await database.close(),
    });
  });
});
