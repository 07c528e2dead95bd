/**
 * What a transaction did, so that it can be undone in whole or back to a mark. Rows, definitions, logins and rights are
 * all changed through it: DDL is as transactional as DML here, as it is in SQL Server.
 */
export interface Change {
  apply(): void;
  revert(): void;
}

interface Entry {
  readonly sequence: number;
  readonly change: Change;
}

/** Changes of all transactions are numbered in one row, so that what is uncommitted can be lifted off and put back. */
let nextSequence = 1;

export class ChangeLog {
  private entries: Entry[] = [];

  /** Makes the change and remembers how to undo it. */
  make(change: Change): void {
    change.apply();
    this.entries.push({ sequence: nextSequence++, change });
  }

  /** Sets one property of a model object. */
  set<T extends object, K extends keyof T>(target: T, key: K, value: T[K]): void {
    const before = target[key];
    this.make({
      apply: () => void (target[key] = value),
      revert: () => void (target[key] = before),
    });
  }

  /** Appends to one of the model's lists. */
  add<T>(list: T[], item: T): void {
    this.make({
      apply: () => void list.push(item),
      revert: () => void list.splice(list.lastIndexOf(item), 1),
    });
  }

  /** Takes an item out of one of the model's lists; undoing puts it back where it was. */
  remove<T>(list: T[], item: T): void {
    const index = list.indexOf(item);
    if (index < 0) return;
    this.make({
      apply: () => void list.splice(list.indexOf(item), 1),
      revert: () => void list.splice(index, 0, item),
    });
  }

  mark(): number {
    return this.entries.length;
  }

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  /** Undoes everything after the mark, latest first. */
  revertTo(mark: number): void {
    while (this.entries.length > mark) this.entries.pop()?.change.revert();
  }

  /** A committed transaction cannot be undone any more. */
  forget(): void {
    this.entries = [];
  }

  list(): readonly Entry[] {
    return this.entries;
  }
}

/** Runs `read` on what is committed: open transactions are lifted off for that moment and put back after it. */
export function withoutUncommitted<T>(logs: Iterable<ChangeLog>, read: () => T): T {
  const open = [...logs].flatMap((log) => [...log.list()]).toSorted((a, b) => a.sequence - b.sequence);
  for (const entry of open.toReversed()) entry.change.revert();
  try {
    return read();
  } finally {
    for (const entry of open) entry.change.apply();
  }
}
