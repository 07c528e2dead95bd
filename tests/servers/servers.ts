import { openDisposableSite } from './disposable-site.ts';
import type { ServerUnderTest } from './site-on-server.ts';
import { openTrainingServer } from './training-server.ts';

/** The connection string of a server that nobody needs, as an administrator: databases and logins come and go on it. */
const real = process.env['MORTISE_TEST_SQLSERVER'] ?? '';

/** How the tests of a real server begin; the closing line counts those that were left out by it. */
export const onRealServer = 'On a real SQL Server';

/** Every server that the same tests run against. */
export const servers: readonly ServerUnderTest[] = [
  { name: 'On the training server', open: openTrainingServer },
  { name: onRealServer, open: real === '' ? undefined : async () => await openDisposableSite(real) },
];
