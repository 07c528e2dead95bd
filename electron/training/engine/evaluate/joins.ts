import type { Row, TableModel } from '../model.ts';
import type { Value } from '../values/types.ts';
import type { RowFrame } from './bound.ts';
import type { Conditions, Equation, Side } from './conditions.ts';
import { planLeaf } from './lookups.ts';
import type { ScopeColumn } from './scope.ts';

/** What stands in FROM, bound. */
export type BoundSource = BoundLeaf | BoundJoin | BoundApply;

/** A table, view, derived table or function: rows that know nothing of their neighbours. */
export interface BoundLeaf {
  readonly kind: 'leaf';
  readonly columns: readonly ScopeColumn[];
  /** Depends on rows of a query around it: cannot be kept between evaluations. */
  readonly correlated: boolean;
  /** For a stored table: its rows can be found by unique keys. */
  readonly table: TableModel | undefined;
  /** Told once how the rows are reached, so that the right locks are taken: by one row's key, or any. */
  readonly reached: (rowKey: string | undefined) => void;
  /** What a row found by its key looks like in the output; the stored row itself if left out. */
  readonly shape?: (id: number, row: Row) => Row;
  rows(outer: RowFrame | undefined): Iterable<Row>;
}

export interface BoundJoin {
  readonly kind: 'join';
  readonly type: 'inner' | 'left' | 'right' | 'full' | 'cross';
  readonly columns: readonly ScopeColumn[];
  readonly left: BoundSource;
  readonly right: BoundSource;
  readonly on: Conditions | undefined;
  /** The condition looks at a query around. */
  readonly correlated: boolean;
}

/** The right side is evaluated for each row of the left one, which is the frame around it. */
export interface BoundApply {
  readonly kind: 'apply';
  readonly outer: boolean;
  readonly columns: readonly ScopeColumn[];
  readonly left: BoundSource;
  readonly right: BoundSource;
}

/** Whether a source must be evaluated anew for each row of the query around. */
export function isCorrelated(source: BoundSource): boolean {
  if (source.kind === 'leaf') return source.correlated;
  return (source.kind === 'join' && source.correlated) || isCorrelated(source.left) || isCorrelated(source.right);
}

export interface Producer {
  rows(outer: RowFrame | undefined): Iterable<Row>;
}

/** `offset` is where the source's columns begin in the rows that `equations` look at. */
export function plan(source: BoundSource, equations: readonly Equation[], offset: number): Producer {
  switch (source.kind) {
    case 'leaf':
      return planLeaf(source, equations, offset);
    case 'apply':
      return planApply(source, equations, offset);
    case 'join':
      return planJoin(source, equations, offset);
  }
}

function planApply(source: BoundApply, equations: readonly Equation[], offset: number): Producer {
  const left = plan(source.left, equations, offset);
  const right = plan(source.right, [], 0);
  const nulls = source.right.columns.map((): Value => null);
  return {
    *rows(outer) {
      for (const row of left.rows(outer)) {
        let matched = false;
        for (const other of right.rows({ row, outer })) {
          matched = true;
          yield [...row, ...other];
        }
        if (!matched && source.outer) yield [...row, ...nulls];
      }
    },
  };
}

function planJoin(source: BoundJoin, equations: readonly Equation[], offset: number): Producer {
  if (source.type === 'right') return planRightJoin(source, equations, offset);
  const leftWidth = source.left.columns.length;
  const own = source.on?.equations ?? [];
  const inner = source.type === 'inner' || source.type === 'cross';
  // Conditions of WHERE are numbered from the beginning of FROM: a join that begins there can use them too.
  const usable = inner && offset === 0 ? [...own, ...equations] : own;
  const left = plan(
    source.left,
    source.type === 'full' ? [] : [...equations, ...(inner && offset === 0 ? own : [])],
    offset,
  );
  const rightEquations = source.type === 'full' ? [] : own;
  const right = planRight(source.right, rightEquations, leftWidth, inner ? equations : [], offset + leftWidth);
  const keys = usable.flatMap((equation) => joinKey(equation, leftWidth, source.columns.length));
  const test = source.on?.test;
  const matches = (row: Row, outer: RowFrame | undefined): boolean =>
    test === undefined || test({ row, outer }) === true;
  return {
    *rows(outer) {
      const candidates = keys.length > 0 ? hashed(right, keys, leftWidth, outer) : looped(right, outer);
      const seen = source.type === 'full' ? new Set<Row>() : undefined;
      for (const row of left.rows(outer)) {
        let matched = false;
        for (const other of candidates.matching(row)) {
          const joined = [...row, ...other];
          if (!matches(joined, outer)) continue;
          matched = true;
          seen?.add(other);
          yield joined;
        }
        if (!matched && !inner) yield [...row, ...source.right.columns.map((): Value => null)];
      }
      if (!seen) return;
      const nulls = source.left.columns.map((): Value => null);
      for (const other of candidates.all()) if (!seen.has(other)) yield [...nulls, ...other];
    },
  };
}

/** Lookups that need no other table serve the right side too: those of ON, and for an inner join those of WHERE. */
function planRight(
  right: BoundSource,
  own: readonly Equation[],
  ownOffset: number,
  further: readonly Equation[],
  furtherOffset: number,
): Producer {
  const useOwn = own.some((equation) => isFixed(equation.left) || isFixed(equation.right));
  return useOwn ? plan(right, own, ownOffset) : plan(right, further, furtherOffset);
}

function isFixed(side: Side): boolean {
  return side.columns.size === 0;
}

/** A right join is a left join read from the other end. */
function planRightJoin(source: BoundJoin, equations: readonly Equation[], offset: number): Producer {
  const leftWidth = source.left.columns.length;
  const left = plan(source.left, [], offset);
  const right = plan(source.right, equations, offset + leftWidth);
  const keys = (source.on?.equations ?? []).flatMap((equation) => joinKey(equation, leftWidth, source.columns.length));
  const nulls = source.left.columns.map((): Value => null);
  const test = source.on?.test;
  return {
    *rows(outer) {
      const turned = keys.map(({ left: a, right: b, key }) => ({ left: b, right: a, key }));
      const candidates = turned.length > 0 ? hashed(left, turned, 0, outer) : looped(left, outer);
      for (const row of right.rows(outer)) {
        let matched = false;
        for (const other of candidates.matching([...nulls, ...row])) {
          const joined = [...other, ...row];
          if (test && test({ row: joined, outer }) !== true) continue;
          matched = true;
          yield joined;
        }
        if (!matched) yield [...nulls, ...row];
      }
    },
  };
}

interface JoinKey {
  readonly left: Side;
  readonly right: Side;
  readonly key: Equation['pair']['key'];
}

/** An equation with one side in each of the two inputs, turned so that left is left. */
function joinKey(equation: Equation, leftWidth: number, width: number): JoinKey[] {
  const inLeft = (side: Side): boolean =>
    side.columns.size > 0 && [...side.columns].every((index) => index < leftWidth);
  const inRight = (side: Side): boolean =>
    side.columns.size > 0 && [...side.columns].every((index) => index >= leftWidth && index < width);
  const { left, right, pair } = equation;
  if (inLeft(left) && inRight(right)) return [{ left, right, key: pair.key }];
  if (inLeft(right) && inRight(left)) return [{ left: right, right: left, key: pair.key }];
  return [];
}

interface Candidates {
  matching(left: Row): Iterable<Row>;
  all(): Iterable<Row>;
}

function looped(right: Producer, outer: RowFrame | undefined): Candidates {
  const all = [...right.rows(outer)];
  return { matching: () => all, all: () => all };
}

/** Rows of the right input by their key. NULL equals nothing. */
function hashed(right: Producer, keys: readonly JoinKey[], leftWidth: number, outer: RowFrame | undefined): Candidates {
  const table = new Map<string, Row[]>();
  const all: Row[] = [];
  const padding = Array.from({ length: leftWidth }, (): Value => null);
  for (const row of right.rows(outer)) {
    all.push(row);
    const key = keyText(keys, 'right', { row: leftWidth === 0 ? row : [...padding, ...row], outer });
    if (key === undefined) continue;
    const list = table.get(key);
    if (list) list.push(row);
    else table.set(key, [row]);
  }
  return {
    matching: (row) => table.get(keyText(keys, 'left', { row, outer }) ?? '') ?? [],
    all: () => all,
  };
}

function keyText(keys: readonly JoinKey[], side: 'left' | 'right', frame: RowFrame): string | undefined {
  let text = '';
  for (const key of keys) {
    const value = key[side].bound.evaluate(frame);
    if (value === null) return undefined;
    const part = String(key.key(value));
    text += `${part.length}:${part}|`;
  }
  return text;
}
