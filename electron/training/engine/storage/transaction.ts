import { ChangeLog } from './change-log.ts';

/** One open transaction of one session: its log, its savepoints, and whether it can still be committed. */
export class Transaction {
  readonly id: bigint;
  readonly log = new ChangeLog();
  /** @@TRANCOUNT. */
  count = 1;
  /** Begun for one statement only; ends with it. */
  readonly automatic: boolean;
  /** XACT_STATE() is -1: it can be read in, and rolled back as a whole. */
  doomed = false;
  private readonly savepoints: { name: string; mark: number }[] = [];

  constructor(automatic: boolean) {
    this.id = nextTransactionId++;
    this.automatic = automatic;
  }

  save(name: string): void {
    this.savepoints.push({ name: name.toLowerCase(), mark: this.log.mark() });
  }

  hasSavepoint(name: string): boolean {
    return this.savepoints.some((savepoint) => savepoint.name === name.toLowerCase());
  }

  /** Undoes back to the latest savepoint of that name; false if there is none. Locks stay, as documented. */
  rollBackTo(name: string): boolean {
    const index = this.savepoints.findLastIndex((savepoint) => savepoint.name === name.toLowerCase());
    const savepoint = this.savepoints[index];
    if (!savepoint) return false;
    this.log.revertTo(savepoint.mark);
    this.savepoints.length = index + 1;
    return true;
  }
}

let nextTransactionId = 1n;
