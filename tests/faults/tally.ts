import type { RunReport } from './run-report.ts';

/** Which half of the proof a run belongs to. */
export type Half = 'killed' | 'torn';

export interface Tally {
  readonly row: string;
  readonly column: string;
  readonly runs: Readonly<Record<Half, number>>;
  readonly ends: Readonly<Record<'committed' | 'restored' | 'needs a person' | 'none', number>>;
  readonly lockOuts: number;
  readonly faults: number;
}

interface Counting {
  runs: Record<Half, number>;
  ends: Record<keyof Tally['ends'], number>;
  lockOuts: number;
  faults: number;
}

/** A run that does not pass, with everything needed to see it again. */
export interface Finding {
  readonly row: string;
  readonly column: string;
  readonly half: Half;
  readonly seed: number;
  readonly report: RunReport;
}

/** Counts runs by row and column, and keeps those that do not pass. */
export class Matrix {
  readonly #cells = new Map<string, Map<string, Counting>>();
  readonly findings: Finding[] = [];
  readonly #tell: (finding: Finding) => void;

  constructor(tell: (finding: Finding) => void) {
    this.#tell = tell;
  }

  add(finding: Finding): void {
    const { row, column, half, report } = finding;
    const columns = this.#cells.get(row) ?? new Map<string, Counting>();
    this.#cells.set(row, columns);
    const cell = columns.get(column) ?? {
      runs: { killed: 0, torn: 0 },
      ends: { committed: 0, restored: 0, 'needs a person': 0, none: 0 },
      lockOuts: 0,
      faults: 0,
    };
    columns.set(column, cell);
    cell.runs[half] += 1;
    cell.ends[report.end ?? 'none'] += 1;
    if (report.lockedOut) cell.lockOuts += 1;
    if (report.faults.length > 0 || !report.reached) cell.faults += 1;
    if (report.lockedOut || report.faults.length > 0 || !report.reached || report.end === undefined) {
      this.findings.push(finding);
      this.#tell(finding);
    }
  }

  get tallies(): readonly Tally[] {
    return [...this.#cells].flatMap(([row, columns]) =>
      [...columns].map(([column, counted]) => ({ row, column, ...counted })),
    );
  }

  get total(): Omit<Tally, 'row' | 'column'> {
    const sum = (of: (tally: Tally) => number) => this.tallies.reduce((all, each) => all + of(each), 0);
    return {
      runs: { killed: sum(({ runs }) => runs.killed), torn: sum(({ runs }) => runs.torn) },
      ends: {
        committed: sum(({ ends }) => ends.committed),
        restored: sum(({ ends }) => ends.restored),
        'needs a person': sum(({ ends }) => ends['needs a person']),
        none: sum(({ ends }) => ends.none),
      },
      lockOuts: sum(({ lockOuts }) => lockOuts),
      faults: sum(({ faults }) => faults),
    };
  }
}

const letter = (index: number) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[index] ?? '?';

/** The matrix as text: a row a line, each cell with its ends, and what did not pass marked by "!". */
export function printed(tallies: readonly Tally[], rows: readonly string[], columns: readonly string[]): string {
  const width = Math.max(...rows.map(({ length }) => length));
  const found = new Map(tallies.map((tally) => [`${tally.row}\n${tally.column}`, tally]));
  const cellOf = (row: string, column: string) => {
    const tally = found.get(`${row}\n${column}`);
    if (tally === undefined) return '-';
    const { committed, restored, none } = tally.ends;
    const person = tally.ends['needs a person'];
    const ends = `${committed}/${restored}${person > 0 ? `/${person}` : ''}`;
    return tally.lockOuts + tally.faults + none > 0 ? `${ends}!${tally.lockOuts}` : ends;
  };
  return [
    ...columns.map((column, index) => `  ${letter(index)}  ${column}`),
    `${''.padEnd(width)} ${columns.map((_, index) => letter(index).padStart(6)).join('')}`,
    ...rows.map((row) => `${row.padEnd(width)} ${columns.map((column) => cellOf(row, column).padStart(6)).join('')}`),
  ].join('\n');
}
