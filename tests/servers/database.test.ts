import { describe } from 'vitest';
import { siteDatabaseContract } from '#tests/unit/database/site-database-contract.ts';
import { DriverAsker } from './driver-asker.ts';
import { databaseOf } from './guarded-over-the-wire.ts';
import { servers } from './servers.ts';

describe.each(servers)('$name, the database', ({ open }) => {
  siteDatabaseContract(
    async () => {
      const server = await open?.();
      if (server === undefined) throw new Error('There is no server.');
      const { profile, credential } = server;
      const database = databaseOf(server);
      const clients: DriverAsker[] = [];
      return {
        database,
        setup: credential('site_admin'),
        service: credential('acs_service'),
        connectService: async () => {
          clients.push(await DriverAsker.open(profile.endpoint, credential('acs_service')));
        },
        close: async () => {
          for (const client of clients) await client.close();
          await database.close();
          await server.close();
        },
      };
    },
    { skip: open === undefined },
  );
});
