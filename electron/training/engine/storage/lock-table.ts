import { sqlError, type SqlError } from '../sql-error.ts';
import { areCompatible, covers, type LockMode } from './lock-modes.ts';

/** How long a lock is held. `session` ones (application locks) are held until they are released or the session ends. */
export type LockDuration = 'statement' | 'transaction' | 'session';

/** Whose locks they are. `cost` is what rolling back would undo: a deadlock takes the cheaper one. */
export interface LockOwner {
  readonly id: number;
  readonly lockCost: number;
}

export interface LockRequest {
  /** `object:Acs.dbo.controllers`, `app:...`. */
  readonly resource: string;
  readonly mode: LockMode;
  readonly duration: LockDuration;
  /** One row's key where it is known that no other row is touched; undefined: any row. */
  readonly rowKey?: string | undefined;
}

interface Held extends LockRequest {
  readonly owner: LockOwner;
  count: number;
}

interface Waiting {
  readonly owner: LockOwner;
  readonly request: LockRequest;
  readonly since: number;
  settle(error: SqlError | undefined): void;
}

export interface LockWait {
  /** Milliseconds, -1 for ever. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** What an attention makes of the wait. */
  readonly cancelled: () => Error;
}

/**
 * Who holds which lock, and who waits for whom. Granting is fair: a request does not overtake an earlier one that it
 * conflicts with. A circle of waiters is found the moment it closes, and its cheapest member gets error 1205.
 */
export class LockTable {
  private readonly held = new Map<string, Held[]>();
  private readonly waiting = new Map<string, Waiting[]>();

  /** Grants at once and answers undefined, or answers a promise: the caller waits only where it must. */
  acquire(owner: LockOwner, request: LockRequest, wait: LockWait): Promise<void> | undefined {
    const mine = this.holdings(request.resource).filter((held) => held.owner === owner);
    const same = mine.find(
      (held) => held.mode === request.mode && held.rowKey === request.rowKey && held.duration === request.duration,
    );
    if (same) {
      same.count++;
      return undefined;
    }
    if (this.isFree(owner, request, mine.length > 0)) {
      this.grant(owner, request);
      return undefined;
    }
    if (wait.timeoutMs === 0) throw sqlError(1222);
    return this.wait(owner, request, wait);
  }

  /** The ids of the owners that this one waits for right now. */
  blockersOf(owner: LockOwner): readonly number[] {
    return [...new Set(this.blockers(owner).map((blocker) => blocker.id))];
  }

  /** Whether another owner holds a lock on the resource that conflicts with this mode. */
  isHeldByOther(owner: LockOwner, resource: string, mode: LockMode): boolean {
    return this.holdings(resource).some((held) => held.owner !== owner && !areCompatible(held.mode, mode));
  }

  release(owner: LockOwner, durations: readonly LockDuration[]): void {
    for (const [resource, list] of this.held) {
      const kept = list.filter((held) => held.owner !== owner || !durations.includes(held.duration));
      if (kept.length === list.length) continue;
      this.keep(resource, kept);
      this.serveWaiters(resource);
    }
  }

  /** Gives back one application lock; false if it is not held with that duration. */
  releaseOne(owner: LockOwner, resource: string, duration: LockDuration): boolean {
    const list = this.holdings(resource);
    const mine = list.find((held) => held.owner === owner && held.duration === duration);
    if (!mine) return false;
    mine.count--;
    if (mine.count > 0) return true;
    this.keep(
      resource,
      list.filter((held) => held !== mine),
    );
    this.serveWaiters(resource);
    return true;
  }

  /** Everything granted and awaited, for sys.dm_tran_locks. */
  list(): readonly { owner: number; request: LockRequest; granted: boolean }[] {
    const granted = [...this.held.values()]
      .flat()
      .map((held) => ({ owner: held.owner.id, request: held as LockRequest, granted: true }));
    const waiting = [...this.waiting.values()]
      .flat()
      .map(({ owner, request }) => ({ owner: owner.id, request, granted: false }));
    return [...granted, ...waiting];
  }

  private holdings(resource: string): Held[] {
    return this.held.get(resource) ?? [];
  }

  private keep(resource: string, list: Held[]): void {
    if (list.length > 0) this.held.set(resource, list);
    else this.held.delete(resource);
  }

  private isFree(owner: LockOwner, request: LockRequest, alreadyInside: boolean): boolean {
    if (this.conflicting(owner, request).length > 0) return false;
    if (alreadyInside) return true;
    // Sch-S of a mere reader of the definition never queues behind another reader.
    return !(this.waiting.get(request.resource) ?? []).some(
      (other) => other.owner !== owner && conflict(other.request, request),
    );
  }

  private conflicting(owner: LockOwner, request: LockRequest): readonly Held[] {
    return this.holdings(request.resource).filter((held) => held.owner !== owner && conflict(held, request));
  }

  private grant(owner: LockOwner, request: LockRequest): void {
    const list = this.holdings(request.resource);
    const covered = list.some(
      (held) =>
        held.owner === owner &&
        held.duration === request.duration &&
        held.rowKey === undefined &&
        covers(held.mode, request.mode),
    );
    if (covered && request.duration !== 'session') return;
    list.push({ ...request, owner, count: 1 });
    this.held.set(request.resource, list);
  }

  private wait(owner: LockOwner, request: LockRequest, wait: LockWait): Promise<void> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const onAbort = (): void => settle(undefined, wait.cancelled());
      const settle = (error: SqlError | undefined, cancelled?: Error): void => {
        clearTimeout(timer);
        wait.signal?.removeEventListener('abort', onAbort);
        this.leaveQueue(waiter);
        const failure = cancelled ?? error;
        if (failure) reject(failure);
        else resolve();
        if (failure) this.serveWaiters(request.resource);
      };
      const waiter: Waiting = { owner, request, since: Date.now(), settle };
      const queue = this.waiting.get(request.resource) ?? [];
      queue.push(waiter);
      this.waiting.set(request.resource, queue);
      if (wait.timeoutMs > 0) timer = setTimeout(() => settle(sqlError(1222)), wait.timeoutMs);
      wait.signal?.addEventListener('abort', onAbort);
      if (wait.signal?.aborted === true) onAbort();
      else this.breakDeadlock(owner);
    });
  }

  private leaveQueue(waiter: Waiting): void {
    const queue = (this.waiting.get(waiter.request.resource) ?? []).filter((other) => other !== waiter);
    if (queue.length > 0) this.waiting.set(waiter.request.resource, queue);
    else this.waiting.delete(waiter.request.resource);
  }

  private serveWaiters(resource: string): void {
    for (const waiter of this.waiting.get(resource) ?? []) {
      const earlier = (this.waiting.get(resource) ?? []).filter((other) => other.since <= waiter.since);
      const inside = this.holdings(resource).some((held) => held.owner === waiter.owner);
      const overtakes =
        !inside && earlier.slice(0, earlier.indexOf(waiter)).some((other) => conflict(other.request, waiter.request));
      if (overtakes || this.conflicting(waiter.owner, waiter.request).length > 0) continue;
      this.grant(waiter.owner, waiter.request);
      waiter.settle(undefined);
    }
  }

  private waitsOf(owner: LockOwner): Waiting | undefined {
    for (const queue of this.waiting.values()) {
      const found = queue.find((waiter) => waiter.owner === owner);
      if (found) return found;
    }
    return undefined;
  }

  private blockers(owner: LockOwner): readonly LockOwner[] {
    const wait = this.waitsOf(owner);
    if (!wait) return [];
    const holders = this.conflicting(owner, wait.request).map((held) => held.owner);
    const queue = this.waiting.get(wait.request.resource) ?? [];
    const ahead = queue.slice(0, queue.indexOf(wait)).filter((other) => conflict(other.request, wait.request));
    return [...holders, ...ahead.map((other) => other.owner)];
  }

  private breakDeadlock(start: LockOwner): void {
    const circle = this.findCircle(start, start, []);
    if (!circle) return;
    const victim = circle.reduce((cheapest, owner) => (owner.lockCost < cheapest.lockCost ? owner : cheapest), start);
    this.waitsOf(victim)?.settle(sqlError(1205, victim.id));
  }

  private findCircle(start: LockOwner, from: LockOwner, path: readonly LockOwner[]): readonly LockOwner[] | undefined {
    for (const next of this.blockers(from)) {
      if (next === start) return [...path, from];
      if (path.includes(next)) continue;
      const found = this.findCircle(start, next, [...path, from]);
      if (found) return found;
    }
    return undefined;
  }
}

function conflict(a: LockRequest, b: LockRequest): boolean {
  if (areCompatible(a.mode, b.mode)) return false;
  const apart = a.rowKey !== undefined && b.rowKey !== undefined && a.rowKey !== b.rowKey;
  return !(apart && a.mode.startsWith('R') && b.mode.startsWith('R'));
}
