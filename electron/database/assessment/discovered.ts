import type { Result } from '#shared/result.ts';
import type { SurveyedColumn, SurveyedKey } from './survey.ts';

/** A server that was looked at to make a profile of it, typed and nothing derived from it yet. */
export interface DiscoveredServer {
  readonly machine: string;
  readonly instance: string;
  readonly version: string;
  readonly edition: string;
  readonly login: string;
  readonly viewServerState: boolean;
  readonly viewAnyDefinition: boolean;
  readonly databases: readonly { readonly name: string; readonly state: string; readonly accessible: boolean }[];
  readonly sessions: readonly {
    readonly login: string;
    readonly program: string;
    readonly host: string;
    readonly sessions: number;
  }[];
  /** Undefined where no database was asked about. */
  readonly tables: Result<readonly DiscoveredTable[]> | undefined;
}

export interface DiscoveredTable {
  readonly schema: string;
  readonly name: string;
  readonly rows: number;
  readonly partitions: number;
  readonly insteadOfTriggers: number;
  readonly owner: string | null;
  readonly memoryOptimised: boolean;
  readonly temporal: string;
  readonly external: boolean;
  readonly fileTable: boolean;
  readonly published: boolean;
  readonly changeDataCapture: boolean;
  readonly columns: readonly SurveyedColumn[];
  readonly keys: readonly SurveyedKey[];
  /** Tables with a foreign key to this one. */
  readonly referredBy: readonly string[];
}
