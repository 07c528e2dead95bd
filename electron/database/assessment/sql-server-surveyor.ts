import type { ConnectionPool, IResult, Request } from 'mssql';
import { failed, succeed } from '#shared/result.ts';
import type { Result } from '#shared/result.ts';
import type { ServerAddress, SiteProfile } from '#shared/site-profile.ts';
import { statementText } from '../catalogue.ts';
import type { StatementId } from '../catalogue.ts';
import { connect } from '../connect.ts';
import { statementFailure } from '../database-failure.ts';
import { quoteIdentifier } from '../quoting.ts';
import type { Credential } from '../site-database.ts';
import { siteVariables } from '../site-variables.ts';
import type { DiscoveredServer } from './discovered.ts';
import { readDiscoveredServer, readDiscoveredTables } from './discovered-reading.ts';
import type { Survey } from './survey.ts';
import {
  readConnections,
  readControllers,
  readDatabase,
  readKind,
  readModules,
  readPlans,
  readPrincipals,
  readServer,
  readTable,
} from './survey-reading.ts';
import type { Surveyor } from './surveyor.ts';

/** How many modules, plans and models are looked at; a site has far fewer of each. */
const mostListed = 500;
/** How many tables of a database are looked at. */
const mostTables = 5_000;
/** The columns of the table's kind that are asked for are there since 2016. */
const firstWithKinds = 13;

type Ask = <T>(
  id: StatementId,
  fill: (request: Request) => Request,
  read: (answer: IResult<unknown>) => T,
) => Promise<Result<T>>;

/** Surveyor over the mssql driver. One connection a visit, closed again. */
export class SqlServerSurveyor implements Surveyor {
  readonly #profile: SiteProfile;

  constructor(profile: SiteProfile) {
    this.#profile = profile;
  }

  async survey(as: Credential, asleepBefore: Date): Promise<Result<Survey>> {
    const { endpoint } = this.#profile;
    const pool = await connect(endpoint, as, { most: 1 });
    if (pool.ok) return succeed(await closing(pool.value, async (open) => await this.#read(open, as, asleepBefore)));
    if (pool.error.code !== 'database-unavailable') return pool;
    // The password was right, so asking at the front desk counts as no failed attempt.
    const master = await connect(endpoint, as, { most: 1, database: 'master' });
    if (!master.ok) return pool;
    const survey = await closing(master.value, async (open) => await this.#read(open, as, asleepBefore));
    const { error } = pool;
    const closed = failed(error);
    return succeed({
      ...survey,
      database: closed,
      table: closed,
      kind: closed,
      modules: closed,
      plans: closed,
      principals: closed,
      controllers: closed,
    });
  }

  async discover(address: ServerAddress, as: Credential, database: string | null): Promise<Result<DiscoveredServer>> {
    const pool = await connect({ ...address, database: database ?? 'master' }, as, { most: 1 });
    if (pool.ok)
      return await closing(pool.value, async (open) => {
        const ask = asking(open, as.login, new Map());
        const server = await ask('discover-server', (request) => request, readDiscoveredServer);
        if (!server.ok) return server;
        const tables =
          database === null
            ? undefined
            : await ask('discover-tables', (request) => request.input('most', mostTables), readDiscoveredTables);
        return succeed({ ...server.value, tables });
      });
    if (database === null || pool.error.code !== 'database-unavailable') return pool;
    // The password was right: the list of databases can be had without the one that is closed.
    const others = await this.discover(address, as, null);
    return others.ok ? succeed({ ...others.value, tables: pool }) : pool;
  }

  /** One statement after the other: each is one round trip, and a part that fails takes none of the others with it. */
  async #read(pool: ConnectionPool, as: Credential, asleepBefore: Date): Promise<Survey> {
    const { controllerTable: table } = this.#profile;
    const ask = asking(pool, as.login, siteVariables(this.#profile));
    const named = (request: Request) =>
      request
        .input('schema', table.schema)
        .input('table', table.table)
        .input('controller_table', `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.table)}`);
    const limited = (request: Request) => named(request).input('most', mostListed);
    const server = await ask('assessment-server', named, readServer);
    const major = server.ok ? Number.parseInt(server.value.version, 10) : Number.NaN;
    return {
      server,
      database: await ask('assessment-database', (request) => request, readDatabase),
      connections: await ask('assessment-connections', (request) => request, readConnections),
      table: await ask('assessment-table', named, readTable),
      kind:
        major >= firstWithKinds ? await ask('assessment-table-kind', named, readKind) : succeed<undefined>(undefined),
      modules: await ask('assessment-modules', limited, readModules),
      plans: await ask('assessment-plans', limited, readPlans),
      principals: await ask('assessment-principals', named, readPrincipals),
      controllers: await ask(
        'assessment-controllers',
        (request) => request.input('asleep_before', asleepBefore).input('most', mostListed),
        readControllers,
      ),
    };
  }
}

function asking(pool: ConnectionPool, login: string, variables: ReadonlyMap<string, string>): Ask {
  return async (id, fill, read) => {
    try {
      const answer = (await fill(pool.request()).query(statementText(id, variables))) as IResult<unknown>;
      return succeed(read(answer));
    } catch (error) {
      return failed(statementFailure(error, login));
    }
  };
}

async function closing<T>(pool: ConnectionPool, act: (open: ConnectionPool) => Promise<T>): Promise<T> {
  try {
    return await act(pool);
  } finally {
    await pool.close().catch(() => undefined);
  }
}
