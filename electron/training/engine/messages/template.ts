import type { Reach } from '../sql-error.ts';

/** An error or message as SQL Server words it; `%s` stands for a value. */
export interface Template {
  readonly severity: number;
  /** 1 if left out. */
  readonly state?: number;
  /** `statement` if left out. */
  readonly reach?: Reach;
  readonly text: string;
}
