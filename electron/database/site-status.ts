import type { RunRights } from './run-login/run-rights.ts';

/** The server's answer to the status batch, typed and nothing derived from it yet. */
export interface SiteStatus {
  readonly server: {
    readonly machine: string;
    readonly instance: string;
    readonly version: string;
    readonly edition: string;
    readonly time: Date;
    readonly database: string;
    readonly accessMode: 'MULTI_USER' | 'RESTRICTED_USER' | 'SINGLE_USER';
    readonly sizePages: number;
    readonly lastBackup: Date | null;
    readonly login: string;
    readonly encrypted: boolean;
    readonly transport: string;
    readonly recoveryFork: string | null;
  };
  readonly listeners: readonly {
    readonly address: string;
    readonly port: number;
    readonly type: string;
    readonly state: string;
  }[];
  readonly sessions: readonly {
    readonly login: string;
    readonly program: string;
    readonly host: string;
    readonly address: string;
    readonly localAddress: string;
    readonly transport: string;
    readonly sessions: number;
  }[];
  readonly logins: readonly {
    readonly name: string;
    readonly disabled: boolean;
    readonly policyChecked: boolean;
    readonly locked: boolean;
    readonly badPasswords: number | null;
    readonly passwordSetAt: Date | null;
  }[];
  /** Whether everything is there that the state is read from. */
  readonly prepared: boolean;
  /** Enabled, trusted and on the controller table. */
  readonly truncateStop: boolean;
  /** What of Mortise is there besides objects. */
  readonly own: { readonly schema: boolean; readonly agent: boolean };
  /** What the login that reads this may do here; null where the securable is not there. */
  readonly rights: {
    readonly switch: boolean | null;
    readonly alterTable: boolean | null;
    readonly writeState: boolean | null;
    readonly sysadmin: boolean;
  };
  /** The server's option; off, a trigger of somebody else adds controllers past the guard. Null where it is not shown. */
  readonly nestedTriggers: boolean | null;
  /** Every trigger of the controller table. */
  readonly guards: readonly {
    readonly name: string;
    readonly disabled: boolean;
    readonly insteadOf: boolean;
    readonly definitionHash: string;
    /** Whether it runs before every other trigger of each of its actions. */
    readonly first: boolean;
  }[];
  /** What is in the schema `mortise`: tables and modules; the hash is empty where there is no definition to be read. */
  readonly objects: readonly {
    readonly name: string;
    readonly type: string;
    readonly definitionHash: string;
    /** A trigger that is switched off. */
    readonly disabled: boolean;
  }[];
  /** Undefined where the site is prepared but its one state row is gone; also where it is not prepared. */
  readonly state:
    | {
        readonly state: 'on' | 'off' | 'locked-by-time' | 'rehearsing' | 'rehearsal-over' | 'upgrading';
        readonly changedAt: Date;
        readonly changedBy: string;
        readonly reason: string;
        readonly openUntil: Date | null;
        readonly lockedUntil: Date | null;
        readonly serverName: string;
        readonly recoveryFork: string | null;
        /** A digest of what else acted on the table when it was locked; empty where nothing was said of it. */
        readonly otherTriggers: string;
        readonly version: Uint8Array;
        /** Whether the row is what the last decision in the history made of it; false after somebody wrote to it. */
        readonly asDecided: boolean;
      }
    | undefined;
  readonly registered: number;
  /** What the login that reads this may do, right by right. */
  readonly runRights: RunRights;
  /** Rows of the register that do not fit their own digest. */
  readonly damaged: number;
  readonly counts: {
    readonly total: number;
    readonly bound: number;
    readonly changed: number;
    readonly asleep: number;
    readonly unsupported: number;
    readonly missing: number;
  };
  readonly controllers: readonly {
    readonly key: string;
    readonly serial: string;
    readonly name: string;
    readonly address: string;
    readonly model: string;
    readonly lastSeen: Date | null;
    readonly state: 'new' | 'bound' | 'changed' | 'missing' | 'unregistered';
  }[];
}
