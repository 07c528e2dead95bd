import mssql from 'mssql';
import type { ISqlType } from 'mssql';
import type { Secret } from '#shared/secret.ts';
import type { SiteProfile } from '#shared/site-profile.ts';
import { connect } from '#electron/database/connect.ts';
import type { RpcParameter, SqlType, SqlValue } from '#electron/training/tds/backend.ts';
import { AnyAsker } from '#tests/unit/guard/guarded-site.ts';
import type { Seen } from '#tests/unit/guard/guarded-site.ts';
import { valueOf } from '#tests/unit/shared/result-of.ts';

function driverType(type: SqlType): ISqlType {
  switch (type.name) {
    case 'nvarchar':
      return mssql.NVarChar(type.length === 'max' ? mssql.MAX : type.length);
    case 'varbinary':
      return mssql.VarBinary(type.length === 'max' ? mssql.MAX : type.length);
    case 'uniqueidentifier':
      return mssql.UniqueIdentifier();
    case 'datetime2':
      return mssql.DateTime2(type.scale);
    case 'int':
      return mssql.Int();
    default:
      throw new RangeError(`These tests send no ${type.name}.`);
  }
}

interface SqlServerError {
  readonly number?: number;
  readonly message: string;
  readonly precedingErrors?: readonly SqlServerError[];
}

/** One connection over the wire, through Mortise's own way to a server. */
export class DriverAsker extends AnyAsker {
  readonly #pool: mssql.ConnectionPool;

  private constructor(pool: mssql.ConnectionPool) {
    super();
    this.#pool = pool;
  }

  static async open(
    endpoint: SiteProfile['endpoint'],
    credential: { readonly login: string; readonly secret: Secret },
  ): Promise<DriverAsker> {
    const pool = valueOf(await connect(endpoint, credential, { most: 1 }));
    const made = new DriverAsker(pool);
    // A transaction that somebody left open must fail a test, not hang it.
    await made.must('SET LOCK_TIMEOUT 5000;');
    return made;
  }

  async ask(text: string, parameters: readonly RpcParameter[] = []): Promise<Seen> {
    const request = this.#pool.request();
    request.arrayRowMode = true;
    for (const { name, type, value } of parameters)
      request.input(name.replace(/^@/, ''), driverType(type), value instanceof Uint8Array ? Buffer.from(value) : value);
    try {
      const answer = await (parameters.length === 0 ? request.batch(text) : request.query(text));
      const sets = answer.recordsets as unknown as readonly (readonly (readonly SqlValue[])[])[];
      return { error: undefined, rows: sets.flat(), resultSets: sets.length, counts: answer.rowsAffected };
    } catch (error) {
      const thrown = error as SqlServerError;
      const first = thrown.precedingErrors?.[0] ?? thrown;
      return {
        error: { number: first.number ?? -1, text: first.message },
        rows: [],
        resultSets: 0,
        counts: [],
      };
    }
  }

  async close(): Promise<void> {
    await this.#pool.close().catch(() => undefined);
  }
}
