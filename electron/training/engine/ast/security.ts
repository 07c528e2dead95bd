/** The shape of statements about logins, users, roles, permissions, and the server's own affairs. */
import type { Expression, ObjectName } from './query.ts';

/** What CREATE LOGIN and ALTER LOGIN ... WITH set; what was not written is undefined. */
export interface LoginOptions {
  readonly password: string | undefined;
  readonly oldPassword: string | undefined;
  readonly mustChange: boolean;
  readonly unlock: boolean;
  readonly checkPolicy: boolean | undefined;
  readonly checkExpiration: boolean | undefined;
  readonly defaultDatabase: string | undefined;
  readonly defaultLanguage: string | undefined;
  readonly sid: Uint8Array | undefined;
  /** NAME = in ALTER LOGIN. */
  readonly newName: string | undefined;
}

export type Securable =
  | { readonly class: 'object'; readonly name: ObjectName; readonly columns: readonly string[] }
  | { readonly class: 'schema' | 'database' | 'login' | 'user' | 'role'; readonly name: string };

export interface NamedPermission {
  /** Upper case, one space between words; ALL stands as written. */
  readonly name: string;
  /** `SELECT (a, b)`; empty: the whole object. */
  readonly columns: readonly string[];
}

export type SecurityStatement =
  | { readonly kind: 'create-login'; readonly name: string; readonly options: LoginOptions; readonly line: number }
  | {
      readonly kind: 'alter-login';
      readonly name: string;
      readonly action: 'enable' | 'disable' | LoginOptions;
      readonly line: number;
    }
  | { readonly kind: 'drop-login'; readonly name: string; readonly line: number }
  | {
      readonly kind: 'create-user';
      readonly name: string;
      /** undefined: WITHOUT LOGIN. Neither written: the login of the user's own name. */
      readonly login: string | undefined;
      readonly defaultSchema: string | undefined;
      readonly line: number;
    }
  | {
      readonly kind: 'alter-user';
      readonly name: string;
      readonly newName: string | undefined;
      readonly login: string | undefined;
      readonly defaultSchema: string | undefined;
      readonly line: number;
    }
  | { readonly kind: 'drop-user'; readonly name: string; readonly ifExists: boolean; readonly line: number }
  | {
      readonly kind: 'create-role';
      readonly name: string;
      readonly authorization: string | undefined;
      readonly line: number;
    }
  | { readonly kind: 'drop-role'; readonly name: string; readonly ifExists: boolean; readonly line: number }
  | {
      readonly kind: 'alter-role';
      readonly scope: 'database' | 'server';
      readonly name: string;
      readonly action:
        | { readonly kind: 'add-member' | 'drop-member'; readonly member: string }
        | { readonly kind: 'rename'; readonly newName: string };
      readonly line: number;
    }
  | {
      readonly kind: 'permission';
      readonly action: 'grant' | 'deny' | 'revoke';
      readonly permissions: readonly NamedPermission[];
      /** undefined where ON was not written: the server's or the current database's, as the permission's name says. */
      readonly securable: Securable | undefined;
      readonly principals: readonly string[];
      readonly withGrantOption: boolean;
      readonly grantOptionFor: boolean;
      readonly cascade: boolean;
      readonly line: number;
    }
  | {
      readonly kind: 'alter-database-access';
      /** undefined stands for CURRENT. */
      readonly database: string | undefined;
      readonly access: 'MULTI_USER' | 'SINGLE_USER' | 'RESTRICTED_USER';
      /** What becomes of other sessions: undefined waits for them. `rollback` is in seconds, 0 is IMMEDIATE. */
      readonly termination: { readonly rollback: number } | 'no-wait' | undefined;
      readonly line: number;
    }
  | { readonly kind: 'reconfigure'; readonly line: number }
  | { readonly kind: 'kill'; readonly session: number; readonly line: number }
  | {
      readonly kind: 'backup-database';
      readonly database: string | Expression;
      readonly targets: readonly Expression[];
      /** Upper case; options with a value carry it. */
      readonly options: readonly { readonly name: string; readonly value: Expression | undefined }[];
      readonly line: number;
    };
