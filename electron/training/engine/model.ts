import type { DataType, Value } from './values/types.ts';

/**
 * The whole simulated server as plain data: what a disk would hold. Nothing here knows how a statement is executed.
 *
 * Two conventions:
 * - what moves with the clock or only counts (dates of change, bad password tries, the next object id) stands under a
 *   property named `moving`; `image()` leaves those out, so that two servers can be compared by what they mean;
 * - names keep the case they were given; whoever looks one up compares them case-insensitively.
 */
export interface ServerModel {
  readonly formatVersion: 1;
  readonly instance: InstanceModel;
  readonly logins: LoginModel[];
  readonly serverRoles: ServerRoleModel[];
  readonly permissions: PermissionModel[];
  readonly databases: DatabaseModel[];
  /** msdb.dbo.backupset. */
  readonly backups: BackupModel[];
  readonly moving: {
    nextPrincipalId: number;
    nextDatabaseId: number;
    /** Added to the machine's clock: practising "the lock closes at 18:00" does not take until 18:00. */
    clockOffsetMs: number;
    /** Failed logins and the like, as sys.sp_readerrorlog shows them; the oldest are dropped. */
    errorLog: ErrorLogEntry[];
  };
}

export interface InstanceModel {
  machineName: string;
  /** Undefined for the default instance. */
  instanceName: string | undefined;
  productVersion: string;
  productLevel: string;
  productUpdateLevel: string | undefined;
  edition: string;
  engineEdition: number;
  /** What @@VERSION answers. */
  versionText: string;
  collation: string;
  windowsAuthenticationOnly: boolean;
  forceEncryption: boolean;
  hostPlatform: string;
  hostDistribution: string;
  configurations: ConfigurationModel[];
}

/** One row of sys.configurations. */
export interface ConfigurationModel {
  readonly configurationId: number;
  readonly name: string;
  readonly description: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly isDynamic: boolean;
  readonly isAdvanced: boolean;
  value: number;
  valueInUse: number;
}

export interface LoginModel {
  readonly principalId: number;
  /** Hexadecimal without 0x, upper case. */
  readonly sid: string;
  name: string;
  readonly kind: 'sql' | 'windows-login' | 'windows-group';
  /** The password's verifier (see security/password.ts); empty for Windows principals. */
  verifier: string;
  checkPolicy: boolean;
  checkExpiration: boolean;
  mustChange: boolean;
  disabled: boolean;
  defaultDatabase: string;
  defaultLanguage: string;
  readonly moving: {
    created: bigint;
    modified: bigint;
    passwordLastSet: bigint;
    /** Verifiers of earlier passwords, newest first, kept while CHECK_POLICY is on. */
    passwordHistory: string[];
    badPasswordCount: number;
    badPasswordTime: bigint | null;
    lockedSince: bigint | null;
  };
}

export interface ServerRoleModel {
  readonly principalId: number;
  readonly name: string;
  readonly fixed: boolean;
  /** Principal ids of logins. */
  readonly members: number[];
}

export type SecurableClass = 'SERVER' | 'LOGIN' | 'DATABASE' | 'SCHEMA' | 'OBJECT' | 'DATABASE_PRINCIPAL';

/** One granted or denied permission; server-wide ones stand in the server, the others in their database. */
export interface PermissionModel {
  readonly class: SecurableClass;
  /** Object id, schema id or principal id; 0 for the server and the database itself. */
  readonly majorId: number;
  /** Column id, 0 for the whole securable. */
  readonly columnId: number;
  /** As sys.database_permissions.permission_name: 'SELECT', 'VIEW SERVER STATE'. */
  readonly permission: string;
  state: 'GRANT' | 'GRANT_WITH_GRANT_OPTION' | 'DENY';
  readonly granteeId: number;
  readonly grantorId: number;
}

export interface DatabaseModel {
  readonly databaseId: number;
  name: string;
  /** Sid of the login that owns it; that login is the user dbo inside. */
  ownerSid: string;
  collation: string;
  compatibilityLevel: number;
  recoveryModel: 'SIMPLE' | 'FULL' | 'BULK_LOGGED';
  access: 'MULTI_USER' | 'RESTRICTED_USER' | 'SINGLE_USER';
  readOnly: boolean;
  readCommittedSnapshot: boolean;
  trustworthy: boolean;
  recoveryForkGuid: string;
  familyGuid: string;
  readonly schemas: SchemaModel[];
  readonly objects: ObjectModel[];
  readonly principals: DatabasePrincipalModel[];
  readonly permissions: PermissionModel[];
  readonly moving: {
    created: bigint;
    nextObjectId: number;
    nextSchemaId: number;
    nextPrincipalId: number;
    /** The last rowversion that was given out (@@DBTS). */
    rowversion: bigint;
  };
}

export interface SchemaModel {
  readonly schemaId: number;
  readonly name: string;
  ownerId: number;
}

export interface DatabasePrincipalModel {
  readonly principalId: number;
  name: string;
  readonly kind: 'user' | 'role';
  /** Sid of the user's login; undefined for roles and for users without a login. */
  sid: string | undefined;
  defaultSchema: string | undefined;
  /** Fixed roles (db_owner, public ...) and built-in users (dbo, guest, sys, INFORMATION_SCHEMA). */
  readonly fixed: boolean;
  /** Principal ids of a role's members. */
  readonly members: number[];
  readonly moving: { created: bigint; modified: bigint };
}

interface ObjectCommon {
  readonly objectId: number;
  readonly schemaId: number;
  name: string;
  readonly moving: { created: bigint; modified: bigint };
}

export type ObjectModel = TableModel | ModuleModel;

export interface TableModel extends ObjectCommon {
  readonly kind: 'table';
  readonly columns: ColumnModel[];
  readonly keys: KeyModel[];
  readonly foreignKeys: ForeignKeyModel[];
  readonly checks: CheckModel[];
  /** The last identity value given out; undefined before the first row. */
  identityLast: bigint | undefined;
  /** By row id, which nothing outside storage/ gives a meaning to. A row is replaced, never changed in place. */
  readonly rows: Map<number, Row>;
}

export type Row = readonly Value[];

export interface ColumnModel {
  readonly columnId: number;
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  /** Always written for text, where no COLLATE was given the database's; undefined for other types. */
  readonly collation: string | undefined;
  readonly identity: { readonly seed: bigint; readonly increment: bigint } | undefined;
  default: DefaultModel | undefined;
}

export interface DefaultModel {
  readonly objectId: number;
  readonly name: string;
  /** The expression's text, in its own parentheses, as sys.default_constraints shows it. */
  readonly definition: string;
}

/** A primary key, a UNIQUE constraint or an index that stands alone. */
export interface KeyModel {
  readonly objectId: number;
  readonly name: string;
  readonly kind: 'primary-key' | 'unique' | 'index';
  readonly unique: boolean;
  readonly clustered: boolean;
  readonly columnIds: readonly number[];
}

export interface ForeignKeyModel {
  readonly objectId: number;
  readonly name: string;
  readonly columnIds: readonly number[];
  readonly referencedObjectId: number;
  readonly referencedColumnIds: readonly number[];
  disabled: boolean;
  trusted: boolean;
}

export interface CheckModel {
  readonly objectId: number;
  readonly name: string;
  /** The predicate's text, in its own parentheses. */
  readonly definition: string;
  disabled: boolean;
  trusted: boolean;
}

export type ModuleModel = TriggerModel | ProcedureModel | FunctionModel | ViewModel;

interface ModuleCommon extends ObjectCommon {
  /** The CREATE statement exactly as it was sent. */
  readonly definition: string;
  readonly usesQuotedIdentifier: boolean;
  readonly usesAnsiNulls: boolean;
  /** WITH ENCRYPTION: the definition is shown to nobody. */
  readonly encrypted?: boolean;
}

export type TriggerEvent = 'INSERT' | 'UPDATE' | 'DELETE';

export interface TriggerModel extends ModuleCommon {
  readonly kind: 'trigger';
  readonly tableId: number;
  readonly events: readonly TriggerEvent[];
  readonly insteadOf: boolean;
  disabled: boolean;
  /** Where sp_settriggerorder put it, by action; anywhere where it says nothing. */
  order?: { readonly [E in TriggerEvent]?: 'first' | 'last' };
}

export interface ProcedureModel extends ModuleCommon {
  readonly kind: 'procedure';
  /** Database principal id that EXECUTE AS names; undefined for the caller. */
  readonly executeAs: number | undefined;
}

/** An inline table-valued function. */
export interface FunctionModel extends ModuleCommon {
  readonly kind: 'function';
}

export interface ViewModel extends ModuleCommon {
  readonly kind: 'view';
}

export interface BackupModel {
  readonly backupSetId: number;
  readonly databaseName: string;
  readonly kind: 'D' | 'I' | 'L';
  readonly copyOnly: boolean;
  readonly checksum: boolean;
  readonly path: string;
  readonly userName: string;
  readonly serverName: string;
  readonly sizeBytes: bigint;
  readonly recoveryForkGuid: string;
  readonly started: bigint;
  readonly finished: bigint;
  /** What the file holds: the database's image at that time, as `encodeModel` writes it. */
  readonly content: string | undefined;
}

export interface ErrorLogEntry {
  readonly at: bigint;
  readonly source: string;
  readonly text: string;
}
