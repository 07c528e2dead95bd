import type { Result } from '#shared/result.ts';

/** What a first visit reads, typed and nothing derived from it yet. Each part may fail by itself. */
export interface Survey {
  readonly server: Result<SurveyedServer>;
  /** `undefined` where the database is hidden from this login. */
  readonly database: Result<SurveyedDatabase | undefined>;
  readonly connections: Result<SurveyedConnections>;
  readonly table: Result<SurveyedTable>;
  /** `undefined` where the server is too old to say. */
  readonly kind: Result<SurveyedKind | undefined>;
  readonly modules: Result<SurveyedModules>;
  readonly plans: Result<readonly SurveyedPlan[]>;
  readonly principals: Result<SurveyedPrincipals>;
  readonly controllers: Result<SurveyedControllers>;
}

export interface SurveyedServer {
  readonly machine: string;
  readonly instance: string;
  readonly version: string;
  readonly productLevel: string;
  readonly edition: string;
  /** 4 is Express, 5 Azure SQL Database, 8 a managed instance. */
  readonly engineEdition: number;
  readonly windowsOnly: boolean;
  readonly availabilityGroups: boolean;
  readonly clustered: boolean;
  /** The login that asked, and its user in the database. */
  readonly login: string;
  readonly user: string;
  readonly rights: SurveyRights;
  /** Undefined where the setting is hidden. */
  readonly nestedTriggers: boolean | undefined;
}

/** What the login may read. */
export interface SurveyRights {
  readonly sysadmin: boolean;
  readonly viewServerState: boolean;
  readonly viewAnyDefinition: boolean;
  readonly viewDefinition: boolean;
  readonly viewDatabaseState: boolean;
  /** Undefined: the table is not there, or hidden. */
  readonly selectControllers: boolean | undefined;
}

export interface SurveyedDatabase {
  readonly name: string;
  readonly compatibilityLevel: number;
  readonly state: string;
  readonly access: string;
  readonly readOnly: boolean;
  readonly readCommittedSnapshot: boolean;
  readonly snapshotIsolation: string;
  readonly containment: string;
  readonly recursiveTriggers: boolean;
  readonly trustworthy: boolean;
  readonly published: boolean;
  readonly changeDataCapture: boolean;
  readonly collation: string;
  readonly isSnapshot: boolean;
  readonly isReplica: boolean;
}

export interface SurveyedSession {
  readonly login: string;
  readonly program: string;
  readonly host: string;
  readonly address: string;
  readonly localAddress: string;
  readonly transport: string;
  readonly encrypted: boolean;
  readonly inDatabase: boolean;
  readonly sessions: number;
}

export interface SurveyedConnections {
  /** Without Mortise's own, which asked. */
  readonly sessions: readonly SurveyedSession[];
  readonly own: { readonly encrypted: boolean; readonly transport: string; readonly port: number | null };
  readonly listeners: readonly {
    readonly address: string;
    readonly port: number;
    readonly type: string;
    readonly state: string;
  }[];
  readonly registry: readonly { readonly key: string; readonly name: string; readonly data: string }[];
}

export interface SurveyedColumn {
  readonly name: string;
  /** As it is declared: `nvarchar(32)`. */
  readonly type: string;
  readonly nullable: boolean;
  readonly identity: boolean;
  readonly computed: boolean;
}

/** An index that keeps its columns unique for every row. */
export interface SurveyedKey {
  readonly name: string;
  readonly primary: boolean;
  /** A filter or a disabled index guarantees nothing. */
  readonly whole: boolean;
  readonly columns: readonly string[];
}

export interface SurveyedTrigger {
  readonly name: string;
  readonly disabled: boolean;
  readonly insteadOf: boolean;
  readonly events: readonly { readonly event: string; readonly first: boolean; readonly last: boolean }[];
}

export interface SurveyedTable {
  /** Undefined where nothing is visible under the name. */
  readonly object:
    | {
        /** U, V, SN, ... as in sys.objects. */
        readonly type: string;
        readonly description: string;
        readonly published: boolean;
        readonly owner: string | null;
        readonly rows: number;
        readonly partitions: number;
      }
    | undefined;
  readonly columns: readonly SurveyedColumn[];
  readonly keys: readonly SurveyedKey[];
  readonly triggers: readonly SurveyedTrigger[];
  readonly foreignKeys: readonly {
    readonly name: string;
    readonly from: string;
    readonly to: string;
    readonly incoming: boolean;
  }[];
  /** Objects under Mortise's names. */
  readonly own: readonly { readonly schema: string; readonly name: string; readonly type: string }[];
  readonly ownSchema: boolean;
}

export interface SurveyedKind {
  readonly memoryOptimised: boolean;
  readonly temporal: string;
  readonly changeDataCapture: boolean;
  readonly replicated: boolean;
  readonly external: boolean;
  readonly fileTable: boolean;
}

export interface SurveyedModules {
  readonly mentioning: readonly {
    readonly schema: string;
    readonly name: string;
    readonly type: string;
    readonly text: string;
  }[];
  /** Modules whose text is encrypted or hidden, as `schema.name`. */
  readonly unreadable: readonly string[];
}

export interface SurveyedPlan {
  readonly text: string;
  readonly lastRun: Date;
  readonly executions: number;
}

export interface SurveyedPrincipals {
  readonly logins: readonly {
    readonly id: number;
    readonly name: string;
    readonly type: string;
    readonly disabled: boolean;
    readonly userId: number | null;
    readonly ownsDatabase: boolean;
  }[];
  readonly serverRoles: readonly { readonly member: number; readonly role: string }[];
  readonly serverRights: readonly SurveyedRight[];
  readonly databaseRoles: readonly { readonly member: number; readonly roleId: number; readonly role: string }[];
  readonly databaseRights: readonly (SurveyedRight & { readonly on: string })[];
  readonly sqlLogins: readonly {
    readonly name: string;
    readonly disabled: boolean;
    readonly policyChecked: boolean;
    readonly locked: boolean;
  }[];
}

export interface SurveyedRight {
  readonly grantee: number;
  readonly permission: string;
  /** G, W (with grant option) or D. */
  readonly state: string;
}

export interface SurveyedControllers {
  readonly total: number;
  readonly asleep: number;
  readonly withoutSerial: number;
  readonly models: readonly { readonly model: string | null; readonly controllers: number }[];
}
