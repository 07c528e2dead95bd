/**
 * Lock modes and which of them go together.
 * Tables: learn.microsoft.com/sql/relational-databases/sql-server-transaction-locking-and-row-versioning-guide,
 * "Lock compatibility". Row locks of a table are modelled as one set: `RI` says "this transaction inserted rows", `RX`
 * "it changed or deleted rows", `RU` "it read rows for update", `RS` "it reads rows".
 */
export type LockMode = 'Sch-S' | 'Sch-M' | 'IS' | 'IX' | 'S' | 'U' | 'X' | 'SIX' | 'RS' | 'RU' | 'RI' | 'RX';

const compatible: Readonly<Record<LockMode, readonly LockMode[]>> = {
  'Sch-S': ['Sch-S', 'IS', 'IX', 'S', 'U', 'X', 'SIX', 'RS', 'RU', 'RI', 'RX'],
  'Sch-M': [],
  IS: ['Sch-S', 'IS', 'IX', 'S', 'U', 'SIX', 'RS', 'RU', 'RI', 'RX'],
  IX: ['Sch-S', 'IS', 'IX', 'RS', 'RU', 'RI', 'RX'],
  S: ['Sch-S', 'IS', 'S', 'U', 'RS', 'RU'],
  U: ['Sch-S', 'IS', 'S', 'RS'],
  X: ['Sch-S'],
  SIX: ['Sch-S', 'IS', 'RS'],
  RS: ['Sch-S', 'IS', 'IX', 'S', 'U', 'SIX', 'RS', 'RU'],
  RU: ['Sch-S', 'IS', 'IX', 'S', 'RS', 'RI'],
  RI: ['Sch-S', 'IS', 'IX', 'RU', 'RI'],
  RX: ['Sch-S', 'IS', 'IX'],
};

export function areCompatible(a: LockMode, b: LockMode): boolean {
  return compatible[a].includes(b);
}

/** True where holding `held` makes `wanted` superfluous. */
export function covers(held: LockMode, wanted: LockMode): boolean {
  if (held === wanted || held === 'Sch-M') return true;
  if (wanted === 'Sch-S') return true;
  if (held === 'X') return true;
  if (wanted === 'IS') return held !== 'Sch-S' && !held.startsWith('R');
  if (held === 'S' || held === 'SIX') return wanted === 'RS' || (held === 'SIX' && (wanted === 'S' || wanted === 'IX'));
  if (held === 'RX') return wanted === 'RS' || wanted === 'RU' || wanted === 'RI';
  if (held === 'RU') return wanted === 'RS';
  return false;
}
