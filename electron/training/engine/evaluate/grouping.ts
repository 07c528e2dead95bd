import type { Expression, Select } from '../ast.ts';
import type { Row } from '../model.ts';
import { sqlError } from '../sql-error.ts';
import { findCollation } from '../values/collation.ts';
import { keyOf, rowKeyOf } from '../values/compare.ts';
import type { Value } from '../values/types.ts';
import { bindAggregate, type AggregateNode, type BoundAggregate } from './aggregates.ts';
import type { Binding } from './binding.ts';
import type { BoundExpression, RowFrame } from './bound.ts';
import { Scope } from './scope.ts';
import { slotExpression } from './windows.ts';

/**
 * GROUP BY and aggregates. After grouping a row consists of the grouped values and then the aggregates; expressions of
 * the select list, HAVING and ORDER BY are bound against that.
 */
export interface Grouping {
  readonly scope: Scope;
  rows(rows: Iterable<Row>, outer: RowFrame | undefined): Iterable<Row>;
}

export function isGrouped(select: Select): boolean {
  if (select.groupBy.length > 0 || select.having) return true;
  return select.items.some((item) => item.kind !== 'star' && containsAggregate(item.expression));
}

/** Aggregates inside of subqueries belong to those. */
export function containsAggregate(node: unknown): boolean {
  if (typeof node !== 'object' || node === null || node instanceof Uint8Array) return false;
  if ('kind' in node) {
    if (node.kind === 'query') return false;
    if (node.kind === 'aggregate' && 'over' in node && node.over === undefined) return true;
  }
  return Object.values(node).some((part) =>
    Array.isArray(part) ? part.some(containsAggregate) : containsAggregate(part),
  );
}

export function bindGrouping(select: Select, source: Scope, binding: Binding): Grouping {
  const inSource = binding.with({ scope: source });
  const keys = select.groupBy.map((node) => ({ node, ...bindKey(node, source, inSource) }));
  const aggregates: BoundAggregate[] = [];
  const seen = new Map<string, BoundExpression>();
  const scope = new GroupScope(
    source,
    keys.map(({ column }) => column),
  );
  const texts = new Map(keys.map(({ node }, index) => [fingerprint(node), index]));
  scope.substitute = (node) => {
    if (!('kind' in node)) return undefined;
    if (node.kind === 'aggregate' && 'over' in node && node.over === undefined) {
      return aggregateSlot(node as AggregateNode);
    }
    if (node.kind === 'column') return undefined;
    const index = texts.get(fingerprint(node));
    const key = index === undefined ? undefined : keys[index];
    return key && index !== undefined ? slotExpression(index, key.bound) : undefined;
  };
  const aggregateSlot = (node: AggregateNode): BoundExpression => {
    const text = fingerprint(node);
    const known = seen.get(text);
    if (known) return known;
    const aggregate = bindAggregate(node, inSource);
    aggregates.push(aggregate);
    const slot = slotExpression(keys.length + aggregates.length - 1, aggregate);
    seen.set(text, slot);
    return slot;
  };
  const keyText = rowKeyOf(
    keys.map(({ bound }) => keyOf(bound.type, bound.coercion?.collation ?? findCollation('Latin1_General_CI_AS'))),
  );
  return {
    scope,
    *rows(rows, outer) {
      const groups = new Map<string, { values: Row; running: ReturnType<BoundAggregate['start']>[] }>();
      for (const row of rows) {
        const frame = { row, outer };
        const values = keys.map(({ bound }) => bound.evaluate(frame));
        const text = keyText(values);
        let group = groups.get(text);
        if (!group) {
          group = { values, running: aggregates.map((aggregate) => aggregate.start()) };
          groups.set(text, group);
        }
        for (const accumulator of group.running) accumulator.add(frame);
      }
      // Without GROUP BY there is one group, even of no row.
      if (groups.size === 0 && keys.length === 0) {
        yield aggregates.map((aggregate): Value => aggregate.start().result());
        return;
      }
      for (const { values, running } of groups.values()) yield [...values, ...running.map((one) => one.result())];
    },
  };
}

function bindKey(
  node: Expression,
  source: Scope,
  binding: Binding,
): { bound: BoundExpression; column: number | undefined } {
  if (node.kind === 'subquery' || containsAggregate(node)) throw sqlError(144);
  const before = source.references;
  const columns = new Set<number>();
  source.references = columns;
  const bound = binding.expression(node);
  source.references = before;
  if (columns.size === 0) throw sqlError(164);
  const [only] = columns;
  return { bound, column: node.kind === 'column' ? only : undefined };
}

/** The source's columns, of which only the grouped ones have a value left: 8120 for any other. */
class GroupScope extends Scope {
  private readonly groupedColumns: readonly (number | undefined)[];

  constructor(source: Scope, grouped: readonly (number | undefined)[]) {
    super(source.columns, source.outer);
    this.groupedColumns = grouped;
  }

  override slotOf(index: number): number {
    const slot = this.groupedColumns.indexOf(index);
    const column = this.columns[index];
    if (slot < 0) throw sqlError(8120, column ? `${column.qualifier}.${column.name}`.replace(/^\./, '') : '');
    return slot;
  }
}

/** The same expression written twice, whatever its lines and the case of its names. */
function fingerprint(node: unknown): string {
  return JSON.stringify(node, (key, value: unknown) => {
    if (key === 'line') return undefined;
    if (typeof value === 'bigint') return `${value}n`;
    return typeof value === 'string' && key !== 'value' ? value.toLowerCase() : value;
  });
}
