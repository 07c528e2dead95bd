import type { SystemTableFunction, SystemView } from '../registry.ts';
import type { PlanFacts } from '../storage/plan-cache.ts';
import { roundToDatetime } from '../values/dates.ts';
import { bigint, bit, datetime, int, nvarchar, smallint, varbinary } from '../values/types.ts';
import { sidBytes } from './sids.ts';
import { always, numberColumn, required, view } from './view.ts';

/** What has run since the server started: sys.dm_exec_query_stats, and sys.dm_exec_sql_text for its handles. */

const STATE = { on: 'server', permission: 'VIEW SERVER STATE' } as const;

/** https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-exec-query-stats-transact-sql. One row a text, not one a statement of it. */
export const planViews: readonly SystemView[] = [
  view<PlanFacts>({
    name: 'dm_exec_query_stats',
    requires: STATE,
    columns: [
      required('sql_handle', varbinary(64), (one) => sidBytes(one.handle)),
      numberColumn('statement_start_offset', () => 0),
      numberColumn('statement_end_offset', () => -1),
      always('plan_generation_num', bigint, 1n),
      required('creation_time', datetime, (one) => roundToDatetime(one.created)),
      required('last_execution_time', datetime, (one) => roundToDatetime(one.lastExecuted)),
      required('execution_count', bigint, (one) => BigInt(one.executions)),
    ],
    items: (surroundings) => surroundings.plans(),
  }),
];

/** https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-exec-sql-text-transact-sql */
export const planFunctions: readonly SystemTableFunction[] = [
  {
    name: 'dm_exec_sql_text',
    requires: STATE,
    parameters: [varbinary(64)],
    columns: [
      { name: 'dbid', type: smallint },
      { name: 'objectid', type: int },
      { name: 'number', type: smallint },
      { name: 'encrypted', type: bit, nullable: false },
      { name: 'text', type: nvarchar('max') },
    ],
    rows: ([handle], surroundings) => {
      if (!(handle instanceof Uint8Array)) return [];
      const hex = Buffer.from(handle).toString('hex').toUpperCase();
      return surroundings
        .plans()
        .filter((one) => one.handle === hex)
        .map((one) => [one.databaseId, one.objectId, one.objectId === null ? null : 1, false, one.text]);
    },
  },
];
