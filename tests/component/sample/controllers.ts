import type { Controller, Controllers } from '#shared/snapshot.ts';
import { daysAgo, minutesAgo } from './moments.ts';

const places = ['Main gate', 'Loading bay', 'Server room', 'Reception', 'Stairwell B', 'Archive', 'Workshop', 'Roof'];

function controller(number: number, registered: boolean): Controller {
  const asleep = number === 5 || number === 11;
  return {
    key: String(number),
    serial: `AC-${String(10_400 + number)}`,
    name: `${places[number % places.length] ?? 'Door'} ${number}`,
    address: `10.20.8.${10 + number}`,
    model: number === 9 ? 'ACU-1' : number % 3 === 0 ? 'ACU-4' : 'ACU-8',
    lastSeen: asleep ? daysAgo(6) : minutesAgo(number % 4),
    state: !registered ? 'unregistered' : 'bound',
    asleep,
    supported: number !== 9,
  };
}

/** 24 controllers: two asleep, one of a model that the next version drops; registered ones with what changed since. */
export function sampleControllers({ registered = false, changes = false } = {}): Controllers {
  const plain = Array.from({ length: 24 }, (_, index) => controller(index + 1, registered));
  const listed = !changes
    ? plain
    : plain.map((one, index): Controller => {
        const state = (['new', 'changed', 'missing'] as const)[index];
        return state === undefined ? one : { ...one, state };
      });
  const count = (state: Controller['state']) => listed.filter((one) => one.state === state).length;
  return {
    total: listed.length,
    bound: count('bound'),
    new: count('new'),
    changed: count('changed'),
    missing: count('missing'),
    asleep: 2,
    unsupported: 1,
    listed,
  };
}

/** A large site, of which the snapshot lists 500. */
export function manyControllers(total = 5000): Controllers {
  const listed = Array.from({ length: 500 }, (_, index) => ({
    ...controller(index + 1, true),
    asleep: false,
    supported: true,
  }));
  return { total, bound: total, new: 0, changed: 0, missing: 0, asleep: 0, unsupported: 0, listed };
}
