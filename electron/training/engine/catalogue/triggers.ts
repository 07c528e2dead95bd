import type { TriggerModel } from '../model.ts';
import type { Surroundings, SystemView } from '../registry.ts';
import { bit, int, nvarchar, tinyint } from '../values/types.ts';
import { describe } from './objects.ts';
import { always, codeColumn, dateColumn, flag, nameColumn, never, numberColumn, view, wordColumn } from './view.ts';

/** sys.triggers and sys.trigger_events. A trigger is seen by whoever sees its table. */

function visibleTriggers(surroundings: Surroundings): readonly TriggerModel[] {
  const { database, rights } = surroundings;
  return database.objects
    .filter((object) => object.kind === 'trigger')
    .filter((trigger) => rights.seesObject(trigger.tableId, database));
}

const EVENT_NUMBERS = { INSERT: 1, UPDATE: 2, DELETE: 3 } as const;

interface TriggerEventRow {
  readonly trigger: TriggerModel;
  readonly event: keyof typeof EVENT_NUMBERS;
}

function triggerEvents(surroundings: Surroundings): readonly TriggerEventRow[] {
  return visibleTriggers(surroundings).flatMap((trigger) => trigger.events.map((event) => ({ trigger, event })));
}

export const triggerViews: readonly SystemView[] = [
  view<TriggerModel>({
    name: 'triggers',
    columns: [
      nameColumn('name', (one) => one.name),
      numberColumn('object_id', (one) => one.objectId),
      always('parent_class', tinyint, 1),
      always('parent_class_desc', nvarchar(60), 'OBJECT_OR_COLUMN'),
      numberColumn('parent_id', (one) => one.tableId),
      codeColumn('type', 2, () => 'TR'),
      wordColumn('type_desc', () => describe('TR')),
      dateColumn('create_date', (one) => one.moving.created),
      dateColumn('modify_date', (one) => one.moving.modified),
      never('is_ms_shipped'),
      flag('is_disabled', (one) => one.disabled),
      never('is_not_for_replication'),
      flag('is_instead_of_trigger', (one) => one.insteadOf),
    ],
    items: visibleTriggers,
  }),
  view<TriggerEventRow>({
    name: 'trigger_events',
    columns: [
      numberColumn('object_id', ({ trigger }) => trigger.objectId),
      numberColumn('type', ({ event }) => EVENT_NUMBERS[event]),
      wordColumn('type_desc', ({ event }) => event),
      flag('is_first', ({ trigger, event }) => trigger.order?.[event] === 'first'),
      flag('is_last', ({ trigger, event }) => trigger.order?.[event] === 'last'),
      always('event_group_type', int, null),
      always('event_group_type_desc', nvarchar(60), null),
      always('is_trigger_event', bit, true),
    ],
    items: triggerEvents,
  }),
];
