import type { IsolationLevel } from '../ast.ts';

/** What SET changes. A module works on a copy: its SETs end with it. */
export interface Settings {
  noCount: boolean;
  xactAbort: boolean;
  /** Milliseconds, -1 for ever. */
  lockTimeoutMs: number;
  isolation: IsolationLevel;
  quotedIdentifier: boolean;
  ansiNulls: boolean;
  ansiWarnings: boolean;
  implicitTransactions: boolean;
  /** SET ROWCOUNT; 0 for all. */
  rowCount: number;
  textSize: number;
  dateFirst: number;
  noExecute: boolean;
  formatOnly: boolean;
}

export function defaultSettings(): Settings {
  return {
    noCount: false,
    xactAbort: false,
    lockTimeoutMs: -1,
    isolation: 'read-committed',
    quotedIdentifier: true,
    ansiNulls: true,
    ansiWarnings: true,
    implicitTransactions: false,
    rowCount: 0,
    textSize: 2_147_483_647,
    dateFirst: 7,
    noExecute: false,
    formatOnly: false,
  };
}
